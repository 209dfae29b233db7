/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.App;
import dev.cyanotype.socket.Presence;
import dev.cyanotype.testkit.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two replicas of the chat, with a Redis between them. */
class ChatIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Each test has one of its own. */
    private final String room = UUID.randomUUID().toString().substring(0, 8);

    private TestRedis redis;
    private App first;
    private App second;

    @BeforeEach
    void start() {
        redis = TestRedis.open();
        first = Replicas.start(redis.url());
        second = Replicas.start(redis.url());
    }

    @AfterEach
    void stop() {
        try (TestRedis last = redis) {
            second.stop();
            first.stop();
        }
    }

    /** Has one on each replica enter. */
    private void bothEnter(Visitor ann, Visitor bob) throws Exception {
        assertThat(ann.send(join("Ann")).nextEvent()).contains("\"people\":[{\"id\":*,\"name\":\"Ann\"}]");
        // What a client has told of itself is written behind its back.
        await().atMost(PATIENCE).until(() -> people(second).equals(List.of("Ann")));
        assertThat(bob.send(join("Bob")).nextEvent())
                .isEqualTo("{\"type\":\"response\",\"data\":{\"id\":*,\"name\":\"Bob\",\"room\":\"" + room + "\","
                        + "\"people\":[{\"id\":*,\"name\":\"Ann\"},{\"id\":*,\"name\":\"Bob\"}]}}");
        assertThat(ann.nextEvent()).isEqualTo("{\"type\":\"joined\",\"data\":{\"id\":*,\"name\":\"Bob\"}}");
        await().atMost(PATIENCE).until(() -> people(first).equals(List.of("Ann", "Bob")));
    }

    private List<String> people(App app) {
        return app.sockets().room(room).presence().stream()
                .map(Presence::about)
                .map(about -> about.path("name").stringValue())
                .sorted()
                .toList();
    }

    private String join(String name) {
        return "{\"type\":\"join\",\"data\":{\"room\":\"" + room + "\",\"name\":\"" + name + "\"}}";
    }

    private static String say(String text) {
        return "{\"type\":\"say\",\"data\":{\"text\":\"" + text + "\"}}";
    }

    private static String said(String name, String text) {
        return "{\"type\":\"said\",\"data\":{\"from\":{\"id\":*,\"name\":\"" + name + "\"},\"text\":\"" + text + "\"}}";
    }

    @Test
    void what_is_said_on_one_replica_is_heard_on_both_and_once() throws Exception {
        try (Visitor ann = new Visitor(Replicas.socket(first));
                Visitor bob = new Visitor(Replicas.socket(second))) {
            bothEnter(ann, bob);
            ann.send(say("1"));
            assertThat(ann.nextEvent()).isEqualTo(said("Ann", "1"));
            assertThat(bob.nextEvent()).isEqualTo(said("Ann", "1"));
            // Who heard the first twice would hear it again here.
            bob.send(say("2"));
            assertThat(ann.nextEvent()).isEqualTo(said("Bob", "2"));
            assertThat(bob.nextEvent()).isEqualTo(said("Bob", "2"));
            ann.leave();
            assertThat(bob.nextEvent()).isEqualTo("{\"type\":\"left\",\"data\":{\"id\":*,\"name\":\"Ann\"}}");
            await().atMost(PATIENCE).until(() -> people(second).equals(List.of("Bob")));
        }
    }

    @Test
    void a_replica_that_stops_sends_its_clients_away_and_the_others_see_them_go() throws Exception {
        try (Visitor ann = new Visitor(Replicas.socket(first));
                Visitor bob = new Visitor(Replicas.socket(second))) {
            bothEnter(ann, bob);
            first.stop();
            assertThat(ann.nextEvent())
                    .isEqualTo("{\"type\":\"server_shutdown\",\"data\":{\"message\":\"Server shutting down\"}}");
            assertThat(ann.nextEvent()).isEqualTo("closed 1001 ");
            assertThat(bob.nextEvent()).isEqualTo("{\"type\":\"left\",\"data\":{\"id\":*,\"name\":\"Ann\"}}");
            await().atMost(PATIENCE).until(() -> people(second).equals(List.of("Bob")));
            try (Visitor again = new Visitor(Replicas.socket(second))) {
                assertThat(again.send(join("Ann")).nextEvent()).startsWith("{\"type\":\"response\",");
                assertThat(bob.nextEvent()).isEqualTo("{\"type\":\"joined\",\"data\":{\"id\":*,\"name\":\"Ann\"}}");
            }
        }
    }

    @Test
    void while_redis_is_away_a_replica_is_alone_and_says_so() throws Exception {
        try (TestRedis own = TestRedis.start();
                App here = Replicas.start(own.url());
                App there = Replicas.start(own.url());
                Visitor ann = new Visitor(Replicas.socket(here));
                Visitor bob = new Visitor(Replicas.socket(there))) {
            ann.send(join("Ann")).nextEvent();
            bob.send(join("Bob")).nextEvent();
            assertThat(ann.nextEvent()).startsWith("{\"type\":\"joined\"");
            own.kill();
            ann.send(say("anybody?"));
            assertThat(ann.nextEvent()).isEqualTo(said("Ann", "anybody?"));
            assertThat(ann.nextEvent())
                    .isEqualTo(
                            "{\"type\":\"error\",\"data\":{\"error\":\"Not everybody can be reached at the moment\"}}");
            own.restart();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                ann.send(say("back"));
                assertThat(bob.heard(said("Ann", "back"))).isTrue();
            });
        }
    }

    @Test
    @Tag("soak")
    @Timeout(120)
    void who_was_on_a_replica_that_died_is_forgotten() throws Exception {
        try (Visitor bob = new Visitor(Replicas.socket(second));
                ServiceProcess dying = new ServiceProcess(redis.url());
                Visitor ann = new Visitor(dying.socket())) {
            bob.send(join("Bob")).nextEvent();
            ann.send(join("Ann")).nextEvent();
            await().atMost(PATIENCE).until(() -> people(second).equals(List.of("Ann", "Bob")));
            dying.kill();
            await().atMost(Duration.ofSeconds(45))
                    .until(
                            bob::next,
                            ("{\"type\":\"people\",\"data\":{\"room\":\"" + room
                                    + "\",\"people\":[{\"id\":*,\"name\":\"Bob\"}]}}")::equals);
        }
    }
}
