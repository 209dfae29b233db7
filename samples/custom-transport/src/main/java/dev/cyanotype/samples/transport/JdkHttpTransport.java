/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cyanotype.exchange.StreamWriter;
import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The JDK's server for one app. */
final class JdkHttpTransport implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(JdkHttpTransport.class.getPackageName());

    /** What is left of a body up to this size is read and dropped, so that the answer is not lost in a reset connection. */
    private static final int DRAINED_BYTES = 4 << 20;

    private static final int ACCEPT_QUEUE = 1024;

    private final TransportContext context;
    private final String host;
    private final int port;
    private @Nullable HttpServer server;

    /** The answers that are waited for or sent; guarded by itself, and told when there are none. */
    private final Set<CompletableFuture<RenderedResponse>> answers = new HashSet<>();

    private boolean closed;

    JdkHttpTransport(TransportContext context, String host, int port) {
        this.context = context;
        this.host = host;
        this.port = port;
    }

    @Override
    public void start() {
        HttpServer created;
        try {
            created = HttpServer.create(new InetSocketAddress(host, port), ACCEPT_QUEUE);
        } catch (IOException e) {
            throw new TransportException(
                    "transport 'jdk-http' of app '%s' could not listen on port %d of '%s': %s. Free the port, or set %s or %s."
                            .formatted(context.app(), port, host, e.getMessage(), JdkHttp.PORT, JdkHttp.HOST),
                    e);
        }
        created.setExecutor(context.executor());
        created.createContext("/", this::handle);
        created.start();
        server = created;
    }

    @Override
    public Optional<URI> address() {
        return Optional.ofNullable(server)
                .map(running -> URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                        + running.getAddress().getPort()));
    }

    /** What comes from {@link #quiesce} on, the dispatcher refuses: the server can't close its port and go on answering. */
    @Override
    public void drain(Duration budget) throws InterruptedException {
        long deadline = System.nanoTime() + Math.min(TimeUnit.NANOSECONDS.convert(budget), Long.MAX_VALUE / 4);
        synchronized (answers) {
            long left = deadline - System.nanoTime();
            while (!answers.isEmpty() && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(answers, left);
                left = deadline - System.nanoTime();
            }
            if (!answers.isEmpty()) {
                LOG.warn("requests that had not ended within {} were cut off", budget);
            }
        }
        close();
    }

    @Override
    public void close() {
        HttpServer running = server;
        if (running != null) {
            server = null;
            running.stop(0);
            synchronized (answers) {
                closed = true;
                // Whoever waits for one need not wait any more.
                Set.copyOf(answers).forEach(answer -> answer.cancel(false));
            }
        }
    }

    /** Runs on the app's executor. What it throws makes the server cut the connection. */
    private void handle(HttpExchange exchange) throws IOException {
        CompletableFuture<RenderedResponse> answer = context.dispatcher().http(JdkHttpRequest.of(exchange));
        CompletableFuture<RenderedResponse> waiting = answer.copy();
        synchronized (answers) {
            answers.add(waiting);
            if (closed) {
                waiting.cancel(false);
            }
        }
        try (RenderedResponse response = waiting.join()) {
            send(exchange, response);
        } catch (CancellationException e) {
            answer.thenAccept(RenderedResponse::close);
            throw new IOException("the app has stopped", e);
        } finally {
            synchronized (answers) {
                answers.remove(waiting);
                answers.notifyAll();
            }
        }
    }

    private static void send(HttpExchange exchange, RenderedResponse response) throws IOException {
        long length = response.contentLength();
        byte[] bytes = response.bytes();
        StreamWriter stream = response.stream();
        if (!readToEnd(exchange.getRequestBody())) {
            exchange.getResponseHeaders().set("Connection", "close");
        }
        response.headers().forEach(exchange.getResponseHeaders()::add);
        if (response.contentType() != null) {
            exchange.getResponseHeaders().set("Content-Type", response.contentType());
        }
        if (bytes == null && stream == null) {
            if (length >= 0) {
                exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
            }
            exchange.sendResponseHeaders(response.status(), -1);
        } else {
            // To the server 0 means that the length is not known, and -1 that there is nothing.
            exchange.sendResponseHeaders(response.status(), length == 0 ? -1 : Math.max(length, 0));
            write(exchange.getResponseBody(), bytes, stream);
        }
        exchange.close();
    }

    private static void write(OutputStream body, byte @Nullable [] bytes, @Nullable StreamWriter stream)
            throws IOException {
        if (stream == null) {
            body.write(bytes == null ? new byte[0] : bytes);
            return;
        }
        try {
            stream.writeTo(new Body(body));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            // Without its end, so that the client can tell.
            throw new IOException("the body could not be written", e);
        }
    }

    private static boolean readToEnd(InputStream body) throws IOException {
        byte[] buffer = new byte[8192];
        for (int total = 0; total <= DRAINED_BYTES; ) {
            int read = body.read(buffer);
            if (read < 0) {
                return true;
            }
            total += read;
        }
        return false;
    }

    /** The body as its writer sees it: the end of it is the transport's to write. */
    private static final class Body extends FilterOutputStream {

        Body(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
