/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.cyanotype.internal.testkit.redis.RedisProgram;
import dev.cyanotype.internal.testkit.redis.RedisServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Redis, started, hurt and ended. */
class TestRedisIT {

    private static final List<RedisProgram> EMBEDDED = List.of(RedisProgram.embedded());

    @Nested
    class A_started_server {

        @Test
        void answers_at_its_url() {
            try (TestRedis redis = TestRedis.start()) {
                assertThat(redis.url()).isEqualTo("redis://127.0.0.1:" + redis.port());
                assertThat(redis.host()).isEqualTo("127.0.0.1");
                assertThat(redis).hasToString("Redis 127.0.0.1:" + redis.port());
                assertThat(redis.command("PING")).isEqualTo("PONG");
            }
        }

        @Test
        void keeps_nothing_and_listens_on_this_machine_only() {
            try (TestRedis redis = TestRedis.start()) {
                assertThat(redis.command("CONFIG", "GET", "save")).isEqualTo("save\n");
                assertThat(redis.command("CONFIG", "GET", "appendonly")).isEqualTo("appendonly\nno");
                assertThat(redis.command("CONFIG", "GET", "bind")).isEqualTo("bind\n127.0.0.1");
            }
        }

        @Test
        void says_its_version() {
            try (TestRedis redis = embedded()) {
                assertThat(redis.version()).isEqualTo("6.2.11");
                assertThat(redis.isAtLeast(5, 9)).isTrue();
                assertThat(redis.isAtLeast(6, 2)).isTrue();
                assertThat(redis.isAtLeast(6, 3)).isFalse();
                assertThat(redis.isAtLeast(7, 0)).isFalse();
            }
        }

        @Test
        void can_be_lost_with_all_it_knew() {
            try (TestRedis redis = TestRedis.start()) {
                redis.command("SET", "greeting", "hello");
                redis.kill();
                redis.restart();
                assertThat(redis.command("EXISTS", "greeting")).isEqualTo("0");
            }
        }

        @Test
        void takes_further_options() {
            try (TestRedis redis = TestRedis.start("--maxmemory", "1mb", "--appendonly", "yes")) {
                assertThat(redis.command("CONFIG", "GET", "maxmemory")).isEqualTo("maxmemory\n1048576");
                redis.command("SET", "key", "kept");
                redis.kill();
                redis.restart();
                assertThat(redis.command("GET", "key")).isEqualTo("kept");
            }
        }

        @Test
        void shows_its_password_in_the_url_only() {
            try (TestRedis redis = TestRedis.start("--requirepass", "a b+c:d@e/%")) {
                assertThat(redis.url()).isEqualTo("redis://:a%20b%2Bc%3Ad%40e%2F%25@127.0.0.1:" + redis.port());
                assertThat(redis).hasToString("Redis 127.0.0.1:" + redis.port());
                assertThat(redis.command("PING")).isEqualTo("PONG");
            }
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void may_be_one_of_two(boolean bothEmbedded) {
            try (TestRedis one = bothEmbedded ? embedded() : TestRedis.start();
                    TestRedis two = embedded()) {
                one.command("SET", "key", "one");
                two.command("SET", "key", "two");
                one.kill();
                assertThat(two.command("GET", "key")).isEqualTo("two");
                one.restart();
                assertThat(one.command("GET", "key")).isEmpty();
            }
        }

        @Test
        void is_the_program_on_the_path(@TempDir Path folder) throws IOException {
            Path unpacked = RedisProgram.embedded().find(folder);
            Path program = Files.createSymbolicLink(folder.resolve("redis-server"), unpacked);
            String searchPath = String.join(File.pathSeparator, "", "/nowhere", folder.toString());

            try (TestRedis redis = TestRedis.start(List.of(RedisProgram.onPath(searchPath)), RedisServer::anyPort)) {
                assertThat(redis.process().info().command())
                        .contains(unpacked.toRealPath().toString());
                assertThat(redis.command("INFO", "server")).contains("executable:" + program);
            }
        }
    }

    @Nested
    class A_server_that_is_hurt {

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void is_gone_when_killed_and_empty_on_the_same_port_when_restarted(boolean embedded) {
            try (TestRedis redis = embedded ? embedded() : TestRedis.start()) {
                int port = redis.port();
                ProcessHandle killed = redis.process();
                redis.command("SET", "key", "lost");

                redis.kill();
                redis.kill();

                assertThat(killed.isAlive()).isFalse();
                assertThatThrownBy(() -> redis.command("PING"))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessage("Redis 127.0.0.1:%d, command 'PING': Connection refused", port);

                redis.restart();

                assertThat(redis.port()).isEqualTo(port);
                assertThat(redis.command("DBSIZE")).isEqualTo("0");
            }
        }

        @Test
        void is_killed_by_a_restart() {
            try (TestRedis redis = TestRedis.start()) {
                ProcessHandle first = redis.process();
                redis.command("SET", "key", "lost");

                redis.restart();

                assertThat(first.isAlive()).isFalse();
                assertThat(redis.command("GET", "key")).isEmpty();
            }
        }

        @Test
        void says_nothing_while_paused_and_goes_on_when_resumed() throws IOException {
            try (TestRedis redis = TestRedis.start();
                    Socket client = new Socket(redis.host(), redis.port())) {
                client.setSoTimeout(300);
                redis.pause();
                client.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
                InputStream in = client.getInputStream();
                assertThatThrownBy(in::read).hasMessage("Read timed out");

                redis.resume();

                client.setSoTimeout(10_000);
                assertThat(in.readNBytes(7)).asString().isEqualTo("+PONG\r\n");
            }
        }

        @Test
        void can_be_restarted_and_closed_while_paused() {
            ProcessHandle last;
            try (TestRedis redis = TestRedis.start()) {
                redis.pause();
                redis.restart();
                assertThat(redis.command("PING")).isEqualTo("PONG");
                last = redis.process();
                redis.pause();
            }
            assertThat(last.isAlive()).isFalse();
        }

        @Test
        void can_be_paused_only_while_it_runs() {
            try (TestRedis redis = TestRedis.start()) {
                redis.kill();
                assertThatThrownBy(redis::pause)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage(
                                "Redis server on port %d: is not running, so it can't be paused or resumed. Restart it first.",
                                redis.port());
            }
        }

        @Test
        void says_that_its_port_was_taken_meanwhile() throws IOException {
            try (TestRedis redis = TestRedis.start()) {
                redis.kill();
                try (ServerSocket other = listen(redis.port())) {
                    assertThatThrownBy(redis::restart)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageStartingWith(
                                    "Redis server on port %d: another process has taken the port meanwhile. The server's output:\n",
                                    other.getLocalPort())
                            .hasMessageContaining("Address already in use");
                }
                redis.restart();
                assertThat(redis.command("PING")).isEqualTo("PONG");
            }
        }
    }

    @Nested
    class A_command {

        static Stream<Arguments> replies() {
            return Stream.of(
                    arguments("return redis.status_reply('fine')", "fine"),
                    arguments("return 42", "42"),
                    arguments("return 'ünd\\r\\n€'", "ünd\r\n€"),
                    arguments("return ''", ""),
                    arguments("return false", ""),
                    arguments("return {}", ""),
                    arguments("return {1, {2, {}, {'a', {3}}}}", "1\n2\n\na\n3"),
                    arguments("return {1, redis.error_reply('ERR no')}", "1\nERR no"));
        }

        @ParameterizedTest
        @MethodSource("replies")
        void gives_its_reply_as_text(String script, String reply) {
            try (TestRedis redis = TestRedis.start()) {
                assertThat(redis.command("EVAL", script, "0")).isEqualTo(reply);
            }
        }

        @Test
        void takes_any_text() {
            try (TestRedis redis = TestRedis.start()) {
                String value = "a b\r\n*1\r\n\"ü€𝄞\" ".repeat(20_000);
                redis.command("SET", "a key", value);
                assertThat(redis.command("GET", "a key")).isEqualTo(value);
            }
        }

        @Test
        void fails_with_the_text_of_an_error() {
            try (TestRedis redis = TestRedis.start()) {
                redis.command("SET", "key", "text");
                assertThatThrownBy(() -> redis.command("LPUSH", "key", "secret"))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage(
                                "command 'LPUSH': WRONGTYPE Operation against a key holding the wrong kind of value");
            }
        }

        @Test
        void fails_when_the_server_ends_instead_of_replying() {
            try (TestRedis redis = TestRedis.start()) {
                assertThatThrownBy(() -> redis.command("SHUTDOWN"))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessage(
                                "Redis 127.0.0.1:%d, command 'SHUTDOWN': the connection was closed before the reply",
                                redis.port());
            }
        }

        @Test
        void has_words() {
            try (TestRedis redis = TestRedis.start()) {
                assertThatThrownBy(redis::command)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("command: no words (expected: at least one, e.g. 'PING')");
            }
        }
    }

    @Nested
    class The_server_of_the_environment {

        @Test
        void is_used_and_left_alone() {
            try (TestRedis other = TestRedis.start("--requirepass", "secret")) {
                try (TestRedis redis = TestRedis.open(other.url() + "/3")) {
                    redis.command("SET", "key", "value");
                    assertThat(redis.url()).isEqualTo(other.url() + "/3");
                    assertThat(redis.version()).isEqualTo(other.version());
                    assertThat(redis).hasToString("Redis 127.0.0.1:%d of REDIS_URL".formatted(other.port()));
                    for (String fault : List.of("kill", "restart", "pause", "resume")) {
                        assertThatThrownBy(() -> hurt(redis, fault))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessage(
                                        "Redis 127.0.0.1:%d of REDIS_URL: %s() would disturb others who use it."
                                                + " Use TestRedis.start() for this test.",
                                        other.port(), fault);
                    }
                }
                assertThat(other.command("DBSIZE")).isEqualTo("0");
                assertThat(other.command("INFO", "keyspace")).contains("db3:keys=1");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = "")
        @NullSource
        void is_a_started_one_if_there_is_none(String url) {
            try (TestRedis redis = TestRedis.open(url)) {
                redis.restart();
                assertThat(redis.command("PING")).isEqualTo("PONG");
            }
        }

        @Test
        void must_answer() {
            TestRedis gone = TestRedis.start();
            gone.close();
            assertThatThrownBy(() -> TestRedis.open(gone.url()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "Redis 127.0.0.1:%d of REDIS_URL: can't be used: Connection refused. Start it, or unset REDIS_URL.",
                            gone.port());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "localhost:6379",
                    "http://:secret@localhost",
                    "redis://:sec ret@localhost",
                    "redis:///0",
                    "rediss://localhost"
                })
        void must_have_a_url_which_is_not_shown(String url) {
            assertThatThrownBy(() -> TestRedis.open(url))
                    .isInstanceOf(IllegalStateException.class)
                    .hasNoCause()
                    .hasMessage(
                            "environment variable 'REDIS_URL': not the URL of a Redis without TLS (expected: e.g. 'redis://localhost:6379')");
        }

        private static void hurt(TestRedis redis, String fault) {
            switch (fault) {
                case "kill" -> redis.kill();
                case "restart" -> redis.restart();
                case "pause" -> redis.pause();
                default -> redis.resume();
            }
        }
    }

    private static TestRedis embedded() {
        return TestRedis.start(EMBEDDED, RedisServer::anyPort);
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
    }
}
