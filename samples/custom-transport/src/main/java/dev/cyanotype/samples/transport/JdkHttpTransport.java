/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cyanotype.exchange.StreamWriter;
import dev.cyanotype.spi.PendingWork;
import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The JDK's server for one app. */
final class JdkHttpTransport implements Transport {

    /** What is left of a body up to this size is read and dropped, or the answer would be lost in a reset connection. */
    private static final int DRAINED_BYTES = 4 << 20;

    private final TransportContext context;
    private final String host;
    private final int port;

    /** The exchanges whose answers are waited for or sent. */
    private final PendingWork exchanges = new PendingWork();

    private volatile @Nullable HttpServer server;
    private @Nullable Thread closing;

    JdkHttpTransport(TransportContext context, String host, int port) {
        this.context = context;
        this.host = host;
        this.port = port;
    }

    @Override
    public void start() {
        // It sends head and body apart, and the body would wait for the client to acknowledge the head.
        System.getProperties().putIfAbsent("sun.net.httpserver.nodelay", "true");
        try {
            HttpServer created = HttpServer.create(new InetSocketAddress(host, port), 1024);
            created.setExecutor(context.executor());
            created.createContext("/", this::handle);
            server = created;
            created.start();
        } catch (IOException e) {
            throw new TransportException(
                    "transport 'jdk-http' of app '%s' could not listen on port %d of '%s': %s. Free the port, or set jdk-http.port or jdk-http.host."
                            .formatted(context.app(), port, host, e.getMessage()),
                    e);
        }
    }

    @Override
    public Optional<URI> address() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return Optional.ofNullable(server)
                .map(running ->
                        URI.create("http://" + name + ":" + running.getAddress().getPort()));
    }

    @Override
    public void quiesce() {
        HttpServer running = server;
        if (running != null && closing == null) {
            // This closes the port at once, and then waits until it is called again.
            closing = new Thread(() -> running.stop(86_400), "cyanotype-" + context.app() + "-jdk-http");
            closing.setDaemon(true);
            closing.start();
        }
    }

    @Override
    public void drain(Duration budget) throws InterruptedException {
        quiesce();
        exchanges.awaitNone(budget);
        close();
    }

    @Override
    public void close() {
        HttpServer running = server;
        server = null;
        if (running != null) {
            running.stop(0);
        }
        if (closing != null) {
            closing.interrupt();
        }
        exchanges.end(new CancellationException("the app has stopped"));
    }

    /** Runs on the app's executor. What it throws makes the server cut the connection. */
    private void handle(HttpExchange exchange) throws IOException {
        CompletableFuture<Void> handled = exchanges.track(new CompletableFuture<>());
        try {
            answer(exchange, handled);
        } finally {
            handled.complete(null);
        }
    }

    private void answer(HttpExchange exchange, CompletableFuture<Void> handled) throws IOException {
        CompletableFuture<RenderedResponse> answer = context.dispatcher().http(JdkHttpRequest.of(exchange));
        CompletableFuture<RenderedResponse> waiting = answer.copy();
        handled.whenComplete((end, stopped) -> waiting.cancel(false));
        try (RenderedResponse response = waiting.join()) {
            send(exchange, response);
        } catch (CancellationException e) {
            answer.thenAccept(RenderedResponse::close);
            throw new IOException("the app has stopped", e);
        }
    }

    private static void send(HttpExchange exchange, RenderedResponse response) throws IOException {
        Headers fields = exchange.getResponseHeaders();
        if (!readToEnd(exchange.getRequestBody())) {
            fields.set("Connection", "close");
        }
        response.headers().forEach(fields::add);
        if (response.contentType() != null) {
            fields.set("Content-Type", response.contentType());
        }
        long length = response.contentLength();
        byte[] bytes = response.bytes();
        StreamWriter writer = bytes == null ? response.stream() : out -> out.write(bytes);
        if (writer == null || length == 0) {
            write(writer == null ? nothing -> {} : writer, OutputStream.nullOutputStream());
            if (length >= 0) {
                fields.set("Content-Length", Long.toString(length));
            }
            exchange.sendResponseHeaders(response.status(), -1);
        } else {
            // To the server 0 means that nobody knows.
            exchange.sendResponseHeaders(response.status(), Math.max(length, 0));
            write(writer, exchange.getResponseBody());
        }
        exchange.close();
    }

    private static void write(StreamWriter writer, OutputStream out) throws IOException {
        try {
            writer.writeTo(out);
        } catch (Throwable e) {
            throw new IOException("the body could not be written", e);
        }
    }

    private static boolean readToEnd(InputStream body) throws IOException {
        byte[] buffer = new byte[8192];
        int read = 0;
        for (int total = 0; read >= 0 && total <= DRAINED_BYTES; total += read) {
            read = body.read(buffer);
        }
        return read < 0;
    }
}
