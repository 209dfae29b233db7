/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import dev.cyanotype.internal.http.javalin.UpgradeGate;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.javalin.router.EndpointNotFound;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Javalin server for one app. */
final class JavalinTransport implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(JavalinTransport.class.getPackageName());

    /**
     * Javalin makes a copy buffer of this size for each response, which we do not use. It must not be smaller than the
     * least size Javalin compresses, or Javalin compresses nothing.
     */
    static final int COPY_BUFFER_BYTES = 2048;

    /** Javalin makes a session for a request that looks like a websocket's, and would keep it for ever. */
    private static final int SESSION_SECONDS = 60;

    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** How long a stop waits for a connection on which nothing happens; a client that keeps one would cost it a second else. */
    private static final long IDLE_AT_THE_END_MILLIS = 100;

    /** When a replica goes, all of its clients come to the others at once; beyond this, they would be slow to get in. */
    private static final int ACCEPT_QUEUE = 1024;

    private final TransportContext context;
    private final JavalinOptions options;
    private final UpgradeGate gate = new UpgradeGate();
    private @Nullable Javalin javalin;

    JavalinTransport(TransportContext context, JavalinOptions options) {
        this.context = context;
        this.options = options;
    }

    @Override
    public void start() {
        Javalin created = Javalin.create(this::configure);
        javalin = created;
        try {
            created.start();
        } catch (JavalinBindException e) {
            throw notBound(e);
        }
    }

    @Override
    public Optional<URI> address() {
        if (javalin == null) {
            return Optional.empty();
        }
        String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        return Optional.of(URI.create("http://" + host + ":" + javalin.port()));
    }

    @Override
    public <T> Optional<T> as(Class<T> type) {
        return type.isInstance(gate) ? Optional.of(type.cast(gate)) : Optional.empty();
    }

    /** Nobody connects any more; who is connected already is told by the dispatcher to go elsewhere. */
    @Override
    public void quiesce() {
        Javalin running = javalin;
        if (running == null) {
            return;
        }
        for (Connector connector : running.jettyServer().server().getConnectors()) {
            if (connector instanceof NetworkConnector own) {
                own.close();
            }
        }
    }

    /**
     * When the server begins to stop, it has little patience with connections on which nothing happens, and to it nothing happens on
     * one whose response was made but is not sent; so it begins a moment later.
     */
    @Override
    public void drain(Duration budget) throws InterruptedException {
        long begin = System.nanoTime();
        long patience = Math.min(MOMENT.toNanos(), TimeUnit.NANOSECONDS.convert(budget));
        Javalin running = javalin;
        while (running != null && isAnswering(running) && System.nanoTime() - begin < patience) {
            LockSupport.parkNanos(this, GLANCE_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        Duration left = budget.minusNanos(System.nanoTime() - begin);
        stop(left.isNegative() ? Duration.ZERO : left);
    }

    private static boolean isAnswering(Javalin running) {
        for (Connector connector : running.jettyServer().server().getConnectors()) {
            for (EndPoint client : connector.getConnectedEndPoints()) {
                Connection connection = client.getConnection();
                // Those of websockets count otherwise, and are the app's to close.
                if (connection instanceof ConnectionMetaData
                        && connection.getMessagesIn() > connection.getMessagesOut()) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void close() {
        stop(Duration.ZERO);
    }

    private void stop(Duration budget) {
        Javalin running = javalin;
        if (running != null) {
            javalin = null;
            running.jettyServer().server().setStopTimeout(TimeUnit.MILLISECONDS.convert(budget));
            try {
                running.stop();
            } catch (JavalinException e) {
                if (!(e.getCause() instanceof TimeoutException)) {
                    throw e;
                }
                LOG.warn("requests that had not ended within {} were cut off", budget);
            }
        }
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.responseBufferSize = COPY_BUFFER_BYTES;
        config.jetty.host = options.host();
        config.jetty.port = options.port();
        if (options.virtualThreads()) {
            // Javalin's own switch makes a pool that was measured at 0.6 to 0.9 of the throughput of Jetty's.
            config.jetty.threadPool = new VirtualThreadPool(0);
        }
        config.jetty.modifyHttpConfiguration(http -> http.setRequestHeaderSize(options.maxHeaderBytes()));
        config.events.serverStarting(this::tuneConnectors);
        config.jetty.modifyServer(server -> server.setErrorHandler(new ProblemErrorHandler()));
        config.jetty.modifyServletContextHandler(handler -> {
            handler.setErrorHandler(new ProblemErrorHandler());
            handler.getSessionHandler().setMaxInactiveInterval(SESSION_SECONDS);
        });

        Consumer<JavalinConfig> further = options.configuration();
        if (further != null) {
            further.accept(config);
        }
        config.jetty.modifyServer(server -> gate.join(server, config.router.contextPath));
        RequestHandler handler = new RequestHandler(config.http.compressionStrategy, () -> context);
        for (HandlerType type : HandlerType.commonHttp()) {
            // Only exactly this path costs nothing to match.
            config.routes.addHttpHandler(type, "*", handler::handle);
        }
        // All other methods end here.
        config.routes.exception(EndpointNotFound.class, (notFound, ctx) -> handler.handle(ctx));
    }

    /** Connectors exist only from this moment on. */
    private void tuneConnectors() {
        Javalin starting = Objects.requireNonNull(javalin, "javalin");
        for (Connector connector : starting.jettyServer().server().getConnectors()) {
            if (connector instanceof AbstractConnector own) {
                own.setIdleTimeout(options.idleTimeout().toMillis());
                own.setShutdownIdleTimeout(IDLE_AT_THE_END_MILLIS);
            }
            if (connector instanceof ServerConnector own) {
                own.setAcceptQueueSize(ACCEPT_QUEUE);
            }
        }
    }

    private TransportException notBound(JavalinBindException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new TransportException(
                "transport 'http' of app '%s' could not listen on port %d of '%s': %s. Free the port, or set http.port or http.host."
                        .formatted(
                                context.app(),
                                options.port(),
                                options.host(),
                                cause.getMessage() == null ? "the host is unknown" : cause.getMessage()),
                e);
    }
}
