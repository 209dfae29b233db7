/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.websocket;

import dev.cyanotype.exchange.StreamWriter;
import dev.cyanotype.spi.RenderedResponse;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers to requests that don't become websockets. */
final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.websocket");

    private Answers() {}

    /** A line of text. */
    static void text(Response response, Callback callback, int status, String text) {
        response.setStatus(status);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        switch (status) {
            case 426 -> {
                // RFC 9110, 15.5.22 and RFC 6455, 4.4.
                headers.put(HttpHeader.UPGRADE, "websocket");
                headers.put(HttpHeader.CONNECTION, "Upgrade");
                headers.put(HttpHeader.SEC_WEBSOCKET_VERSION, "13");
            }
            case 503 -> headers.put(HttpHeader.RETRY_AFTER, "5");
            default -> {}
        }
        write(response, callback, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** An answer of the app; it is closed at the end. */
    static void rendered(Response response, Callback callback, RenderedResponse answer) {
        Callback closing = Callback.from(callback, answer::close);
        try {
            response.setStatus(answer.status());
            HttpFields.Mutable headers = response.getHeaders();
            answer.headers().forEach(headers::add);
            if (answer.contentType() != null) {
                headers.put(HttpHeader.CONTENT_TYPE, answer.contentType());
            }
            byte[] bytes = answer.bytes();
            StreamWriter stream = answer.stream();
            if (bytes != null) {
                write(response, closing, bytes);
            } else if (stream != null) {
                if (answer.contentLength() >= 0) {
                    headers.put(HttpHeader.CONTENT_LENGTH, answer.contentLength());
                }
                write(response, closing, stream);
            } else {
                response.write(true, null, closing);
            }
        } catch (RuntimeException e) {
            closing.failed(e);
        }
    }

    private static void write(Response response, Callback callback, byte[] bytes) {
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }

    private static void write(Response response, Callback callback, StreamWriter stream) {
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            stream.writeTo(out);
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            // So the client learns that there is less than there should be.
            LOG.debug("the answer to a request for a websocket broke off", e);
            callback.failed(e);
            return;
        }
        callback.succeeded();
    }
}
