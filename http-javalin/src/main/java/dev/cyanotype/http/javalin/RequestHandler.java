/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.TransportContext;
import io.javalin.compression.CompressionStrategy;
import io.javalin.http.Context;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where a request of Javalin becomes ours, and our response becomes Javalin's.
 *
 * <p>The response is written after Javalin's own after-handlers, so that its plug-ins can still add header fields.
 */
final class RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class.getPackageName());

    /** What is left of a body up to this size is read and dropped, which is cheaper than a new connection. */
    private static final int DRAINED_BYTES = 4 << 20;

    private final CompressionStrategy compression;
    private final Supplier<TransportContext> context;

    RequestHandler(CompressionStrategy compression, Supplier<TransportContext> context) {
        this.compression = compression;
        this.context = context;
    }

    void handle(Context ctx) {
        TransportContext transport = context.get();
        JavalinRequest request = new JavalinRequest(ctx);
        CompletableFuture<RenderedResponse> answer = transport.dispatcher().http(request);
        if (answer.isDone()) {
            respond(ctx, request, answer.join());
        } else {
            ctx.future(() -> later(ctx, request, answer, transport));
        }
    }

    /** Whoever completes the answer must not wait for the client, so the rest runs on a thread that may. */
    private CompletableFuture<Void> later(
            Context ctx,
            JavalinRequest request,
            CompletableFuture<RenderedResponse> answer,
            TransportContext transport) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        answer.thenAcceptAsync(
                response -> {
                    try {
                        respond(ctx, request, response);
                    } catch (IllegalStateException recycled) {
                        // The server has ended the exchange, and to Javalin the future must never end then: it would
                        // try again and again to answer.
                        LOG.debug("the answer to {} {} came after its end", request.method(), request.path());
                        response.close();
                        return;
                    }
                    done.complete(null);
                },
                transport.executor());
        return done;
    }

    private void respond(Context ctx, JavalinRequest request, RenderedResponse response) {
        HttpServletResponse servletResponse = ctx.res();
        servletResponse.setStatus(response.status());
        drain(request, ctx.req(), servletResponse);
        Headers headers = response.headers();
        if (!headers.isEmpty()) {
            headers.forEach((name, value) -> {
                if (!name.equalsIgnoreCase(BodySender.ENTITY_TAG)) {
                    servletResponse.addHeader(name, value);
                }
            });
        }
        // Null takes Javalin's default away, which is text/plain also where there is no body.
        servletResponse.setContentType(response.contentType());
        ctx.result(new BodySender(ctx, request, compression, response).asResult());
    }

    /** Lets the connection be used again although the handler has not read the whole body. */
    private static void drain(JavalinRequest ours, HttpServletRequest request, HttpServletResponse response) {
        long announced = request.getContentLengthLong();
        if (announced == 0 || (announced < 0 && request.getHeader("Transfer-Encoding") == null)) {
            return;
        }
        if (!ours.isBodyOpen() && request.getHeader("Expect") != null) {
            // The client waits to be told to go on, and to open the body would tell it.
            response.setHeader("Connection", "close");
            return;
        }
        try {
            ServletInputStream in = request.getInputStream();
            if (!in.isFinished() && (announced > DRAINED_BYTES || !readToEnd(in))) {
                response.setHeader("Connection", "close");
            }
        } catch (IOException e) {
            response.setHeader("Connection", "close");
        }
    }

    private static boolean readToEnd(ServletInputStream in) throws IOException {
        byte[] buffer = new byte[8192];
        for (int total = 0; total <= DRAINED_BYTES; ) {
            int read = in.read(buffer);
            if (read < 0) {
                return true;
            }
            total += read;
        }
        return false;
    }
}
