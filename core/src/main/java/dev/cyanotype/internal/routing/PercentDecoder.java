/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.routing;

import dev.cyanotype.exchange.BadRequestException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes percent-encoded UTF-8, and refuses what is not. */
public final class PercentDecoder {

    private PercentDecoder() {}

    /**
     * Decodes a text.
     *
     * @param text the encoded text
     * @param plusIsSpace whether it is a form's, where a plus stands for a space
     * @param what names the text in the error
     * @throws BadRequestException if it has a bad escape, or bytes that are not UTF-8
     */
    public static String decode(String text, boolean plusIsSpace, String what) {
        if (text.indexOf('%') < 0) {
            return plusIsSpace ? text.replace('+', ' ') : text;
        }
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < raw.length; i++) {
            byte b = raw[i];
            if (b == '%') {
                int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
                int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
                if (low < 0) {
                    throw new BadRequestException(what + " has a bad percent-escape (expected: % and two hex digits)");
                }
                b = (byte) (high << 4 | low);
                i += 2;
            } else if (b == '+' && plusIsSpace) {
                b = ' ';
            }
            raw[length++] = b;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(raw, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadRequestException(what + " has escapes that are not UTF-8", e);
        }
    }
}
