/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.pubsub.redis.RedisOptions.Protocol;
import dev.cyanotype.spi.Settings;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The settings from outside, which override options. */
final class RedisSettings {

    private static final String URL = "redis.url";
    private static final String USER = "redis.user";
    private static final String PASSWORD = "redis.password";
    private static final String SENTINEL_USER = "redis.sentinelUser";
    private static final String SENTINEL_PASSWORD = "redis.sentinelPassword";
    private static final String DATABASE = "redis.database";
    private static final String CLIENT_NAME = "redis.clientName";
    private static final String PROTOCOL = "redis.protocol";
    private static final String SHARDED = "redis.sharded";
    private static final String REQUIRED = "redis.required";
    private static final String START_TIMEOUT = "redis.startTimeoutMillis";
    private static final String COMMAND_TIMEOUT = "redis.commandTimeoutMillis";
    private static final String CLAIM_LIFE = "redis.claimLifeMillis";
    private static final String REPLY_LIFE = "redis.replyLifeSeconds";
    private static final String ENTRY_LIFE = "redis.entryLifeSeconds";
    private static final String MAX_CONCURRENT = "redis.maxConcurrentActions";
    private static final String MAX_WAITING = "redis.maxWaitingActions";
    private static final String HEARTBEAT = "redis.heartbeatMillis";
    private static final String SILENCE = "redis.silenceMillis";

    static final Set<String> KEYS = Set.of(
            URL,
            USER,
            PASSWORD,
            SENTINEL_USER,
            SENTINEL_PASSWORD,
            DATABASE,
            CLIENT_NAME,
            PROTOCOL,
            SHARDED,
            REQUIRED,
            START_TIMEOUT,
            COMMAND_TIMEOUT,
            CLAIM_LIFE,
            REPLY_LIFE,
            ENTRY_LIFE,
            MAX_CONCURRENT,
            MAX_WAITING,
            HEARTBEAT,
            SILENCE);

    /** What many platforms set where they provide a Redis. */
    private static final String VARIABLE = "REDIS_URL";

    private final Settings settings;

    private RedisSettings(Settings settings) {
        this.settings = settings;
    }

    /**
     * Where Redis is.
     *
     * @return null if nothing says so
     * @throws IllegalArgumentException if it is no URL
     */
    static @Nullable RedisUrl url(RedisOptions options, Settings settings, Map<String, String> environment) {
        RedisUrl set = url("setting '" + URL + "'", settings.text(URL));
        RedisUrl url = set == null ? options.values().url : set;
        return url == null ? url("environment variable '" + VARIABLE + "'", environment.get(VARIABLE)) : url;
    }

    private static @Nullable RedisUrl url(String where, @Nullable String text) {
        return text == null || text.isBlank() ? null : RedisUrl.parse(where, text);
    }

    /**
     * The options with the settings.
     *
     * @throws IllegalArgumentException if a setting is wrong, or contradicts others
     */
    static OptionValues apply(RedisOptions options, Settings settings, Map<String, String> environment) {
        OptionValues values = options.values();
        RedisUrl given = values.url;
        RedisUrl url = url(options, settings, environment);
        values.url = url;
        if (given != null && url != null && given != url) {
            // What the URL from outside says counts for more than what was said beside the other one.
            if (url.password() != null) {
                values.user = null;
                values.password = null;
            }
            values.database = url.database() == null ? values.database : null;
        }
        new RedisSettings(settings).apply(values);
        values.check();
        return values;
    }

    private void apply(OptionValues values) {
        RedisOptions.Builder builder = new RedisOptions.Builder(values);
        text(USER, builder::user);
        text(PASSWORD, builder::password);
        text(SENTINEL_USER, user -> values.sentinelUser = OptionChecks.printable("sentinel user", user));
        text(SENTINEL_PASSWORD, secret -> values.sentinelPassword = OptionChecks.secret("sentinel password", secret));
        text(CLIENT_NAME, builder::clientName);
        text(PROTOCOL, protocol -> builder.protocol(protocol(protocol)));
        if (isSet(DATABASE)) {
            builder.database(settings.integer(DATABASE, 0, 0, RedisOptions.MOST_DATABASE));
        }
        builder.sharded(settings.flag(SHARDED, values.sharded))
                .required(settings.flag(REQUIRED, values.required))
                .maxConcurrentActions(settings.integer(MAX_CONCURRENT, values.maxConcurrentActions, 1, 100_000))
                .maxWaitingActions(settings.integer(MAX_WAITING, values.maxWaitingActions, 0, 10_000_000));
        millis(START_TIMEOUT, builder::startTimeout);
        millis(COMMAND_TIMEOUT, builder::commandTimeout);
        millis(CLAIM_LIFE, builder::claimLife);
        millis(HEARTBEAT, builder::heartbeat);
        millis(SILENCE, builder::silence);
        seconds(REPLY_LIFE, builder::replyLife);
        seconds(ENTRY_LIFE, builder::entryLife);
    }

    private boolean isSet(String key) {
        return settings.text(key) != null;
    }

    private void text(String key, Consumer<String> option) {
        String text = settings.text(key);
        if (text != null) {
            named(key, text, option);
        }
    }

    private void millis(String key, Consumer<Duration> option) {
        if (isSet(key)) {
            named(key, Duration.ofMillis(settings.number(key, 0, 1, Integer.MAX_VALUE)), option);
        }
    }

    private void seconds(String key, Consumer<Duration> option) {
        if (isSet(key)) {
            named(key, Duration.ofSeconds(settings.number(key, 0, 1, Integer.MAX_VALUE)), option);
        }
    }

    /** Sets an option; what is wrong is said of the setting. */
    private static <T> void named(String key, T value, Consumer<T> option) {
        try {
            option.accept(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("setting '" + key + "': " + e.getMessage(), e);
        }
    }

    private static Protocol protocol(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "auto" -> Protocol.AUTO;
            case "resp2" -> Protocol.RESP2;
            case "resp3" -> Protocol.RESP3;
            default -> throw new IllegalArgumentException("'" + text + "' (expected: auto, resp2 or resp3)");
        };
    }
}
