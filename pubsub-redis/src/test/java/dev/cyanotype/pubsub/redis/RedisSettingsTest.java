/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.pubsub.redis.RedisOptions.Protocol;
import dev.cyanotype.spi.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RedisSettingsTest {

    private static final RedisOptions NONE = RedisOptions.builder().build();

    private static Settings settings(String... keysAndValues) {
        Map<String, Settings.Value> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], new Settings.Value(keysAndValues[i + 1], "the test"));
        }
        return Settings.of(values);
    }

    private static OptionValues with(RedisOptions options, String... keysAndValues) {
        return RedisSettings.apply(options, settings(keysAndValues), Map.of());
    }

    private static Arguments option(String key, String text, Object value, Function<OptionValues, Object> option) {
        return Arguments.of(key, text, value, option);
    }

    static Stream<Arguments> options() {
        return Stream.of(
                option("redis.url", "redis://x", "redis://x:6379", v -> String.valueOf(v.url)),
                option("redis.user", "ann", "ann", v -> v.user),
                option("redis.password", "pass", "pass", v -> v.password),
                option("redis.sentinelUser", "ann", "ann", v -> v.sentinelUser),
                option("redis.sentinelPassword", "pass", "pass", v -> v.sentinelPassword),
                option("redis.database", "7", 7, v -> v.database),
                option("redis.clientName", "me", "me", v -> v.clientName),
                option("redis.protocol", "RESP2", Protocol.RESP2, v -> v.protocol),
                option("redis.protocol", "resp3", Protocol.RESP3, v -> v.protocol),
                option("redis.protocol", "auto", Protocol.AUTO, v -> v.protocol),
                option("redis.required", "false", false, v -> v.required),
                option("redis.startTimeoutMillis", "1500", Duration.ofMillis(1500), v -> v.startTimeout),
                option("redis.commandTimeoutMillis", "1", Duration.ofMillis(1), v -> v.commandTimeout),
                option("redis.claimLifeMillis", "20000", Duration.ofSeconds(20), v -> v.claimLife),
                option("redis.replyLifeSeconds", "3600", Duration.ofHours(1), v -> v.replyLife),
                option("redis.entryLifeSeconds", "3600", Duration.ofHours(1), v -> v.entryLife),
                option("redis.maxConcurrentActions", "5", 5, v -> v.maxConcurrentActions),
                option("redis.maxWaitingActions", "0", 0, v -> v.maxWaitingActions),
                option("redis.heartbeatMillis", "100", Duration.ofMillis(100), v -> v.heartbeat),
                option("redis.silenceMillis", "3000", Duration.ofSeconds(3), v -> v.silence));
    }

    @ParameterizedTest
    @MethodSource("options")
    void override_options(String key, String text, Object value, Function<OptionValues, Object> option) {
        assertThat(option.apply(with(RedisOptions.builder().password("p").build(), key, text)))
                .isEqualTo(value);
    }

    @Test
    void make_channels_sharded() {
        assertThat(with(NONE, "redis.url", "redis-cluster://h", "redis.sharded", "true").sharded)
                .isTrue();
    }

    @Test
    void are_there_for_all_options() {
        Set<String> tested =
                options().map(arguments -> (String) arguments.get()[0]).collect(Collectors.toSet());
        tested.add("redis.sharded");

        assertThat(new RedisPubSub().settings()).isEqualTo(tested);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            redis.url                  | redis://h:0   | setting 'redis.url': no port at character 11 (expected: 1 to 65535)
            redis.user                 | ''            | setting 'redis.user': user: is empty or has a control character (expected: printable characters)
            redis.password             | ''            | setting 'redis.password': password: is empty. Leave it unset for none.
            redis.clientName           | a b           | setting 'redis.clientName': clientName: has no such form (expected: 1 to 100 printable ASCII characters without spaces)
            redis.protocol             | 3             | setting 'redis.protocol': '3' (expected: auto, resp2 or resp3)
            redis.claimLifeMillis      | 10            | setting 'redis.claimLifeMillis': claimLife: 10 ms (expected: 1 s to 3600 s)
            redis.heartbeatMillis      | 1             | setting 'redis.heartbeatMillis': heartbeat: 1 ms (expected: 10 ms to 60 s)
            redis.replyLifeSeconds     | 2147483647    | setting 'redis.replyLifeSeconds': replyLife: 2147483647 s (expected: 1 s to 31536000 s)
            redis.silenceMillis        | 100           | silence: 100 ms (expected: at least two heartbeats, which are 1200 ms)
            """)
    void are_refused_by_their_names(String key, String text, String message) {
        assertThatThrownBy(() -> with(NONE, key, text))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "redis.required, maybe",
        "redis.sharded, 1",
        "redis.database, x",
        "redis.database, 1000000",
        "redis.maxConcurrentActions, 0",
        "redis.maxWaitingActions, -1",
        "redis.startTimeoutMillis, 0",
        "redis.startTimeoutMillis, 10s"
    })
    void of_no_such_form_are_refused_by_core(String key, String text) {
        assertThatThrownBy(() -> with(NONE, key, text))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("setting '" + key + "'")
                .hasMessageContaining("the test");
    }

    @Test
    void come_before_options_which_come_before_the_variable() {
        Map<String, String> variable = Map.of("REDIS_URL", "redis://variable");
        RedisOptions given = RedisOptions.at("redis://given");

        assertThat(RedisSettings.url(given, settings("redis.url", "redis://set"), variable))
                .hasToString("redis://set:6379");
        assertThat(RedisSettings.url(given, settings(), variable)).hasToString("redis://given:6379");
        assertThat(RedisSettings.url(NONE, settings(), variable)).hasToString("redis://variable:6379");
        assertThat(RedisSettings.url(NONE, settings(), Map.of())).isNull();
        assertThat(RedisSettings.url(NONE, settings("redis.url", " "), Map.of("REDIS_URL", "")))
                .isNull();
    }

    @Test
    void name_the_variable_whose_url_is_none() {
        assertThatThrownBy(() -> RedisSettings.url(NONE, settings(), Map.of("REDIS_URL", "redis://:secret%@h")))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("environment variable 'REDIS_URL': a '%' in the password without two hexadecimal digits "
                        + "(expected: %25 for '%')");
    }

    @Test
    void with_a_url_of_another_user_leave_none_of_the_one_that_was_given() {
        RedisOptions given = RedisOptions.builder()
                .url("redis://h")
                .user("ann")
                .password("ann's")
                .database(3)
                .build();

        OptionValues other = with(given, "redis.url", "redis://bob:bobs@other/4");
        assertThat(other.user).isNull();
        assertThat(other.password).isNull();
        assertThat(other.database).isNull();

        OptionValues elsewhere = with(given, "redis.url", "redis://other");
        assertThat(elsewhere.user).isEqualTo("ann");
        assertThat(elsewhere.password).isEqualTo("ann's");
        assertThat(elsewhere.database).isEqualTo(3);
    }

    @Test
    void decide_whether_there_is_a_redis() {
        assertThat(new RedisPubSub(NONE, Map.of()).isEnabled(settings())).isFalse();
        assertThat(new RedisPubSub(NONE, Map.of()).isEnabled(settings("redis.url", "redis://h")))
                .isTrue();
        assertThat(new RedisPubSub(NONE, Map.of("REDIS_URL", "redis://h")).isEnabled(settings()))
                .isTrue();
        assertThat(new RedisPubSub(RedisOptions.at("redis://h"), Map.of()).isEnabled(settings()))
                .isTrue();
    }
}
