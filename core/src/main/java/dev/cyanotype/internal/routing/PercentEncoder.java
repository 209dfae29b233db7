/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.routing;

import dev.cyanotype.internal.text.Ascii;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encodes text as UTF-8 for the parts of a URL (RFC 3986). */
public final class PercentEncoder {

    /** What a segment may have as it is, beside letters and digits. */
    private static final String SEGMENT = "-._~!$&'()*+,;=:@";

    /** Without what separates parameters, and without the plus that forms read as a space. */
    private static final String QUERY = "-._~!$'()*,;:@/?";

    private static final String FRAGMENT = SEGMENT + "/?";

    private static final String HEX = "0123456789ABCDEF";

    private PercentEncoder() {}

    /**
     * Encodes one segment of a path.
     *
     * @throws IllegalArgumentException if the text is not Unicode
     */
    public static String segment(String text) {
        return encode(text, SEGMENT);
    }

    /**
     * Encodes several segments, and keeps the slashes between them.
     *
     * @throws IllegalArgumentException if the text is not Unicode
     */
    public static String segments(String text) {
        return encode(text, SEGMENT + "/");
    }

    /**
     * Encodes a name or a value of the query.
     *
     * @throws IllegalArgumentException if the text is not Unicode
     */
    public static String query(String text) {
        return encode(text, QUERY);
    }

    /**
     * Encodes a fragment.
     *
     * @throws IllegalArgumentException if the text is not Unicode
     */
    public static String fragment(String text) {
        return encode(text, FRAGMENT);
    }

    private static String encode(String text, String allowed) {
        ByteBuffer bytes;
        try {
            bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("half of a surrogate pair is no character", e);
        }
        StringBuilder encoded = new StringBuilder(bytes.remaining() + 8);
        while (bytes.hasRemaining()) {
            int b = bytes.get() & 0xFF;
            if (b < 0x80 && (Ascii.isLetterOrDigit((char) b) || allowed.indexOf(b) >= 0)) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 0xF));
            }
        }
        return encoded.toString();
    }
}
