/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.websocket;

import dev.cyanotype.spi.TransportException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that serves nothing but websockets. */
final class SeparateServer {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.websocket");

    private static final int MOST_THREADS = 250;
    private static final int LEAST_THREADS = 8;
    private static final int HEADER_BYTES = 16 << 10;

    /** How long a connection may be silent that is not yet a websocket. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

    /** When a replica goes, all of its clients come to the others at once. */
    private static final int ACCEPT_QUEUE = 1024;

    private final String app;
    private final String host;
    private final int port;
    private @Nullable Server server;

    SeparateServer(String app, String host, int port) {
        this.app = app;
        this.host = host;
        this.port = port;
    }

    void start(Upgrades upgrades) throws Exception {
        Server created = new Server(threads());
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        // Paths come to the app as they were sent.
        http.setUriCompliance(UriCompliance.LEGACY);
        ServerConnector connector = new ServerConnector(created, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        created.addConnector(connector);
        created.setHandler(new Only(upgrades));
        created.setErrorHandler((request, response, callback) -> {
            Answers.text(response, callback, response.getStatus(), "This request can't be answered.");
            return true;
        });
        server = created;
        try {
            created.start();
        } catch (IOException e) {
            throw notBound(e);
        }
    }

    /** No virtual threads: those who wait for connections are quicker without, and what may block runs elsewhere but for upgrades. */
    private static ThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
        threads.setName("websocket");
        return threads;
    }

    Optional<URI> address() {
        Server running = server;
        if (running == null || !running.isStarted()) {
            return Optional.empty();
        }
        int real = ((ServerConnector) running.getConnectors()[0]).getLocalPort();
        return Optional.of(URI.create("ws://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + real));
    }

    void stop() {
        Server running = server;
        if (running != null) {
            server = null;
            try {
                running.stop();
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                LOG.warn("the server for websockets did not stop in order", e);
            }
        }
    }

    private TransportException notBound(IOException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new TransportException(
                ("transport 'websocket' of app '%s' could not listen on port %d of '%s': %s."
                                + " Free the port, or set websocket.port or websocket.host.")
                        .formatted(
                                app, port, host, Objects.requireNonNullElse(cause.getMessage(), "the host is unknown")),
                e);
    }

    /** Takes websockets and sends everything else away. */
    private static final class Only extends Handler.Abstract {

        private final Upgrades upgrades;

        Only(Upgrades upgrades) {
            this.upgrades = upgrades;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            boolean asked = request.getHeaders().contains(HttpHeader.UPGRADE, "websocket");
            String path = Objects.requireNonNullElse(request.getHttpURI().getPath(), "");
            if (asked && upgrades.upgrade(request, path, response, callback)) {
                return true;
            }
            if (asked && Handshake.isAsked(request)) {
                Answers.text(response, callback, 404, "There is no websocket here.");
            } else {
                Answers.text(response, callback, 426, "Only websockets are served here.");
            }
            return true;
        }
    }
}
