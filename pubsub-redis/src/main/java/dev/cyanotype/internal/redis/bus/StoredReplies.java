/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.bus;

import dev.cyanotype.internal.redis.link.Commands;
import dev.cyanotype.spi.MessageJson;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.TransportContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Keeps the replies to requests with an idempotency key, for all replicas. Thread-safe. */
final class StoredReplies {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.redis");
    private static final byte[] RUNNING = "running".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NX = "NX".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PX = "PX".getBytes(StandardCharsets.US_ASCII);

    /** After this time a replica that has not answered is taken for dead, unless its caller waits longer. */
    private static final Duration USUAL_RUN = Duration.ofMinutes(1);

    private static final Duration LONGEST_RUN = Duration.ofDays(1);

    private final Commands commands;
    private final MessageJson json;
    private final InstantSource clock;
    private final String prefix;
    private final Duration kept;

    StoredReplies(Commands commands, TransportContext context, Duration kept) {
        this.commands = commands;
        this.json = context.json();
        this.clock = context.clock();
        this.prefix = "cyanotype:{" + context.app() + "}:reply:";
        this.kept = kept;
    }

    /**
     * Finds what there is for a key.
     *
     * @param then gets null if this is the first request of the key, which then is to be run; called on the thread that
     *     reads replies
     */
    void first(String action, String key, @Nullable Instant deadline, Consumer<@Nullable Reply> then) {
        long running = running(deadline).toMillis();
        byte[] name = key(action, key);
        commands.send(
                name,
                new CommandArguments(Command.SET)
                        .add(name)
                        .add(RUNNING)
                        .add(NX)
                        .add(PX)
                        .add(running),
                (reply, error) -> {
                    if (error != null) {
                        then.accept(Reply.error(503, "The idempotency key can't be looked up now. Try again."));
                    } else if (reply != null) {
                        then.accept(null);
                    } else {
                        commands.send(
                                name,
                                new CommandArguments(Command.GET).add(name),
                                (value, failure) -> then.accept(read(value)));
                    }
                });
    }

    private Duration running(@Nullable Instant deadline) {
        Duration left = deadline == null ? USUAL_RUN : Duration.between(clock.instant(), deadline);
        if (left.compareTo(USUAL_RUN) < 0) {
            return USUAL_RUN;
        }
        return left.compareTo(LONGEST_RUN) > 0 ? LONGEST_RUN : left;
    }

    private Reply read(@Nullable Object value) {
        if (!(value instanceof byte[] bytes) || Arrays.equals(bytes, RUNNING)) {
            return Reply.error(409, "A request with this idempotency key is still running");
        }
        try {
            JsonNode stored = json.read(bytes);
            return new Reply(stored.path("status").asInt(500), stored.path("payload"));
        } catch (RuntimeException e) {
            LOG.warn("the reply that is kept for an idempotency key can't be read: {}", e.getMessage());
            return Reply.error(500, "The reply that is kept for this idempotency key can't be read");
        }
    }

    /** Keeps a reply, unless it is one that may be better next time. */
    void keep(String action, String key, Reply reply) {
        byte[] name = key(action, key);
        CommandArguments command = reply.isError() && !reply.isPermanent()
                ? new CommandArguments(Command.DEL).add(name)
                : new CommandArguments(Command.SET)
                        .add(name)
                        .add(json.write(JsonNodeFactory.instance
                                .objectNode()
                                .put("status", reply.status())
                                .set("payload", reply.payload())))
                        .add(PX)
                        .add(kept.toMillis());
        commands.send(name, command, (done, error) -> {
            if (error != null) {
                LOG.warn(
                        "action '{}': the reply for its idempotency key could not be kept: {}",
                        action,
                        error.getMessage());
            }
        });
    }

    private byte[] key(String action, String key) {
        return (prefix + action + ":" + key).getBytes(StandardCharsets.UTF_8);
    }
}
