/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.websocket;

import java.util.Base64;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** What RFC 6455, 4.2.1 asks of a request. */
final class Handshake {

    /** An answer to a request that asks for a websocket in the wrong way. */
    record Fault(int status, String text) {}

    private static final int KEY_BYTES = 16;
    private static final String VERSION = "13";

    private Handshake() {}

    /** Whether it asks for a websocket at all: otherwise its {@code Upgrade} is to be ignored (RFC 9110, 7.8). */
    static boolean isAsked(Request request) {
        return HttpMethod.GET.is(request.getMethod())
                && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
                && request.getHeaders().contains(HttpHeader.UPGRADE, "websocket")
                && request.getHeaders().contains(HttpHeader.CONNECTION, "upgrade");
    }

    /** What is wrong with it, or null. */
    static @Nullable Fault faultOf(Request request) {
        List<String> versions = request.getHeaders().getValuesList(HttpHeader.SEC_WEBSOCKET_VERSION);
        if (!versions.equals(List.of(VERSION))) {
            return new Fault(426, "Sec-WebSocket-Version: only version 13 is spoken here.");
        }
        List<String> keys = request.getHeaders().getValuesList(HttpHeader.SEC_WEBSOCKET_KEY);
        if (keys.size() != 1 || !isKey(keys.get(0))) {
            return new Fault(400, "Sec-WebSocket-Key: one is needed, with 16 bytes in base64.");
        }
        if (request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
            return new Fault(400, "A request for a websocket has no body.");
        }
        return null;
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
