/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.spi.SocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes the frames that clients get: those of the app's socket for messages as Daebus has them. */
public final class Frames {

    private static final byte[] TYPE = ascii("{\"type\":");
    private static final byte[] DATA = ascii(",\"data\":");
    private static final byte[] ERROR = ascii("{\"type\":\"error\",\"error\":");
    private static final byte[] RETRY_AFTER = ascii(",\"retry_after\":");
    private static final byte[] ID = ascii(",\"id\":");

    private Frames() {}

    /**
     * A message with a type.
     *
     * @param data encoded already
     * @param id what the client gave its own message, or null
     */
    public static SocketFrame message(JsonCodec json, String type, byte[] data, @Nullable JsonNode id) {
        byte[] encodedType = json.encode(type);
        ByteArrayOutputStream out = new ByteArrayOutputStream(encodedType.length + data.length + 64);
        out.writeBytes(TYPE);
        out.writeBytes(encodedType);
        out.writeBytes(DATA);
        out.writeBytes(data);
        return end(json, out, id);
    }

    /** An error of whoever passes messages on, whose text is not inside the data. */
    public static SocketFrame error(JsonCodec json, String text, @Nullable JsonNode id) {
        return end(json, error(json, text), id);
    }

    /** The error that answers a message too many. */
    public static SocketFrame rateLimit(JsonCodec json, long retryAfterSeconds) {
        ByteArrayOutputStream out = error(json, "Rate limit exceeded");
        out.writeBytes(RETRY_AFTER);
        out.writeBytes(ascii(Long.toString(retryAfterSeconds)));
        return end(json, out, null);
    }

    /** A message as it is: a text, bytes, or JSON. */
    public static SocketFrame bare(@Nullable Object data, Supplier<byte[]> encoded) {
        if (data instanceof CharSequence text) {
            return SocketFrame.text(text.toString());
        }
        return data instanceof byte[] bytes ? SocketFrame.binary(bytes.clone()) : SocketFrame.text(encoded.get());
    }

    private static ByteArrayOutputStream error(JsonCodec json, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ERROR);
        out.writeBytes(json.encode(text));
        return out;
    }

    private static SocketFrame end(JsonCodec json, ByteArrayOutputStream out, @Nullable JsonNode id) {
        if (id != null) {
            out.writeBytes(ID);
            out.writeBytes(json.write(id));
        }
        out.write('}');
        return SocketFrame.text(out.toByteArray());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
