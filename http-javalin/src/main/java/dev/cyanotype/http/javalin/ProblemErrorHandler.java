/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import dev.cyanotype.exchange.Problem;
import dev.cyanotype.spi.CorrelationId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what Jetty refuses before it is a request, such as a malformed request line, in the form of all our errors. */
final class ProblemErrorHandler extends ErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemErrorHandler.class.getPackageName());

    static final String CONTENT_TYPE = "application/problem+json";

    /** A problem that says no more than its status. */
    static byte[] problem(int status, String correlationId) {
        // An identifier has no character that JSON would want escaped, and nothing else comes from the client.
        return "{\"title\":\"%s\",\"status\":%d,\"correlationId\":\"%s\"}"
                .formatted(Problem.of(status).members().get("title"), status, correlationId)
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
        String correlationId = CorrelationId.from(request.getHeaders().get("X-Request-Id"));
        if (code >= 500) {
            LOG.error("a response could not be sent (correlation id {})", correlationId, cause);
        } else {
            LOG.debug("refused a request with {} (correlation id {})", code, correlationId, cause);
        }
        byte[] problem = problem(code, correlationId);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, CONTENT_TYPE);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, problem.length);
        if (!request.getConnectionMetaData().isPersistent()) {
            // Jetty ends the connection after a request that it could not read, and says so only sometimes.
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        response.write(true, ByteBuffer.wrap(problem), callback);
    }
}
