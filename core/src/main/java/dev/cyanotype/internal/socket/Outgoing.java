/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.spi.SocketFrame;
import org.jspecify.annotations.Nullable;

/** A message to clients, encoded once for each of the two forms that they may want. Not thread-safe. */
final class Outgoing {

    private final JsonCodec json;
    private final @Nullable String type;
    private final String defaultType;
    private final @Nullable Object data;
    private final @Nullable String key;
    private byte @Nullable [] encoded;
    private @Nullable SocketFrame enveloped;
    private @Nullable SocketFrame bare;

    /**
     * A message.
     *
     * @param type null where the sender gave none
     * @param defaultType what stands for that where all messages have one
     * @param key what messages it takes the place of, or null
     */
    Outgoing(JsonCodec json, @Nullable String type, String defaultType, @Nullable Object data, @Nullable String key) {
        this.json = json;
        this.type = type;
        this.defaultType = defaultType;
        this.data = data;
        this.key = key;
    }

    @Nullable
    String key() {
        return key;
    }

    /** The message as a client of a conversation gets it. */
    SocketFrame frame(Conversation conversation) {
        if (type != null || conversation.isEnveloped()) {
            if (enveloped == null) {
                enveloped = Frames.message(json, type == null ? defaultType : type, encoded(), null);
            }
            return enveloped;
        }
        if (bare == null) {
            bare = Frames.bare(data, this::encoded);
        }
        return bare;
    }

    private byte[] encoded() {
        if (encoded == null) {
            encoded = json.encode(data);
        }
        return encoded;
    }
}
