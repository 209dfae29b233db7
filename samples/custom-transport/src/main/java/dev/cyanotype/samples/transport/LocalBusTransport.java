/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import dev.cyanotype.spi.AbstractPeerBus;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bus of one app: a socket that others ask it at, and a connection of its own for each exchange. */
final class LocalBusTransport extends AbstractPeerBus {

    private static final Logger LOG = LoggerFactory.getLogger(LocalBusTransport.class);

    /** For how long the first answer of a process is waited for that may hang. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path directory;
    private final Path own;
    private @Nullable ServerSocketChannel server;

    LocalBusTransport(TransportContext context, Path directory) {
        super(context, PATIENCE);
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
                serve(new LocalLink(opened.accept(), context().json()));
            } catch (IOException e) {
                LOG.debug("a connection was not taken", e);
            }
        }
    }

    @Override
    protected List<String> peers(@Nullable String service) throws IOException {
        List<String> found = new ArrayList<>();
        String files = service == null ? "*@*.bus" : files(service);
        try (DirectoryStream<Path> sockets = Files.newDirectoryStream(directory, files)) {
            sockets.forEach(socket -> found.add(directory.relativize(socket).toString()));
        }
        return found;
    }

    @Override
    protected @Nullable Link connect(String peer) {
        return LocalLink.to(directory.resolve(peer), context().json());
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
}
