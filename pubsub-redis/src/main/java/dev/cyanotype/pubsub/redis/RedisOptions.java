/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static dev.cyanotype.pubsub.redis.OptionChecks.printable;
import static dev.cyanotype.pubsub.redis.OptionChecks.secret;
import static dev.cyanotype.pubsub.redis.OptionChecks.within;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;

/**
 * How Redis is used.
 *
 * <p>Immutable and thread-safe. Each option is also a setting, named beside it, which overrides it. Nothing that is printed has
 * a password.
 *
 * <pre>{@code
 * App.named("shop")
 *     .transport(RedisPubSub.with(RedisOptions.at("redis://localhost")))
 *     .register(Orders.blueprint())
 *     .build()
 *     .run();
 * }</pre>
 *
 * @since 0.1
 */
public final class RedisOptions {

    static final int MOST_DATABASE = 999_999;

    /** The version of the protocol that Redis is spoken to in. */
    public enum Protocol {
        /** RESP3 if the server has it, which is from Redis 6, else RESP2. */
        AUTO,
        /** RESP2, for proxies that do not know the other. */
        RESP2,
        /** RESP3, and no connection to a server that does not have it. */
        RESP3
    }

    private final OptionValues values;

    private RedisOptions(OptionValues values) {
        this.values = values;
    }

    /**
     * Options for a Redis, with defaults for all else.
     *
     * @param url as for {@link Builder#url(String)}
     * @return the options
     * @throws IllegalArgumentException if it is no such URL; the message does not repeat the password
     */
    public static RedisOptions at(String url) {
        return builder().url(url).build();
    }

    /**
     * Starts from the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder(new OptionValues());
    }

    /**
     * Starts from these options.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        return new Builder(values.copy());
    }

    /** What they consist of, to be changed. */
    OptionValues values() {
        return values.copy();
    }

    RedisOptions configure(Consumer<DefaultJedisClientConfig.Builder> configuration) {
        OptionValues changed = values.copy();
        changed.jedis = changed.jedis.andThen(configuration);
        return new RedisOptions(changed);
    }

    /** Shows where Redis is, without a password. */
    @Override
    public String toString() {
        return "RedisOptions[url=" + values.url
                + (values.user == null ? "" : ", user=" + values.user)
                + (values.password == null ? "" : ", password=" + RedisUrl.MASK)
                + (values.database == null ? "" : ", database=" + values.database)
                + ", protocol=" + values.protocol + ", sharded=" + values.sharded + ", required=" + values.required
                + "]";
    }

    /** Collects options; not thread-safe. */
    public static final class Builder {

        private final OptionValues values;

        Builder(OptionValues values) {
            this.values = values;
        }

        /**
         * Says where Redis is; setting {@code redis.url}, or else environment variable {@code REDIS_URL} where no URL is given
         * here.
         *
         * @param url {@code redis://[[user]:password@]host[:port][/database]},
         *     {@code redis-sentinel://[[user]:password@]host[:port],host[:port]…[/database]#master} or
         *     {@code redis-cluster://[[user]:password@]host[:port],host[:port]…}; with {@code rediss} instead of {@code redis}
         *     over TLS. User and password are in percent form, ports are 6379 and for sentinels 26379 unless given. Without
         *     any URL, also from outside, messages stay in the process
         * @return this
         * @throws IllegalArgumentException if it is no such URL; the message does not repeat the password
         */
        public Builder url(String url) {
            values.url = RedisUrl.parse("url", Objects.requireNonNull(url, "url"));
            return this;
        }

        /**
         * Says who asks; setting {@code redis.user}.
         *
         * @param user a name of Redis's access control list, without control characters. Default that of the URL, or else
         *     Redis's {@code default}
         * @return this
         */
        public Builder user(String user) {
            values.user = printable("user", user);
            return this;
        }

        /**
         * Sets the password; setting {@code redis.password}. It is never printed.
         *
         * @param password not empty. Default that of the URL, or else none
         * @return this
         */
        public Builder password(String password) {
            values.password = secret("password", password);
            return this;
        }

        /**
         * Sets the password; setting {@code redis.password}. It is never printed.
         *
         * @param password not empty; copied, so that it can be overwritten afterwards. Default that of the URL, or else none
         * @return this
         */
        public Builder password(char[] password) {
            values.password = secret("password", new String(Objects.requireNonNull(password, "password")));
            return this;
        }

        /**
         * Says who asks sentinels, which have users of their own; settings {@code redis.sentinelUser} and
         * {@code redis.sentinelPassword}. Neither is taken from the URL. The password is never printed.
         *
         * @param user null for Redis's {@code default}. Default null
         * @param password not empty. Default none
         * @return this
         */
        public Builder sentinel(@Nullable String user, String password) {
            values.sentinelUser = user == null ? null : printable("sentinel user", user);
            values.sentinelPassword = secret("sentinel password", password);
            return this;
        }

        /**
         * Chooses a database; setting {@code redis.database}. Messages are the same in all of them: only keys and streams
         * are apart.
         *
         * @param database 0 to 999 999. Default that of the URL, or else 0; a cluster has only 0
         * @return this
         */
        public Builder database(int database) {
            values.database = within("database", database, 0, MOST_DATABASE);
            return this;
        }

        /**
         * Names the connections, as {@code CLIENT LIST} shows them; setting {@code redis.clientName}.
         *
         * @param name 1 to 100 printable ASCII characters without spaces. Default {@code cyanotype-} and the app's name
         * @return this
         */
        public Builder clientName(String name) {
            Objects.requireNonNull(name, "name");
            if (name.isEmpty() || name.length() > 100 || name.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw new IllegalArgumentException(
                        "clientName: has no such form (expected: 1 to 100 printable ASCII characters without spaces)");
            }
            values.clientName = name;
            return this;
        }

        /**
         * Pins the protocol; setting {@code redis.protocol} with {@code auto}, {@code resp2} or {@code resp3}.
         *
         * @param protocol default {@link Protocol#AUTO}
         * @return this
         */
        public Builder protocol(Protocol protocol) {
            values.protocol = Objects.requireNonNull(protocol, "protocol");
            return this;
        }

        /**
         * Says whom to trust, and who we are, where the URL says TLS. The host in the URL must be one that the server's
         * certificate is for.
         *
         * @param context default that of the JVM, which system properties such as {@code javax.net.ssl.trustStore} set up
         * @return this
         */
        public Builder tls(SSLContext context) {
            values.tls = Objects.requireNonNull(context, "context");
            return this;
        }

        /**
         * Says whether messages in a cluster go through the node that owns their channel's slot, and not through all of them;
         * setting {@code redis.sharded}. All who talk to each other must do it the same way; Daebus does it the other way.
         *
         * @param sharded default false; true needs a cluster of Redis 7 or later
         * @return this
         */
        public Builder sharded(boolean sharded) {
            values.sharded = sharded;
            return this;
        }

        /**
         * Says what happens if Redis can't be had at the start; setting {@code redis.required}.
         *
         * @param required true: the start fails; false: the app starts, is not ready, and connects when it can. Default true
         * @return this
         */
        public Builder required(boolean required) {
            values.required = required;
            return this;
        }

        /**
         * Limits how long the start waits for Redis; setting {@code redis.startTimeoutMillis}.
         *
         * @param timeout 1 ms to 1 h; default 10 s
         * @return this
         */
        public Builder startTimeout(Duration timeout) {
            values.startTimeout = within("startTimeout", timeout, Duration.ofMillis(1), Duration.ofHours(1));
            return this;
        }

        /**
         * Limits how long a command waits for a connection; setting {@code redis.commandTimeoutMillis}. For the client of
         * {@link RedisAccess}, it limits each command.
         *
         * @param timeout 1 ms to 1 h; default 2 s
         * @return this
         */
        public Builder commandTimeout(Duration timeout) {
            values.commandTimeout = within("commandTimeout", timeout, Duration.ofMillis(1), Duration.ofHours(1));
            return this;
        }

        /**
         * Says how long it is remembered that a replica has taken a request; setting {@code redis.claimLifeMillis}. A request
         * that may be older, and has no deadline, is not run.
         *
         * @param life 1 s to 1 h; default 10 s
         * @return this
         */
        public Builder claimLife(Duration life) {
            values.claimLife = within("claimLife", life, Duration.ofSeconds(1), Duration.ofHours(1));
            return this;
        }

        /**
         * Says how long the reply to a request with an idempotency key is kept; setting {@code redis.replyLifeSeconds}.
         *
         * @param life 1 s to 365 days; default 24 h
         * @return this
         */
        public Builder replyLife(Duration life) {
            values.replyLife = within("replyLife", life, Duration.ofSeconds(1), Duration.ofDays(365));
            return this;
        }

        /**
         * Says how long entries of a stream stay at least; setting {@code redis.entryLifeSeconds}. Older ones that each group
         * of the stream has handled are removed while the app consumes it. Entries that some group has not handled stay, and
         * so do those of streams that nobody consumes.
         *
         * @param life 1 s to 3 650 days; default 7 days
         * @return this
         */
        public Builder entryLife(Duration life) {
            values.entryLife = within("entryLife", life, Duration.ofSeconds(1), Duration.ofDays(3_650));
            return this;
        }

        /**
         * Limits how many requests for actions run at once; setting {@code redis.maxConcurrentActions}.
         *
         * @param max 1 to 100 000; default 256
         * @return this
         */
        public Builder maxConcurrentActions(int max) {
            values.maxConcurrentActions = within("maxConcurrentActions", max, 1, 100_000);
            return this;
        }

        /**
         * Limits how many further requests wait; setting {@code redis.maxWaitingActions}. What comes on top is refused.
         *
         * @param max 0 to 10 000 000; default 10 000
         * @return this
         */
        public Builder maxWaitingActions(int max) {
            values.maxWaitingActions = within("maxWaitingActions", max, 0, 10_000_000);
            return this;
        }

        /**
         * Says how often each connection shows that it lives; setting {@code redis.heartbeatMillis}.
         *
         * @param interval 10 ms to 1 min; default 600 ms
         * @return this
         */
        public Builder heartbeat(Duration interval) {
            values.heartbeat = within("heartbeat", interval, Duration.ofMillis(10), Duration.ofMinutes(1));
            return this;
        }

        /**
         * Says after how long without a sign of life a connection is given up and made anew; setting
         * {@code redis.silenceMillis}.
         *
         * @param limit 20 ms to 5 min, and at least two heartbeats; default 2 s, so that a dead connection is found within
         *     3 s
         * @return this
         */
        public Builder silence(Duration limit) {
            values.silence = within("silence", limit, Duration.ofMillis(20), Duration.ofMinutes(5));
            return this;
        }

        /**
         * Has somebody look at messages that can't be read. They are counted and logged, without what is in them, in any
         * case.
         *
         * @param handler default does nothing
         * @return this
         */
        public Builder onUndecodable(UndecodableHandler handler) {
            values.undecodable = Objects.requireNonNull(handler, "handler");
            return this;
        }

        /**
         * Finishes the options.
         *
         * @return immutable options
         * @throws IllegalArgumentException if options contradict each other
         */
        public RedisOptions build() {
            values.check();
            return new RedisOptions(values.copy());
        }
    }
}
