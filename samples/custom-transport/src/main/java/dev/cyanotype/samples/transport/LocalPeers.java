/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import dev.cyanotype.message.MessagingException;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** The sockets of the apps that meet in a directory. Thread-safe. */
final class LocalPeers {

    private static final Logger LOG = LoggerFactory.getLogger(LocalPeers.class.getPackageName());
    private static final String SOCKET = ".bus";

    /** For how long the answer of a process is waited for that may hang. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TransportContext context;
    private final Path directory;
    private final Path own;
    private @Nullable ServerSocketChannel server;

    LocalPeers(TransportContext context, Path directory) {
        this.context = context;
        this.directory = directory;
        this.own = directory.resolve(prefix(context.app()) + Long.toHexString(System.nanoTime()) + SOCKET);
    }

    /** What the sockets of an app's replicas begin with, and no other's. */
    private static String prefix(String app) {
        return URLEncoder.encode(app, StandardCharsets.UTF_8).replace("*", "%2A") + "@";
    }

    ServerSocketChannel open() {
        Path unseen = directory.resolve(own.getFileName() + ".new");
        try {
            Files.createDirectories(directory);
            ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server = opened.bind(UnixDomainSocketAddress.of(unseen), 1024);
            // Shown only now that it takes connections: one that takes none is removed by whoever sees it.
            Files.move(unseen, own);
            return opened;
        } catch (IOException e) {
            throw new TransportException(
                    "transport 'local-bus' of app '%s' could not open '%s': %s. Set local-bus.path to a directory of your own with a short name."
                            .formatted(context.app(), unseen, e.getMessage()),
                    e);
        }
    }

    /** Connects to the replicas of a service, in an order that the salt decides. */
    List<LocalLink> connect(String service, String salt) {
        return connectTo(prefix(service) + "*" + SOCKET, salt);
    }

    List<LocalLink> connectToAll() {
        return connectTo("*@*" + SOCKET, "");
    }

    private List<LocalLink> connectTo(String names, String salt) {
        Map<UUID, Path> sockets = new TreeMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, names)) {
            found.forEach(
                    one -> sockets.put(UUID.nameUUIDFromBytes((one + salt).getBytes(StandardCharsets.UTF_8)), one));
        } catch (IOException e) {
            throw new MessagingException(
                    MessagingException.Reason.OTHER, "'" + directory + "' can't be read: " + e.getMessage(), e);
        }
        List<LocalLink> links = new ArrayList<>();
        for (Path one : sockets.values()) {
            try {
                links.add(new LocalLink(connect(one), context.json()));
            } catch (ConnectException e) {
                // Its process was killed, and no socket is given the name of an earlier one.
                LOG.debug(
                        "'{}' is left over, removed: {}",
                        one,
                        !Files.isRegularFile(one) && one.toFile().delete());
            } catch (IOException e) {
                LOG.debug("'{}' can't be reached", one, e);
            }
        }
        return links;
    }

    /** Where very many connect at once, a virtual thread is sent away, while another one would wait. */
    private static SocketChannel connect(Path socket) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return SocketChannel.open(UnixDomainSocketAddress.of(socket));
            } catch (ConnectException e) {
                throw e;
            } catch (SocketException e) {
                if (tries > 1000 || !Files.exists(socket)) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(tries));
            }
        }
    }

    /** Asks a process for a number; -1 if it goes, or hangs. */
    int ask(LocalLink link, JsonNode head, byte[] body) {
        AppClock.Timeout timeout = context.clock().schedule(PATIENCE, link::close);
        try {
            link.send(head, body);
            LocalLink.Frame answer = link.receive();
            return answer == null ? -1 : answer.number();
        } catch (IOException e) {
            return -1;
        } finally {
            timeout.cancel();
        }
    }

    void close() {
        try {
            Files.deleteIfExists(own);
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            LOG.warn("'{}' could not be removed", own, e);
        }
    }
}
