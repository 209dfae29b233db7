/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.exchange.EventStream;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.exchange.StreamWriter;
import dev.cyanotype.internal.files.FileRenderer;
import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.RenderedResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a response ready for the wire. */
final class Renderer {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.http");

    private Renderer() {}

    /**
     * Encodes the body.
     *
     * @throws RuntimeException if the body can't be encoded
     * @throws NotFoundException if the body is a file that does not exist
     */
    static RenderedResponse render(AppRuntime runtime, Response given, HttpRequest request) {
        JsonCodec json = runtime.json();
        Response response = given.headers().isEmpty() ? given : withoutFraming(given);
        int status = response.status();
        if (isBodiless(status)) {
            discard(response);
            return RenderedResponse.empty(status, response.headers());
        }
        switch (response.kind()) {
            case EMPTY:
                return RenderedResponse.empty(status, response.headers());
            case JSON:
                return bytes(response, json.encode(response.body()));
            case TEXT:
                return bytes(response, ((String) body(response)).getBytes(StandardCharsets.UTF_8));
            case BYTES:
                return bytes(response, (byte[]) body(response));
            case FILE:
                return FileRenderer.render(response, request);
            case STREAM:
                return stream(response, (StreamWriter) body(response));
            case EVENTS:
                EventStream.Source source = (EventStream.Source) body(response);
                String lastEventId = request.header("Last-Event-ID");
                return stream(response, out -> {
                    out.flush();
                    EventWriter.write(source, out, runtime, lastEventId);
                });
            default:
                throw new IllegalStateException("kind " + response.kind());
        }
    }

    /** Whether a response of this status never has a body. */
    static boolean isBodiless(int status) {
        return status == 204 || status == 205 || status == 304;
    }

    /** The length and the coding follow from the body; others would break the connection. */
    private static Response withoutFraming(Response response) {
        return response.headers(response.headers().without("Content-Length").without("Transfer-Encoding"));
    }

    private static Object body(Response response) {
        return Objects.requireNonNull(response.body(), "body");
    }

    private static RenderedResponse bytes(Response response, byte[] bytes) {
        return RenderedResponse.ofBytes(response.status(), response.headers(), response.contentType(), bytes);
    }

    private static RenderedResponse stream(Response response, StreamWriter writer) {
        RenderedResponse rendered =
                RenderedResponse.ofStream(response.status(), response.headers(), response.contentType(), writer);
        return writer instanceof AutoCloseable ? rendered.onClose(() -> discard(response)) : rendered;
    }

    /** Closes what a response holds. */
    static void discard(Response response) {
        if (response.body() instanceof AutoCloseable held) {
            try {
                held.close();
            } catch (Exception e) {
                LOG.debug("the body of {} could not be closed", response, e);
            }
        }
    }
}
