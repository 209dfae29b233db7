/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import dev.cyanotype.message.Delivery;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.spi.AbstractMessageBus;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The bus of one app: a socket that others ask it at, and a connection of its own for each exchange. */
final class LocalBusTransport extends AbstractMessageBus {

    private static final Logger LOG = LoggerFactory.getLogger(LocalBusTransport.class);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** For how long the first answer of a process is waited for that may hang. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path directory;
    private final Path own;
    private @Nullable ServerSocketChannel server;

    LocalBusTransport(TransportContext context, Path directory) {
        super(context);
        this.directory = directory;
        this.own = directory.resolve(files(context.app()).replace("*", Long.toHexString(System.nanoTime())));
    }

    /** The sockets of an app's replicas, and no other's. */
    private static String files(String app) {
        return URLEncoder.encode(app, StandardCharsets.UTF_8).replace("*", "%2A") + "@*.bus";
    }

    @Override
    public void start() {
        Path unseen = directory.resolve(own.getFileName() + ".new");
        try {
            Files.createDirectories(directory);
            ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server = opened.bind(UnixDomainSocketAddress.of(unseen), 1024);
            // Shown only now that it takes connections: one that takes none is removed by whoever sees it.
            Files.move(unseen, own);
            Thread thread =
                    new Thread(() -> accept(opened), "cyanotype-" + context().app() + "-local-bus");
            thread.setDaemon(true);
            thread.start();
        } catch (IOException e) {
            throw new TransportException(
                    "transport 'local-bus' of app '%s' could not open '%s': %s. Set local-bus.path to a directory of your own with a short name."
                            .formatted(context().app(), unseen, e.getMessage()),
                    e);
        }
    }

    private void accept(ServerSocketChannel opened) {
        while (opened.isOpen()) {
            try {
                LocalLink link = new LocalLink(opened.accept(), context().json());
                track(CompletableFuture.runAsync(() -> serve(link), context().executor()))
                        .whenComplete((end, error) -> link.close());
            } catch (IOException | RuntimeException e) {
                LOG.debug("a connection was not taken", e);
            }
        }
    }

    /** Answers another process until it has gone. */
    private void serve(LocalLink link) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        try {
            JsonNode asked = link.receive();
            String action = asked.path("action").stringValue(null);
            if (action == null) {
                long heard = hear(asked.path("channel").asString(""), asked.path("message"));
                link.send(JSON.objectNode().put("heard", heard));
            } else {
                boolean serves = isServing();
                boolean all = actions().delivery(action) == Delivery.ALL;
                link.send(JSON.objectNode().put("serves", serves).put("all", all));
                reply = serves ? actions().run(asked, link::send) : reply;
            }
            link.receive();
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOG.debug("a connection has ended", e);
        }
        // Nobody waits any more.
        reply.cancel(false);
    }

    /** Connects to one after the other, as they are asked for, in an order that the salt decides. */
    @SuppressWarnings("StreamToIterable") // Each is walked once.
    private Iterable<LocalLink> connect(String files, String salt) {
        checkOpen();
        Map<UUID, Path> sockets = new TreeMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, files)) {
            found.forEach(
                    one -> sockets.put(UUID.nameUUIDFromBytes((one + salt).getBytes(StandardCharsets.UTF_8)), one));
        } catch (IOException e) {
            throw refused("'" + directory + "' can't be read: " + e.getMessage());
        }
        return sockets.values().stream()
                .flatMap(one -> LocalLink.to(one, context().json()).stream())::iterator;
    }

    /** The first answer; nothing if there is none. */
    private JsonNode ask(LocalLink link, JsonNode question) {
        AppClock.Timeout timeout = context().clock().schedule(PATIENCE, link::close);
        try {
            link.send(question);
            return link.receive();
        } catch (IOException e) {
            return JSON.missingNode();
        } finally {
            timeout.cancel();
        }
    }

    @Override
    public long publish(String channel, JsonNode message) {
        JsonNode question = JSON.objectNode().put("channel", channel).set("message", message);
        long heard = 0;
        for (LocalLink link : connect("*@*.bus", "")) {
            heard += ask(link, question).path("heard").asLong(0);
            link.close();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw refused("broadcast on '" + channel + "': the thread was interrupted");
        }
        return heard;
    }

    @Override
    public CompletableFuture<Reply> request(String service, ActionRequest request) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        CompletableFuture.runAsync(
                        () -> call(service, request, reply), context().executor())
                .exceptionally(e -> {
                    reply.completeExceptionally(e.getCause());
                    return null;
                });
        return track(reply);
    }

    private void call(String service, ActionRequest request, CompletableFuture<Reply> reply) {
        // Requests of one key begin with the same replica, others with any.
        String key = request.idempotencyKey();
        List<CompletableFuture<Void>> asked = new ArrayList<>();
        for (LocalLink link : connect(files(service), key == null ? "" + UUID.randomUUID() : key)) {
            JsonNode answer = ask(link, request.toJson());
            if (!answer.path("serves").asBoolean(false)) {
                link.close();
                continue;
            }
            asked.add(CompletableFuture.runAsync(
                    () -> follow(link, request, reply), context().executor()));
            if (!answer.path("all").asBoolean(false)) {
                break;
            }
        }
        RuntimeException failure = asked.isEmpty()
                ? new NoResponderException(service, request.action())
                : new MessagingException(
                        MessagingException.Reason.UNREACHABLE, "the replica went without a reply", null);
        CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                .whenComplete((all, error) -> reply.completeExceptionally(failure));
    }

    private void follow(LocalLink link, ActionRequest request, CompletableFuture<Reply> reply) {
        reply.whenComplete((value, error) -> {
            if (error != null) {
                // Which tells the replica that nobody waits.
                link.close();
            }
        });
        try (link) {
            Reply last = null;
            while (last == null) {
                last = request.answered(link.receive());
            }
            reply.complete(last);
        } catch (IOException | RuntimeException e) {
            LOG.debug("a call has ended", e);
        }
    }

    @Override
    public void close() {
        super.close();
        try {
            Files.deleteIfExists(own);
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            LOG.warn("'{}' could not be removed", own, e);
        }
    }

    private static MessagingException refused(String why) {
        return new MessagingException(MessagingException.Reason.OTHER, why, null);
    }
}
