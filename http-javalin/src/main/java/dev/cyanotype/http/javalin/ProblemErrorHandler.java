/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers what Jetty refuses before it is a request, such as a malformed request line, in the form of all our errors. */
final class ProblemErrorHandler extends ErrorHandler {

    static final String CONTENT_TYPE = "application/problem+json";

    /** A problem that says no more than its status. */
    static byte[] problem(int status) {
        String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        // Nothing here comes from the client, so nothing needs escaping.
        return "{\"title\":\"%s\",\"status\":%d,\"correlationId\":\"%s\"}"
                .formatted(HttpStatus.getMessage(status), status, id)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        byte[] problem = problem(code);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, CONTENT_TYPE);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, problem.length);
        response.write(true, ByteBuffer.wrap(problem), callback);
    }
}
