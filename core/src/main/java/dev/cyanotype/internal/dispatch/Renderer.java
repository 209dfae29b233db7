/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.exchange.EventStream;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.exchange.StreamWriter;
import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.spi.RenderedResponse;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
    static RenderedResponse render(JsonCodec json, Response given, @Nullable String lastEventId) {
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
                return file(response, (Path) body(response));
            case STREAM:
                return stream(response, (StreamWriter) body(response));
            case EVENTS:
                EventStream.Source source = (EventStream.Source) body(response);
                return stream(response, out -> {
                    out.flush();
                    source.sendTo(new EventWriter(out, json, lastEventId));
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

    private static RenderedResponse file(Response response, Path file) {
        long length;
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new NotFoundException("There is no such file");
            }
            length = attributes.size();
        } catch (IOException e) {
            throw new NotFoundException("There is no such file", e);
        }
        String contentType = response.contentType();
        if (contentType == null) {
            String guess =
                    URLConnection.guessContentTypeFromName(file.getFileName().toString());
            contentType = guess == null ? "application/octet-stream" : guess;
        }
        return RenderedResponse.ofFile(response.status(), response.headers(), contentType, file, length);
    }
}
