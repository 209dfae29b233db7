/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.pubsub.redis.RedisOptions.Builder;
import dev.cyanotype.pubsub.redis.RedisOptions.Protocol;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RedisOptionsTest {

    private static Arguments bad(String message, Consumer<Builder> option) {
        return Arguments.of(message, option);
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                bad("database: -1 (expected: 0 to 999999)", b -> b.database(-1)),
                bad("database: 1000000 (expected: 0 to 999999)", b -> b.database(1_000_000)),
                bad("user: is empty or has a control character (expected: printable characters)", b -> b.user("")),
                bad("user: is empty or has a control character (expected: printable characters)", b -> b.user("a\nb")),
                bad("password: is empty. Leave it unset for none.", b -> b.password("")),
                bad("password: is empty. Leave it unset for none.", b -> b.password(new char[0])),
                bad("sentinel password: is empty. Leave it unset for none.", b -> b.sentinel(null, "")),
                bad(
                        "sentinel user: is empty or has a control character (expected: printable characters)",
                        b -> b.sentinel("a\tb", "x")),
                bad(
                        "clientName: has no such form (expected: 1 to 100 printable ASCII characters without spaces)",
                        b -> b.clientName("a b")),
                bad(
                        "clientName: has no such form (expected: 1 to 100 printable ASCII characters without spaces)",
                        b -> b.clientName("a\r\nb")),
                bad(
                        "clientName: has no such form (expected: 1 to 100 printable ASCII characters without spaces)",
                        b -> b.clientName("")),
                bad(
                        "clientName: has no such form (expected: 1 to 100 printable ASCII characters without spaces)",
                        b -> b.clientName("x".repeat(101))),
                bad("startTimeout: 0 s (expected: 1 ms to 3600 s)", b -> b.startTimeout(Duration.ZERO)),
                bad("startTimeout: 3601 s (expected: 1 ms to 3600 s)", b -> b.startTimeout(Duration.ofSeconds(3601))),
                bad(
                        "commandTimeout: PT0.000000001S (expected: 1 ms to 3600 s)",
                        b -> b.commandTimeout(Duration.ofNanos(1))),
                bad("claimLife: 999 ms (expected: 1 s to 3600 s)", b -> b.claimLife(Duration.ofMillis(999))),
                bad("entryLife: 0 s (expected: 1 s to 315360000 s)", b -> b.entryLife(Duration.ZERO)),
                bad("replyLife: -1 s (expected: 1 s to 31536000 s)", b -> b.replyLife(Duration.ofSeconds(-1))),
                bad("maxConcurrentActions: 0 (expected: 1 to 100000)", b -> b.maxConcurrentActions(0)),
                bad("maxConcurrentActions: 100001 (expected: 1 to 100000)", b -> b.maxConcurrentActions(100_001)),
                bad("maxWaitingActions: -1 (expected: 0 to 10000000)", b -> b.maxWaitingActions(-1)),
                bad("maxWaitingActions: 10000001 (expected: 0 to 10000000)", b -> b.maxWaitingActions(10_000_001)),
                bad("heartbeat: 9 ms (expected: 10 ms to 60 s)", b -> b.heartbeat(Duration.ofMillis(9))),
                bad("silence: 19 ms (expected: 20 ms to 300 s)", b -> b.silence(Duration.ofMillis(19))),
                bad("url: no port at character 11 (expected: 1 to 65535)", b -> b.url("redis://h:0")));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void are_refused_at_the_line_that_sets_them(String message, Consumer<Builder> option) {
        Builder builder = RedisOptions.builder();

        assertThatThrownBy(() -> option.accept(builder))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                bad(
                        "silence: 1 s (expected: at least two heartbeats, which are 1200 ms)",
                        b -> b.silence(Duration.ofSeconds(1))),
                bad(
                        "sharded: only a cluster has sharded channels, and the URL is 'redis://h:6379'. "
                                + "Leave the option unset.",
                        b -> b.url("redis://h").sharded(true)),
                bad(
                        "database: 1 (expected: 0, because a cluster has only that)",
                        b -> b.url("redis-cluster://h").database(1)),
                bad(
                        "tls: the URL 'redis-cluster://h:6379' is one without TLS (expected: 'rediss-cluster://…')",
                        b -> b.url("redis-cluster://h").tls(context())),
                bad(
                        "user 'ann' has no password. Set one.",
                        b -> b.url("redis://h").user("ann")));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void that_contradict_each_other_are_refused_when_built(String message, Consumer<Builder> options) {
        Builder builder = RedisOptions.builder();
        options.accept(builder);

        assertThatThrownBy(builder::build)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void have_defaults() {
        OptionValues values = RedisOptions.builder().build().values();

        assertThat(values.url).isNull();
        assertThat(values.user).isNull();
        assertThat(values.password).isNull();
        assertThat(values.sentinelUser).isNull();
        assertThat(values.sentinelPassword).isNull();
        assertThat(values.database).isNull();
        assertThat(values.clientName).isNull();
        assertThat(values.protocol).isEqualTo(Protocol.AUTO);
        assertThat(values.tls).isNull();
        assertThat(values.sharded).isFalse();
        assertThat(values.required).isTrue();
        assertThat(values.startTimeout).isEqualTo(Duration.ofSeconds(10));
        assertThat(values.commandTimeout).isEqualTo(Duration.ofSeconds(2));
        assertThat(values.claimLife).isEqualTo(Duration.ofSeconds(10));
        assertThat(values.replyLife).isEqualTo(Duration.ofHours(24));
        assertThat(values.entryLife).isEqualTo(Duration.ofDays(7));
        assertThat(values.maxConcurrentActions).isEqualTo(256);
        assertThat(values.maxWaitingActions).isEqualTo(10_000);
        assertThat(values.heartbeat).isEqualTo(Duration.ofMillis(600));
        assertThat(values.silence).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void stay_as_they_are_when_a_copy_is_changed() {
        Builder builder = RedisOptions.builder().url("redis://a").clientName("one");
        RedisOptions first = builder.build();
        RedisOptions copy = first.toBuilder().url("redis://b").database(3).build();
        builder.database(5);

        assertThat(first).hasToString("RedisOptions[url=redis://a:6379, protocol=AUTO, sharded=false, required=true]");
        assertThat(copy)
                .hasToString(
                        "RedisOptions[url=redis://b:6379, database=3, protocol=AUTO, sharded=false, required=true]");
        assertThat(copy.values().clientName).isEqualTo("one");
    }

    @Test
    void keep_a_password_although_its_characters_are_overwritten() {
        char[] password = {'a', 'b'};
        RedisOptions options = RedisOptions.builder().password(password).build();
        password[0] = 'x';

        assertThat(options.values().password).isEqualTo("ab");
    }

    @Test
    void show_no_password() {
        RedisOptions options = RedisOptions.builder()
                .url("redis-sentinel://ann:first@h#m")
                .user("bob")
                .password("second")
                .sentinel("carl", "third")
                .build();

        assertThat(options)
                .hasToString("RedisOptions[url=redis-sentinel://ann:***@h:26379#m, user=bob, password=***, "
                        + "protocol=AUTO, sharded=false, required=true]");
        assertThat(RedisPubSub.with(options)).hasToString("RedisPubSub[" + options + "]");
    }

    @Test
    void may_have_tls_with_a_url_of_tls() {
        assertThat(RedisOptions.builder().url("rediss://h").tls(context()).build())
                .hasToString("RedisOptions[url=rediss://h:6379, protocol=AUTO, sharded=false, required=true]");
    }

    private static SSLContext context() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
