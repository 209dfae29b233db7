/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.socket.CloseStatus;
import dev.cyanotype.socket.SocketCloseException;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.Subscription;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The other replicas of the app, which hear on a channel of the app's bus what is sent to clients that may be theirs.
 *
 * <p>Thread-safe.
 */
final class Replicas implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.socket");

    /** What stands before the app's name in the name of the channel. */
    private static final String CHANNEL = "cyanotype:sockets:";

    /** What other replicas want done here. */
    interface Listener {

        void post(Post post);

        void close(String clientId, CloseStatus status);
    }

    private final MessageBus bus;
    private final JsonCodec json;
    private final String channel;
    private final String self;
    private final Listener listener;
    private final Subscription subscription;

    Replicas(MessageBus bus, JsonCodec json, String app, String self, Listener listener) {
        this.bus = bus;
        this.json = json;
        this.channel = CHANNEL + app;
        this.self = self;
        this.listener = listener;
        this.subscription = bus.subscribe(channel, this::hear);
    }

    void send(Post post) {
        ObjectNode message = envelope();
        message.set("to", post.target().encode());
        if (!post.except().isEmpty()) {
            message.set("except", Target.strings(post.except()));
        }
        if (post.type() != null) {
            message.put("type", post.type());
        }
        if (post.key() != null) {
            message.put("key", post.key());
        }
        if (post.type() == null && post.data() instanceof byte[] bytes) {
            message.put("bytes", Base64.getEncoder().encodeToString(bytes));
        } else if (post.type() == null && post.data() instanceof CharSequence text) {
            message.put("text", text.toString());
        } else {
            message.set("data", json.tree(post.data()));
        }
        bus.publish(channel, message);
    }

    void close(String clientId, CloseStatus status) {
        ObjectNode message = envelope();
        message.put("close", clientId).put("code", status.code()).put("reason", status.reason());
        bus.publish(channel, message);
    }

    private ObjectNode envelope() {
        return JsonNodeFactory.instance.objectNode().put("from", self);
    }

    private void hear(JsonNode message) {
        if (self.equals(message.path("from").stringValue(""))) {
            return;
        }
        Runnable order;
        try {
            order = read(message);
        } catch (RuntimeException e) {
            LOG.debug("a message on '{}' is none of a replica", channel, e);
            return;
        }
        order.run();
    }

    private Runnable read(JsonNode message) {
        String client = text(message, "close");
        if (client != null) {
            SocketCloseException end = new SocketCloseException(
                    message.path("code").intValue(), message.path("reason").stringValue());
            return () -> listener.close(client, new CloseStatus(end.code(), end.reason()));
        }
        Target target = Target.decode(message.path("to"));
        if (target == null) {
            throw new IllegalArgumentException("nobody is meant");
        }
        Post post = new Post(
                target, Target.set(message.path("except")), text(message, "type"), data(message), text(message, "key"));
        return () -> listener.post(post);
    }

    private static @Nullable Object data(JsonNode message) {
        String bytes = text(message, "bytes");
        if (bytes != null) {
            return Base64.getDecoder().decode(bytes);
        }
        String text = text(message, "text");
        if (text != null) {
            return text;
        }
        JsonNode data = message.get("data");
        if (data == null) {
            throw new IllegalArgumentException("nothing is said");
        }
        return data;
    }

    private static @Nullable String text(JsonNode message, String field) {
        JsonNode value = message.path(field);
        return value.isString() ? value.stringValue() : null;
    }

    @Override
    public void close() {
        subscription.close();
    }
}
