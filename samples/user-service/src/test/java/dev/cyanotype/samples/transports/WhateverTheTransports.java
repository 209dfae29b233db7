/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transports;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.samples.transports.Everything.Item;
import dev.cyanotype.task.TaskRun;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestEvent;
import dev.cyanotype.testkit.TestFrame;
import dev.cyanotype.testkit.TestMessage;
import dev.cyanotype.testkit.TestReply;
import dev.cyanotype.testkit.TestResponse;
import dev.cyanotype.testkit.TestSocket;
import dev.cyanotype.testkit.Transports;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is true of an app whatever it is reached by. */
abstract class WhateverTheTransports {

    private final Everything everything = new Everything();
    private TestApp app;

    abstract Transports transports();

    @BeforeEach
    void start() {
        app = TestApp.builder(everything.app()).transports(transports()).start();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Nested
    class Over_http {

        @Test
        void a_route_answers() {
            assertThat(app.get("/items/7"))
                    .hasStatus(200)
                    .hasContentType("application/json")
                    .hasHeader("Content-Length", "8")
                    .hasJson("{\"id\": 7}");
            assertThat(app.get("/items/text?to=Z%C3%BCrich")).hasText("Grüße, Zürich");
        }

        @Test
        void what_nobody_answers_is_a_problem() {
            assertThat(app.get("/items/x/y")).isProblem(404);
            assertThat(app.delete("/items/7")).isProblem(405).hasHeader("Allow", "GET, HEAD, OPTIONS");
            assertThat(app.get("/items/%zz")).isProblem(400);
            assertThat(app.request("BREW", "/items/7").send()).isProblem(405);
        }

        @Test
        void an_error_goes_to_its_handler_or_says_nothing() {
            assertThat(app.get("/items/bad")).hasStatus(422).hasJson("{\"error\": \"not like that\"}");
            assertThat(app.get("/items/broken")).isProblem(500);
            assertThat(app.get("/items/broken").text()).doesNotContain("secret");
            assertThat(app.events(TestEvent.Kind.FAILURE))
                    .extracting(TestEvent::detail)
                    .containsExactly(
                            "java.lang.IllegalArgumentException: not like that",
                            "java.lang.IllegalStateException: a secret",
                            "java.lang.IllegalStateException: a secret");
        }

        @Test
        void header_fields_come_as_they_are_sent() {
            TestResponse response = app.request(HttpMethod.GET, "/items/headers")
                    .host("shop.example:8080")
                    .header("x-ONE", "2, 3")
                    .send();

            assertThat(response)
                    .hasStatus(204)
                    .hasNoBody()
                    .hasHeader("Seen", "2, 3")
                    .hasHeader("Asked-Host", "shop.example:8080");
        }

        @Test
        void head_has_the_length_and_no_body() {
            assertThat(app.request(HttpMethod.HEAD, "/items/7").send())
                    .hasStatus(200)
                    .hasHeader("Content-Length", "8")
                    .hasNoBody();
        }

        @Test
        void a_stream_is_read_to_its_end() {
            assertThat(app.get("/items/stream"))
                    .hasText(IntStream.range(0, 1000)
                            .mapToObj(i -> "line " + i + "\n")
                            .collect(Collectors.joining()));
        }

        @Test
        void a_body_that_is_cut_off_is_no_response() {
            assertThatThrownBy(() -> app.get("/items/cut")).isInstanceOf(RuntimeException.class);
        }

        @Test
        void a_large_body_arrives() {
            String name = "n".repeat(300_000);

            assertThat(app.post("/items/", new Item(name, 0))).hasStatus(201).hasJsonAt("/name", name);
            assertThat(app.post("/items/", "[]")).isProblem(400);
            assertThat(app.request(HttpMethod.POST, "/items/").send()).isProblem(415);
        }

        @Test
        void health_says_how_it_is() {
            assertThat(app.get("/health/ready")).hasStatus(200).hasJsonAt("/status", "UP");
        }

        @Test
        void a_handler_that_waits_goes_on_with_the_clock() throws Exception {
            Future<TestResponse> response = app.async(() -> app.get("/items/slow"));

            app.clock().advance(Duration.ofSeconds(59));
            assertThat(response.isDone()).isFalse();
            app.clock().advance(Duration.ofSeconds(1));

            assertThat(response.get(10, TimeUnit.SECONDS)).isProblem(504);
        }

        @Test
        void another_handler_can_stand_in() {
            app.replace("items.show", HttpContext.class, ctx -> "instead of " + ctx.pathParam("id"));
            assertThat(app.get("/items/7")).hasJson("\"instead of 7\"");

            app.restore("items.show");
            assertThat(app.get("/items/7")).hasJson("{\"id\": 7}");
        }
    }

    @Nested
    class Over_messages {

        @Test
        void an_action_replies_with_its_progress() {
            TestReply reply = app.call("count", new Item("sheep", 3));

            assertThat(reply).isSuccess().hasPayload("{\"counted\": \"sheep\"}");
            assertThat(reply.progress()).hasToString("[1, 2, 3]");
        }

        @Test
        void an_action_fails() {
            assertThat(app.call("count", new Item("", 0))).isError("nothing to count");
            assertThat(app.call("count", "{\"name\": 1, \"count\": \"x\"}"))
                    .isError("the payload does not have the expected form: see 'count'");
            assertThat(app.call("unknown", Map.of())).isError("Unknown action 'unknown'");
        }

        @Test
        void what_is_broadcast_was_heard() {
            assertThat(app.broadcast("items", new Item("news", 2))).isEqualTo(1);

            assertThat(everything.log).containsExactly("heard news", "heard news", "heard news");
            assertThat(app.broadcasts("items"))
                    .extracting(message -> message.message().path("count").asInt())
                    .containsExactly(1, 0);
        }

        @Test
        void what_a_route_broadcasts_was_heard_when_it_has_answered() {
            for (int i = 0; i < 20; i++) {
                app.post("/items/", new Item("news", 1));
            }

            assertThat(everything.log).hasSize(40).containsOnly("heard news");
            assertThat(app.broadcast("nobody", Map.of())).isZero();
        }

        @Test
        void an_entry_is_handled_when_it_was_added() {
            app.post("/items/order/bread", Map.of());
            app.append("orders", new Item("milk", 1));

            assertThat(everything.log).containsExactly("try 1 of bread", "try 1 of milk");
            assertThat(app.appended("orders"))
                    .extracting(entry -> entry.message().path("name").stringValue())
                    .containsExactly("bread", "milk");
        }

        @Test
        void an_entry_that_failed_is_tried_again_when_its_time_comes() {
            app.append("orders", new Item("later", 1));

            app.clock().advance(Duration.ofSeconds(29));
            assertThat(everything.log).containsExactly("try 1 of later");
            app.clock().advance(Duration.ofSeconds(1));
            assertThat(everything.log).containsExactly("try 1 of later", "try 2 of later");
            app.clock().advance(Duration.ofHours(1));
            assertThat(app.events(TestEvent.Kind.ENTRY)).hasSize(2);
        }

        @Test
        void an_entry_that_was_tried_in_vain_is_a_dead_letter() {
            app.append("orders", new Item("broken", 1));
            assertThat(app.appended("{orders}:dead")).isEmpty();

            app.clock().advance(Everything.MINUTE);

            assertThat(app.appended()).extracting(TestMessage::channel).containsExactly("orders", "{orders}:dead");
            assertThat(app.appended("{orders}:dead")
                            .get(0)
                            .message()
                            .path("entry")
                            .toString())
                    .isEqualTo("{\"name\":\"broken\",\"count\":1}");
            assertThat(everything.log)
                    .containsSubsequence("try 1 of broken", "try 2 of broken", "letter about broken")
                    .filteredOn(line -> line.contains("broken"))
                    .hasSize(3);
        }
    }

    @Nested
    class Over_websockets {

        @Test
        void messages_are_answered_when_they_were_sent() {
            TestSocket socket = app.open("/ws?as=ann");
            for (int i = 0; i < 50; i++) {
                socket.send("echo", i);
            }

            assertThat(socket.frames())
                    .hasSize(50)
                    .last()
                    .extracting(TestFrame::text)
                    .isEqualTo("{\"type\":\"response\",\"data\":49}");
            assertThat(socket.next()).hasData(0);
            assertThat(socket.send("unknown", 1)).isOpen();
            assertThat(socket.unseen()).hasSize(50);
        }

        @Test
        void what_is_sent_to_all_has_come_to_all() {
            TestSocket ann = app.open("/ws?as=ann");
            TestSocket bob = app.open("/ws?as=bob");

            ann.send("say", "\"hi\"");

            assertThat(ann.frames()).hasSize(1);
            assertThat(bob.frames()).hasSize(1);
            assertThat(bob.next()).hasType("said").hasData("\"hi\"");
        }

        @Test
        void an_endpoint_talks_in_its_own_way() {
            TestSocket feed =
                    app.websocket("/feed/a%20b").subprotocols("v2", "v1").open();
            byte[] bytes = new byte[100_000];
            bytes[99_999] = 7;

            feed.sendText("hi").sendBinary(bytes);

            assertThat(feed).hasSubprotocol("v1");
            assertThat(feed.next()).isText("welcome to a b");
            assertThat(feed.next()).isText("you said hi");
            assertThat(feed.next()).isBinary(bytes);
        }

        @Test
        void one_that_is_refused_has_the_answer() {
            assertThat(app.websocket("/ws").refused()).hasStatus(401).hasJson("{\"error\": \"Who?\"}");
            assertThat(app.websocket("/nowhere").refused()).hasStatus(404);
            assertThatThrownBy(() -> app.open("/ws"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("websocket /ws was refused: 401 {\"error\":\"Who?\"}");
        }

        @Test
        void each_side_closes_with_a_code() {
            TestSocket feed = app.open("/feed/x").sendText("bye");
            assertThat(feed).wasClosedWith(4001, "as you like");

            TestSocket ann = app.open("/ws?as=ann");
            ann.close(4002, "enough");
            assertThat(ann).wasClosedWith(4002, "enough");
            app.open("/ws?as=bob").vanish();

            assertThat(everything.log).containsExactly("left 4001", "gone 4002", "gone 1006");
        }

        @Test
        void who_is_silent_is_asked_for_a_sign_of_life() {
            TestSocket socket = app.open("/ws?as=ann");

            app.clock().advance(Duration.ofSeconds(25));
            assertThat(socket.pings()).isEqualTo(1);
            app.clock().advance(Everything.MINUTE);

            assertThat(socket.pings()).isEqualTo(4);
            assertThat(socket).isOpen();
        }

        @Test
        void who_does_not_read_for_a_while_misses_nothing() {
            TestSocket ann = app.open("/ws?as=ann").pause();
            TestSocket bob = app.open("/ws?as=bob");
            String text = "x".repeat(1000);
            for (int i = 0; i < 100; i++) {
                bob.send("say", "\"" + text + "\"");
            }
            assertThat(bob.frames()).hasSize(100);
            assertThat(ann.frames()).isEmpty();

            assertThat(ann.resume().frames()).hasSize(100);
        }
    }

    @Nested
    class As_time_goes_by {

        @Test
        void tasks_and_threads_do_what_is_due() {
            app.clock().advance(Duration.ofMinutes(61));

            assertThat(app.broadcasts("swept")).hasSize(6);
            assertThat(everything.log).hasSize(61).containsOnly("watched");
        }

        @Test
        void a_task_can_be_run_at_once() {
            assertThat(app.runTask("sweep").result()).isEqualTo(TaskRun.Result.SUCCEEDED);
            assertThat(app.broadcasts("swept")).hasSize(1);
        }

        @Test
        void all_that_has_happened_is_known() {
            app.post("/items/", new Item("news", 0));
            app.call("count", new Item("sheep", 0));

            assertThat(app.events())
                    .filteredOn(event -> event.kind() != TestEvent.Kind.STATE)
                    .extracting(TestEvent::kind, TestEvent::subject)
                    .containsExactlyInAnyOrder(
                            tuple(TestEvent.Kind.BROADCAST, "items"),
                            tuple(TestEvent.Kind.HEARD, "messages.items"),
                            tuple(TestEvent.Kind.REQUEST, "POST /items/"),
                            tuple(TestEvent.Kind.CALL, "count"));
        }

        @Test
        void an_app_that_stops_says_goodbye() {
            TestSocket socket = app.open("/ws?as=ann");

            app.close();

            assertThat(socket.closed().code()).isEqualTo(1001);
            assertThat(everything.log).containsExactly("gone 1001", "stopped");
        }
    }
}
