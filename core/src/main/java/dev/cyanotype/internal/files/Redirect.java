/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import dev.cyanotype.exchange.Response;
import dev.cyanotype.spi.HttpRequest;
import java.nio.charset.StandardCharsets;

/** Sends clients on to a folder's address with its slash, against which links in its index are meant. */
final class Redirect {

    private static final String HEX = "0123456789ABCDEF";

    private Redirect() {}

    /**
     * To the same path with a slash at its end.
     *
     * <p>The address is relative to the one asked for, so it stays right behind a proxy that cuts off a prefix, and it can
     * never lead to another host.
     */
    static Response toFolder(HttpRequest request) {
        String path = request.path();
        String last = path.substring(path.lastIndexOf('/') + 1);
        String query = request.query();
        // In front of a colon the name would be taken for a scheme.
        String location = (last.indexOf(':') < 0 ? "" : "./") + last + "/" + (query == null ? "" : "?" + query);
        return Response.redirect(ascii(location)).status(301);
    }

    /** As it was sent, with escapes for what can't stand in a header field. */
    private static String ascii(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f) {
                escaped.append((char) b);
            } else {
                escaped.append('%').append(HEX.charAt(b >> 4 & 0xf)).append(HEX.charAt(b & 0xf));
            }
        }
        return escaped.toString();
    }
}
