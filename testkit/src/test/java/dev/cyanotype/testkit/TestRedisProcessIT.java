/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.cyanotype.internal.testkit.redis.RedisProgram;
import dev.cyanotype.internal.testkit.redis.RedisServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the process of a real Redis begins and ends, well or not. */
class TestRedisProcessIT {

    private static final List<RedisProgram> EMBEDDED = List.of(RedisProgram.embedded());

    @Nested
    class A_start {

        @Test
        void that_fails_shows_what_the_server_says() {
            assertThatThrownBy(() -> TestRedis.start(EMBEDDED, () -> 24_680, "--nonsense", "1"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(
                            "Redis server on port 24680: ended with exit code 1 before it answered. Its output:\n")
                    .hasMessageContaining(">>> 'nonsense \"1\"'\nBad directive or wrong number of arguments");
        }

        @Test
        void takes_another_port_if_one_is_taken() throws IOException {
            try (TestRedis first = TestRedis.start();
                    ServerSocket other = listen(0)) {
                List<Integer> taken = List.of(first.port(), other.getLocalPort());
                Iterator<Integer> ports = taken.iterator();
                try (TestRedis second =
                        TestRedis.start(EMBEDDED, () -> ports.hasNext() ? ports.next() : RedisServer.anyPort())) {
                    assertThat(ports).isExhausted();
                    assertThat(second.port()).isNotIn(taken);
                    assertThat(second.command("INFO", "server")).contains("tcp_port:" + second.port());
                }
            }
        }

        @Test
        void gives_up_when_all_ports_are_taken() throws IOException {
            try (ServerSocket other = listen(0)) {
                assertThatThrownBy(() -> TestRedis.start(EMBEDDED, other::getLocalPort))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageMatching(
                                "(?s)Redis server '.*/redis-server-[^/]*': all of 10 ports were taken\\. Its last output:\n.*"
                                        + "Address already in use.*");
            }
        }

        @Test
        void ends_what_it_started_when_interrupted() {
            List<ProcessHandle> before = ProcessHandle.current().children().toList();
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(() -> TestRedis.start(EMBEDDED, () -> 24_681))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("Redis server on port 24681: interrupted while it was starting");
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(ProcessHandle.current().children().filter(TestRedisProcessIT::isRunning))
                    .isSubsetOf(before);
        }

        @Test
        void refuses_options_it_can_not_keep() {
            assertThatThrownBy(() -> TestRedis.start("--port", "6379"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("argument '--port': the port is chosen. Read it from port() or url().");
            assertThatThrownBy(() -> TestRedis.start("--requirepass"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("argument '--requirepass': no value (expected: the password after it)");
        }

        @Test
        void without_a_program_says_where_it_was_looked_for(@TempDir Path empty) throws Exception {
            String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> !entry.contains("embedded-redis"))
                    .collect(Collectors.joining(File.pathSeparator));
            ProcessBuilder builder = program(classPath, "1");
            builder.environment().put("PATH", empty.toString());
            Process process = builder.redirectErrorStream(true).start();

            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("java.lang.IllegalStateException: no Redis server: no redis-server on the PATH (" + empty
                            + "); com.github.codemonstur:embedded-redis is not there."
                            + " Install Redis, or add com.github.codemonstur:embedded-redis.\n");
        }
    }

    @Nested
    class Nothing_stays {

        @Test
        void after_close() {
            TestRedis redis = TestRedis.start("--maxmemory", "1mb");
            List<ProcessHandle> all = processes(redis.process());
            Path directory = directory(redis);
            assertThat(all).allMatch(ProcessHandle::isAlive).hasSizeGreaterThan(1);
            assertThat(directory).isDirectory();

            redis.close();
            redis.close();

            assertThat(all.get(0).isAlive()).isFalse();
            assertThat(directory).doesNotExist();
            awaitEnd(all);
            assertThatThrownBy(redis::restart)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Redis server on port %d: is closed. Start another one.", redis.port());
        }

        @Test
        void of_a_server_that_is_saving() {
            List<ProcessHandle> all;
            try (TestRedis redis = TestRedis.start("--rdb-key-save-delay", "1000000")) {
                redis.command("EVAL", "for i = 1, 100 do redis.call('SET', i, i) end", "0");
                redis.command("BGSAVE");
                all = processes(redis.process());
                assertThat(all).hasSize(3);
            }
            awaitEnd(all);
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void when_the_jvm_ends_without_closing(boolean killed) throws Exception {
            Process jvm = program(System.getProperty("java.class.path"), "2")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            List<ProcessHandle> all = new ArrayList<>();
            List<Path> directories = new ArrayList<>();
            try (BufferedReader lines = jvm.inputReader()) {
                for (int i = 0; i < 2; i++) {
                    all.addAll(processes(
                            ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow()));
                    directories.add(Path.of(lines.readLine()));
                }
                assertThat(all).allMatch(ProcessHandle::isAlive);
                assertThat(directories).allMatch(Files::isDirectory);
                if (killed) {
                    jvm.destroyForcibly();
                } else {
                    jvm.getOutputStream().close();
                }
                jvm.waitFor();
            }
            awaitEnd(all);
            if (!killed) {
                assertThat(directories).noneMatch(Files::exists);
            }
            directories.forEach(RedisServer::delete);
        }
    }

    /** Starts servers, says where they are, and ends without closing them when its input ends. */
    static final class Forgetful {

        private static final List<TestRedis> SERVERS = new ArrayList<>();

        private Forgetful() {}

        public static void main(String[] arguments) throws IOException {
            for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
                TestRedis redis = TestRedis.start();
                SERVERS.add(redis);
                System.out.println(redis.process().pid());
                System.out.println(directory(redis));
            }
            while (System.in.read() != -1) {}
        }
    }

    private static ProcessBuilder program(String classPath, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                Forgetful.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
    }

    private static Path directory(TestRedis redis) {
        return Path.of(redis.command("CONFIG", "GET", "dir")
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow());
    }

    /** A server and its children. */
    private static List<ProcessHandle> processes(ProcessHandle server) {
        return Stream.concat(Stream.of(server), server.descendants()).toList();
    }

    private static void awaitEnd(List<ProcessHandle> processes) {
        try {
            await().untilAsserted(() -> assertThat(processes).noneMatch(TestRedisProcessIT::isRunning));
        } finally {
            processes.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Not one that has ended and is only still listed, because nobody asks for its exit code. */
    private static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }
}
