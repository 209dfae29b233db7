/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.RenderedResponse;
import io.javalin.compression.CompressionStrategy;
import io.javalin.http.Context;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The one place where a request of Javalin becomes ours, and our response becomes Javalin's.
 *
 * <p>The response is written after Javalin's own after-handlers, so that its plug-ins can still add header fields.
 */
final class RequestHandler {

    /** What is left of a body up to this size is read and dropped, which is cheaper than a new connection. */
    private static final int DRAINED_BYTES = 4 << 20;

    private final CompressionStrategy compression;
    private final Supplier<Dispatcher> dispatcher;

    RequestHandler(CompressionStrategy compression, Supplier<Dispatcher> dispatcher) {
        this.compression = compression;
        this.dispatcher = dispatcher;
    }

    void handle(Context ctx) {
        CompletableFuture<RenderedResponse> answer = dispatcher.get().http(new JavalinRequest(ctx));
        if (answer.isDone()) {
            respond(ctx, answer.join());
        } else {
            ctx.future(() -> answer.thenAccept(response -> respond(ctx, response)));
        }
    }

    private void respond(Context ctx, RenderedResponse response) {
        drain(ctx.req());
        HttpServletResponse servletResponse = ctx.res();
        servletResponse.setStatus(response.status());
        Headers headers = response.headers();
        if (!headers.isEmpty()) {
            headers.forEach(servletResponse::addHeader);
        }
        // Null takes Javalin's default away, which is text/plain also where there is no body.
        servletResponse.setContentType(response.contentType());
        ctx.result(new ResponseBody(ctx, compression, response));
    }

    /** Lets the connection be used again although the handler has not read the whole body. */
    private static void drain(HttpServletRequest request) {
        long announced = request.getContentLengthLong();
        if (announced == 0 || (announced < 0 && request.getHeader("Transfer-Encoding") == null)) {
            return;
        }
        if (announced > DRAINED_BYTES || request.getHeader("Expect") != null) {
            return;
        }
        try {
            ServletInputStream in = request.getInputStream();
            byte[] buffer = in.isFinished() ? null : new byte[8192];
            for (int left = DRAINED_BYTES; buffer != null && left > 0; ) {
                int read = in.read(buffer);
                left = read < 0 ? 0 : left - read;
            }
        } catch (IOException | IllegalStateException e) {
            // The client is gone or somebody else reads the body: then the connection ends after the response.
        }
    }
}
