/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.App;
import dev.cyanotype.message.CallException;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.pubsub.redis.RedisOptions.Protocol;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.testkit.TestRedis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** One Redis: users, databases, protocols, names, and what becomes of the start. */
class RedisFormsIT {

    private static TestRedis redis;

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.start();
        redis.command("ACL", "SETUSER", "ann", "on", ">an n's:p@ss", "~*", "&*", "+@all");
        redis.command("ACL", "SETUSER", "mute", "on", ">pass", "~*", "resetchannels", "+@all", "-publish");
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    private static String at(String login) {
        return "redis://" + login + redis.host() + ":" + redis.port();
    }

    private static List<String> clients(String name) {
        return redis.command("CLIENT", "LIST")
                .lines()
                .filter(line -> line.contains(" name=" + name + " "))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void each_protocol_carries_everything(Protocol protocol) {
        String name = "proto-" + protocol;
        try (Shop shop = Shop.start(RedisOptions.builder()
                .url(redis.url())
                .protocol(protocol)
                .clientName(name)
                .build())) {
            shop.works(1);
            shop.works(2);

            if (redis.isAtLeast(7, 0)) {
                String resp = protocol == Protocol.RESP2 ? "resp=2" : "resp=3";
                assertThat(clients(name)).hasSizeGreaterThan(3).allMatch(client -> client.contains(" " + resp));
            }
        }
    }

    @Test
    void a_user_of_the_url_has_a_password_of_any_characters() {
        try (Shop shop = Shop.start(at("ann:an%20n's%3Ap%40ss@"))) {
            shop.works(1);

            assertThat(clients("cyanotype-" + shop.app().name()))
                    .hasSizeGreaterThan(3)
                    .allMatch(client -> client.contains(" user=ann "));
        }
    }

    @Test
    void a_user_of_the_options_counts_for_more_than_that_of_the_url() {
        try (Shop shop = Shop.start(RedisOptions.builder()
                .url(at("mute:pass@"))
                .user("ann")
                .password("an n's:p@ss")
                .build())) {
            shop.works(1);
        }
    }

    @Test
    void a_password_without_a_user_is_that_of_the_server() {
        try (TestRedis closed = TestRedis.start()) {
            // Not as an argument of the program, which the locale may not be able to write.
            closed.command("CONFIG", "SET", "requirepass", "öffne dich");

            try (Shop shop = Shop.start("redis://:%C3%B6ffne%20dich@" + closed.host() + ":" + closed.port())) {
                shop.works(1);
            }
        }
    }

    @Test
    void connections_have_a_name_that_can_be_chosen() {
        try (Shop shop = Shop.start(
                RedisOptions.builder().url(redis.url()).clientName("my~name").build())) {
            RedisAccess.client(shop.app()).get("x");

            assertThat(clients("my~name")).hasSizeGreaterThan(4);
        }
        await().atMost(Shop.LONG)
                .untilAsserted(() -> assertThat(clients("my~name")).isEmpty());
    }

    @Test
    void keys_and_streams_are_in_the_database_of_the_url() {
        try (Shop shop = Shop.start(redis.url() + "/5")) {
            shop.works(1);
            RedisAccess.client(shop.app()).set("where", "here");

            assertThat(RedisAccess.client(shop.app()).type(shop.stream())).isEqualTo("stream");
            assertThat(redis.command("TYPE", shop.stream())).isEqualTo("none");
            assertThat(redis.command("EXISTS", "where")).isEqualTo("0");
        }
        try (Shop shop = Shop.start(
                RedisOptions.builder().url(redis.url() + "/5").database(6).build())) {
            shop.works(1);
            assertThat(RedisAccess.client(shop.app()).exists("where")).isFalse();
        }
    }

    @Test
    void a_database_that_the_server_does_not_have_fails_the_start() {
        Shop shop = Shop.of(RedisOptions.builder()
                .url(redis.url() + "/999999")
                .startTimeout(Duration.ofMillis(300))
                .build());

        assertThatThrownBy(() -> shop.app().start())
                .isInstanceOf(TransportException.class)
                .rootCause()
                .hasMessage("ERR DB index is out of range");
        assertThat(shop.app().isRunning()).isFalse();
    }

    @Test
    void the_client_is_one_and_closed_with_the_app() {
        UnifiedJedis client;
        try (Shop shop = Shop.start(redis.url())) {
            client = RedisAccess.client(shop.app());
            client.set("greeting", "hello");

            assertThat(client).isExactlyInstanceOf(RedisClient.class).isSameAs(RedisAccess.client(shop.app()));
            assertThat(shop.app().as(RedisClient.class)).isSameAs(client);
            assertThat(redis.command("GET", "greeting")).isEqualTo("hello");
        }
        assertThatThrownBy(() -> client.get("greeting")).isInstanceOf(RuntimeException.class);
    }

    @Test
    void a_handler_gets_the_client_too() {
        App app = App.named("cache")
                .discovery(false)
                .transport(RedisPubSub.with(RedisOptions.at(redis.url())))
                .action("get", ctx -> RedisAccess.client(ctx).get("cached"))
                .build();
        redis.command("SET", "cached", "value");
        try {
            app.start();
            assertThat(app.caller("cache")
                            .timeout(Shop.LONG)
                            .call("get", Map.of())
                            .asString())
                    .isEqualTo("value");
        } finally {
            app.stop();
        }
        assertThatThrownBy(() -> RedisAccess.client(app)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_client_is_set_up_further_for_all_connections() {
        RedisOptions options = RedisAccess.configure(
                RedisAccess.configure(RedisOptions.at(redis.url()), client -> client.clientName("first")),
                client -> client.user("ann").password("an n's:p@ss"));
        try (Shop shop = Shop.start(options)) {
            shop.works(1);

            assertThat(clients("first")).hasSizeGreaterThan(3).allMatch(client -> client.contains(" user=ann "));
        }
    }

    @Test
    void a_message_that_cannot_be_read_is_shown_to_who_asks_for_it() {
        List<String> shown = new CopyOnWriteArrayList<>();
        try (Shop shop = Shop.start(RedisOptions.builder()
                .url(redis.url())
                .onUndecodable((channel, message, reason) -> {
                    shown.add(channel + " " + new String(message, StandardCharsets.UTF_8));
                    throw new IOException("this hurts nobody");
                })
                .build())) {
            redis.command("PUBLISH", shop.channel(), "{oops");
            redis.command("PUBLISH", shop.app().name(), "[1");

            await().atMost(Shop.LONG)
                    .untilAsserted(() -> assertThat(shown)
                            .containsExactlyInAnyOrder(
                                    shop.channel() + " {oops", shop.app().name() + " [1"));
            shop.works(1);
            assertThat(shop.app().status().counters()).containsEntry("redis.messages.undecodable", 2L);
        }
    }

    @Test
    void a_start_without_redis_fails_where_it_is_required() {
        int port = RedisChild.freePort();
        Shop shop = Shop.of(RedisOptions.builder()
                .url("redis://:secret@127.0.0.1:" + port)
                .startTimeout(Duration.ofMillis(200))
                .build());

        long begin = System.nanoTime();
        assertThatThrownBy(() -> shop.app().start())
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("redis at 127.0.0.1:" + port + " can't be used: ")
                .hasMessageContaining("onnect")
                .cause()
                .isInstanceOfSatisfying(
                        MessagingException.class,
                        e -> assertThat(e.reason()).isEqualTo(MessagingException.Reason.UNREACHABLE));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(shop.app().isRunning()).isFalse();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().contains(shop.app().name()));
    }

    @Test
    void a_start_without_redis_is_not_ready_where_it_is_not_required() {
        try (TestRedis late = TestRedis.start()) {
            late.kill();
            try (Shop shop = Shop.start(
                    RedisOptions.builder().url(late.url()).required(false).build())) {
                assertThat(shop.app().isRunning()).isTrue();
                assertThat(shop.app().status().isReady()).isFalse();
                assertThatThrownBy(() -> shop.self().call("echo", Map.of("n", 1)))
                        .isInstanceOf(CallException.class)
                        .cause()
                        .isInstanceOfSatisfying(
                                MessagingException.class,
                                e -> assertThat(e.reason()).isEqualTo(MessagingException.Reason.UNREACHABLE));

                late.restart();

                shop.worksAgain(1);
            }
        }
    }

    @Test
    void a_user_with_few_rights_is_enough() {
        String rights = "on >pass resetkeys resetchannels &shop* &caller:* &news* ~cyanotype:* ~orders* ~dead* -@all"
                + " +@connection +publish +subscribe +unsubscribe +pubsub|numsub +ping +set +get +del +time +eval +xadd"
                + " +xack +xreadgroup +xautoclaim +xclaim +xpending +xrange +xinfo +xgroup +xtrim";
        redis.command(("ACL SETUSER least " + rights).split(" "));

        try (Shop shop = Shop.start(at("least:pass@"))) {
            shop.works(1);
            shop.works(2);
        }
        assertThat(redis.command("ACL", "LOG")).doesNotContain("least");
    }

    @Test
    void what_the_server_does_not_allow_fails_the_start_at_once() {
        Shop shop = Shop.of(RedisOptions.at(at("mute:pass@")));

        long begin = System.nanoTime();
        assertThatThrownBy(() -> shop.app().start())
                .isInstanceOf(TransportException.class)
                .cause()
                .isInstanceOfSatisfying(
                        MessagingException.class,
                        e -> assertThat(e.reason()).isEqualTo(MessagingException.Reason.PERMISSION))
                .hasMessageStartingWith("redis at 127.0.0.1:" + redis.port() + " can't be used: NOPERM ");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }
}
