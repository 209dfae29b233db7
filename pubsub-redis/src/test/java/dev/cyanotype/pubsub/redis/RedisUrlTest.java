/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.HostAndPort;

class RedisUrlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            redis://localhost                            | redis://localhost:6379
            REDIS://Host                                 | redis://Host:6379
            redis://localhost/                           | redis://localhost:6379
            redis://localhost:1                          | redis://localhost:1
            redis://localhost:65535/0                    | redis://localhost:65535/0
            redis://10.0.0.7:7000/15                     | redis://10.0.0.7:7000/15
            redis://redis_1.my-net                       | redis://redis_1.my-net:6379
            redis://[::1]                                | redis://[::1]:6379
            redis://[2001:db8::7]:7000/3                 | redis://[2001:db8::7]:7000/3
            redis://:secret@h                            | redis://:***@h:6379
            redis://ann:secret@h/1                       | redis://ann:***@h:6379/1
            redis://:@h                                  | redis://h:6379
            redis://ann:a:b@c:d@h                        | redis://ann:***@h:6379
            rediss://ann:secret@h                        | rediss://ann:***@h:6379
            redis-sentinel://h#m                         | redis-sentinel://h:26379#m
            redis-sentinel://a,b:7,[::1]:8/2#my-master   | redis-sentinel://a:26379,b:7,[::1]:8/2#my-master
            rediss-sentinel://:secret@a,b#m              | rediss-sentinel://:***@a:26379,b:26379#m
            redis-cluster://a                            | redis-cluster://a:6379
            redis-cluster://a:1,b:2,c                    | redis-cluster://a:1,b:2,c:6379
            redis-cluster://a/0                          | redis-cluster://a:6379/0
            rediss-cluster://ann:secret@a,b              | rediss-cluster://ann:***@a:6379,b:6379
            """)
    void is_read_and_written_without_its_password(String url, String written) {
        assertThat(RedisUrl.parse("url", url)).hasToString(written);
    }

    @Test
    void has_parts() {
        RedisUrl url = RedisUrl.parse("url", " rediss-sentinel://ann:secret@a,b:7/2#m ");

        assertThat(url)
                .isEqualTo(new RedisUrl(
                        RedisUrl.Form.SENTINEL,
                        true,
                        "ann",
                        "secret",
                        new LinkedHashSet<>(List.of(new HostAndPort("a", 26379), new HostAndPort("b", 7))),
                        2,
                        "m"));
        assertThat(url.nodes()).containsExactly(new HostAndPort("a", 26379), new HostAndPort("b", 7));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            secret      | secret
            a%20b       | "a b"
            a+b         | a+b
            %40%3A%2F%3f%23%25 | @:/?#%
            p@ss:w@rd   | p@ss:w@rd
            %C3%A4      | ä
            ä           | ä
            %F0%9F%94%91 | 🔑
            🔑          | 🔑
            '"'"'       | '"'"'
            *           | *
            """)
    void reads_passwords_in_percent_form(String written, String password) {
        RedisUrl url = RedisUrl.parse("url", "redis://:" + written + "@h");

        assertThat(url.password()).isEqualTo(password);
        assertThat(url.user()).isNull();
        assertThat(url).hasToString("redis://:***@h:6379");
    }

    @Test
    void reads_control_characters_of_passwords() {
        assertThat(RedisUrl.parse("url", "redis://:a%0D%0Ab%00@h").password()).isEqualTo("a\r\nb\0");
    }

    static Stream<Arguments> bad() {
        String scheme = "url: no known scheme at its start (expected: redis://host, also with rediss, redis-sentinel, "
                + "rediss-sentinel, redis-cluster or rediss-cluster)";
        String percent = " (expected: %2F for '/', %3F for '?' and %23 for '#' in a user or password)";
        String host = " (expected: a name or an address, such as localhost, 10.0.0.7 or [::1])";
        return Stream.of(
                Arguments.of("", scheme),
                Arguments.of("localhost:6379", scheme),
                Arguments.of("://localhost", scheme),
                Arguments.of("http://localhost", scheme),
                Arguments.of("redis:localhost", scheme),
                Arguments.of("redis-cluster+x://localhost", scheme),
                Arguments.of("redis://", "url: no host at character 9" + host),
                Arguments.of("redis://:7", "url: no host at character 9" + host),
                Arguments.of("redis://a b", "url: no host at character 9" + host),
                Arguments.of("redis-cluster://a,,b", "url: no host at character 19" + host),
                Arguments.of("redis-cluster://a,", "url: no host at character 19" + host),
                Arguments.of("redis://[x]", "url: no host at character 10" + host),
                Arguments.of("redis://h:0", "url: no port at character 11 (expected: 1 to 65535)"),
                Arguments.of("redis://h:", "url: no port at character 11 (expected: 1 to 65535)"),
                Arguments.of("redis://h:65536", "url: no port at character 11 (expected: 1 to 65535)"),
                Arguments.of("redis://h:-1", "url: no port at character 11 (expected: 1 to 65535)"),
                Arguments.of("redis://h:7x", "url: no port at character 11 (expected: 1 to 65535)"),
                Arguments.of("redis://h:99999999999", "url: no port at character 11 (expected: 1 to 65535)"),
                Arguments.of(
                        "redis://::1",
                        "url: several ':' after character 8 (expected: brackets around IPv6, such as [::1]:6379)"),
                Arguments.of("redis://[::1", "url: no ']' after the '[' at character 9 (expected: such as [::1]:6379)"),
                Arguments.of(
                        "redis://[::1]x", "url: no ']' after the '[' at character 9 (expected: such as [::1]:6379)"),
                Arguments.of("redis://h/x", "url: no database at character 11 (expected: a whole number, 0 to 999999)"),
                Arguments.of(
                        "redis://h/-1", "url: no database at character 11 (expected: a whole number, 0 to 999999)"),
                Arguments.of(
                        "redis://h/1000000",
                        "url: no database at character 11 (expected: a whole number, 0 to 999999)"),
                Arguments.of(
                        "redis://h/1/2", "url: no database at character 11 (expected: a whole number, 0 to 999999)"),
                Arguments.of(
                        "redis://a,b",
                        "url: several hosts with this scheme (expected: one host, or redis-sentinel:// or "
                                + "redis-cluster:// for several)"),
                Arguments.of(
                        "redis://a,a",
                        "url: several hosts with this scheme (expected: one host, or redis-sentinel:// or "
                                + "redis-cluster:// for several)"),
                Arguments.of(
                        "redis-cluster://a/1",
                        "url: database 1 of a cluster (expected: none, because a cluster has only database 0)"),
                Arguments.of(
                        "redis://h?db=1",
                        "url: a '?' at character 10 (expected: no parameters; RedisOptions and settings have what goes "
                                + "beyond a URL)"),
                Arguments.of(
                        "redis://h#m",
                        "url: a '#' at character 10 (expected: a master's name only with redis-sentinel://)"),
                Arguments.of(
                        "redis-sentinel://h",
                        "url: no name of the master at its end (expected: such as "
                                + "redis-sentinel://localhost:26379#mymaster)"),
                Arguments.of(
                        "redis-sentinel://h#",
                        "url: no name of the master at its end (expected: such as "
                                + "redis-sentinel://localhost:26379#mymaster)"),
                Arguments.of(
                        "redis-sentinel://h#a b",
                        "url: no name of the master at its end (expected: such as "
                                + "redis-sentinel://localhost:26379#mymaster)"),
                Arguments.of("redis://secret@h", "url: no ':' before the '@' (expected: user:password@ or :password@)"),
                Arguments.of(
                        "redis://ann:@h", "url: no password before the '@' at character 13 (expected: user:password@)"),
                Arguments.of(
                        "redis://a%0Ab:secret@h",
                        "url: a control character in the user (expected: printable characters)"),
                Arguments.of("redis://:sec/ret@h", "url: '/' at character 13, before the '@'" + percent),
                Arguments.of("redis://:sec?ret@h", "url: '?' at character 13, before the '@'" + percent),
                Arguments.of("redis://:sec#ret@h", "url: '#' at character 13, before the '@'" + percent),
                Arguments.of(
                        "redis://:secret%@h",
                        "url: a '%' in the password without two hexadecimal digits (expected: %25 for '%')"),
                Arguments.of(
                        "redis://:secret%4@h",
                        "url: a '%' in the password without two hexadecimal digits (expected: %25 for '%')"),
                Arguments.of(
                        "redis://:secret%zz@h",
                        "url: a '%' in the password without two hexadecimal digits (expected: %25 for '%')"),
                Arguments.of(
                        "redis://a%x:secret@h",
                        "url: a '%' in the user without two hexadecimal digits (expected: %25 for '%')"),
                Arguments.of(
                        "redis://:secret%FF@h",
                        "url: the password is no UTF-8 (expected: its bytes in UTF-8, in percent form)"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void is_refused_with_its_place_but_without_its_text(String url, String message) {
        assertThatThrownBy(() -> RedisUrl.parse("url", url))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message)
                .hasNoCause();
    }
}
