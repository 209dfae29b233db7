/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.message.CallException;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.MessagingException.Reason;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.testkit.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Redis refuses what it is asked for. */
class Fault04IT {

    private static final String PASSWORD = "marker-pass-7f3a";

    private TestRedis redis;

    @BeforeEach
    void startRedis() {
        redis = TestRedis.start();
        redis.command("ACL", "SETUSER", "ann", "on", ">" + PASSWORD, "~*", "&*", "+@all");
    }

    @AfterEach
    void stopRedis() {
        redis.close();
    }

    private String url() {
        return "redis://ann:" + PASSWORD + "@" + redis.host() + ":" + redis.port();
    }

    private long property(String section, String name) {
        return redis.command("INFO", section)
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(
                        line -> Long.parseLong(line.substring(name.length() + 1).strip()))
                .findFirst()
                .orElseThrow();
    }

    private static void fails(ThrowingCallable action, Reason reason, String message) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        MessagingException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(message);
    }

    @Test
    @DisplayName("fault 04: connections that an administrator kills are made again, and all of them are")
    void killed_connections_come_back() {
        try (CapturedLog log = new CapturedLog();
                Shop shop = Shop.start(url())) {
            shop.works(1);
            long connections = property("clients", "connected_clients");

            redis.command("CLIENT", "KILL", "USER", "ann");

            await().atMost(Shop.LONG).until(() -> shop.app().status().counters().get("redis.reconnects") >= 4);
            shop.worksAgain(100);
            shop.works(1_000);
            assertThat(property("clients", "connected_clients")).isEqualTo(connections);
            assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(PASSWORD));
        }
    }

    @Test
    @DisplayName("fault 04: a wrong password fails the start at once, by name, and is not printed")
    void wrong_password() {
        try (CapturedLog log = new CapturedLog()) {
            Shop shop = Shop.of(RedisOptions.at(url() + "/0").toBuilder()
                    .password("wrong-" + PASSWORD)
                    .build());

            long begin = System.nanoTime();
            assertThatThrownBy(() -> shop.app().start())
                    .isInstanceOf(TransportException.class)
                    .hasMessageNotContaining(PASSWORD)
                    .cause()
                    .isInstanceOfSatisfying(
                            MessagingException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.AUTHENTICATION))
                    .hasMessage("redis at 127.0.0.1:" + redis.port() + " can't be used: WRONGPASS invalid "
                            + "username-password pair or user is disabled.");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
            assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(PASSWORD));
        }
    }

    @Test
    @DisplayName("fault 04: a password that is changed is not tried in a hot loop, and works when it is changed back")
    void changed_password() {
        try (CapturedLog log = new CapturedLog();
                Shop shop = Shop.start(url())) {
            shop.works(1);

            redis.command("ACL", "SETUSER", "ann", "resetpass", ">another");
            redis.command("CLIENT", "KILL", "USER", "ann");
            await().atMost(Shop.LONG).until(() -> !shop.app().status().isReady());
            long before = property("stats", "total_connections_received");
            long begin = System.nanoTime();
            // Nothing is to happen in this time, which a condition can't show.
            await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
            long attempts = property("stats", "total_connections_received") - before - 1;
            double seconds = (System.nanoTime() - begin) / 1e9;

            // Five links, each 2.5 to 5 seconds after its last attempt.
            assertThat(attempts).isLessThanOrEqualTo((long) (5 * (1 + seconds / 2.5)));
            assertThatThrownBy(() -> shop.self().call("echo", Map.of("n", 5))).isInstanceOf(CallException.class);

            redis.command("ACL", "SETUSER", "ann", "resetpass", ">" + PASSWORD);
            shop.worksAgain(100);
            assertThat(log.lines("WARN"))
                    .anyMatch(line -> line.contains(
                            "no connection to redis at 127.0.0.1:" + redis.port() + ": WRONGPASS invalid"));
            assertThat(log.lines()).noneMatch(line -> line.contains(PASSWORD));
        }
    }

    @Test
    @DisplayName("fault 04: what the user may not do is told apart from what can't be reached")
    void no_permission() {
        try (Shop shop = Shop.start(url())) {
            shop.works(1);
            redis.command("ACL", "SETUSER", "ann", "-publish", "-xadd");

            assertThatThrownBy(() -> shop.self().call("echo", Map.of("n", 5)))
                    .isInstanceOf(CallException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            MessagingException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.PERMISSION));
            fails(() -> shop.broadcast(5), Reason.PERMISSION, "broadcast on '" + shop.channel() + "': NOPERM ");
            fails(() -> shop.append(5), Reason.PERMISSION, "append to '" + shop.stream() + "': NOPERM ");

            redis.command("ACL", "SETUSER", "ann", "+@all");
            shop.worksAgain(100);
        }
    }

    @Test
    @DisplayName("fault 04: a replica that only reads says so, and is used again as a master")
    void read_only() {
        try (TestRedis master = TestRedis.start();
                Shop shop = Shop.start(url())) {
            shop.works(1);
            redis.command("REPLICAOF", master.host(), Integer.toString(master.port()));

            await().atMost(Shop.LONG)
                    .untilAsserted(() -> fails(
                            () -> shop.append(5), Reason.READ_ONLY, "append to '" + shop.stream() + "': READONLY "));

            redis.command("REPLICAOF", "NO", "ONE");
            redis.command("ACL", "SETUSER", "ann", "on", ">" + PASSWORD, "~*", "&*", "+@all");
            shop.worksAgain(100);
        }
    }

    @Test
    @DisplayName("fault 04: a Redis without memory says so, and what can be done without memory goes on")
    void out_of_memory() {
        try (Shop shop = Shop.start(url())) {
            shop.works(1);
            redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
            redis.command("CONFIG", "SET", "maxmemory", "1");

            fails(() -> shop.append(5), Reason.FULL, "append to '" + shop.stream() + "': OOM ");
            // Requests can't be claimed now, so nobody runs them.
            List<Integer> before = List.copyOf(shop.answered());
            assertThatThrownBy(() -> shop.self().timeout(Duration.ofSeconds(1)).call("echo", Map.of("n", 6)))
                    .isInstanceOfAny(CallException.class, ErrorReplyException.class);
            assertThat(shop.answered()).isEqualTo(before);
            assertThat(shop.app().status().isReady()).isTrue();

            redis.command("CONFIG", "SET", "maxmemory", "0");
            shop.works(100);
        }
    }
}
