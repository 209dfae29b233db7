/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.CapturedLog;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.internal.socket.FakeBus;
import dev.cyanotype.internal.socket.FakeConnection;
import dev.cyanotype.json.JsonOptions;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.socket.GatewayOptions;
import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.SocketReceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The dialect of Daebus's JavaScript client. */
class SocketGatewayTest {

    private static final JsonCodec JSON = new JsonCodec(JsonOptions.builder().build());

    private final FakeBus bus = new FakeBus();
    private final List<ActionRequest> requests = new ArrayList<>();
    private final FakeConnection client = FakeConnection.quick();
    private final FakeConnection other = FakeConnection.quick();

    private Assembled app(App.Builder app, Consumer<GatewayOptions.Builder> gateway) {
        return Assembled.of(app, SocketOptions.builder().gateway(gateway).build(), bus);
    }

    private Assembled app(Consumer<GatewayOptions.Builder> gateway) {
        App.Builder app = App.named("test_app")
                .action("ping", ctx -> Map.of("got", ctx.payload()))
                .action("steps", ctx -> {
                    ctx.progress(Map.of("step", 1));
                    return "done";
                })
                .action("refuse", ctx -> {
                    throw new HttpException(409, "Taken");
                })
                .action("fail", ctx -> {
                    throw new IllegalStateException("MARKER");
                })
                .action("nothing", ctx -> null)
                .socket("hi", ctx -> "ho");
        return app(app, gateway);
    }

    private SocketReceiver open(Assembled app, FakeConnection connection) {
        SocketReceiver receiver = app.open("/ws", connection);
        connection.onClose(() -> receiver.closed(1006, ""));
        return receiver;
    }

    /** As the client sends it, captured. */
    private static String publish(String service, String action, String id) {
        return "{\"type\":\"publish\",\"channel\":\"" + service + "\",\"data\":{\"action\":\"" + action
                + "\",\"payload\":{\"q\":1},\"reply_channel\":\"reply_" + id + "\",\"request_id\":\"" + id
                + "\",\"timestamp\":1795177934136}}";
    }

    private static String subscribe(String channel) {
        return "{\"type\":\"subscribe\",\"channel\":\"" + channel + "\"}";
    }

    private static String unsubscribe(String channel) {
        return "{\"type\":\"unsubscribe\",\"channel\":\"" + channel + "\"}";
    }

    private static JsonNode json(String text) {
        return JSON.read(text);
    }

    private void answer(Reply reply) {
        bus.answer((what, request) -> {
            requests.add(request);
            return CompletableFuture.completedFuture(reply);
        });
    }

    @Nested
    class Nothing_is_open_by_default {

        @Test
        void not_even_the_apps_own_actions() {
            SocketReceiver socket = open(app(gateway -> {}), client);
            socket.text(publish("test_app", "ping", "r1"));
            socket.text(publish("svc", "ping", "r2"));
            socket.text(subscribe("events"));
            socket.text("{\"type\":\"broadcast\",\"channel\":\"events\",\"data\":{\"b\":1}}");
            socket.text(unsubscribe("events"));

            assertThat(client.got())
                    .containsExactly(
                            "{\"type\":\"response\",\"request_id\":\"r1\",\"success\":false,"
                                    + "\"error\":\"Action 'ping' of 'test_app' is not open to websockets\"}",
                            "{\"type\":\"response\",\"request_id\":\"r2\",\"success\":false,"
                                    + "\"error\":\"Action 'ping' of 'svc' is not open to websockets\"}",
                            "{\"type\":\"error\",\"error\":\"Channel 'events' is not open to websockets\"}",
                            "{\"type\":\"error\",\"error\":\"Channel 'events' is not open to broadcasts of websockets\"}");
            assertThat(bus.published).isEmpty();
            assertThat(bus.subscriptions("events")).isZero();
        }

        @Test
        void and_allowing_something_opens_a_socket_without_any_other_message() {
            Assembled app = app(App.named("test_app").action("ping", ctx -> 1), gateway -> gateway.subscribe("a"));
            open(app, client).text(subscribe("a"));
            assertThat(client.got()).isEmpty();
            assertThat(bus.subscriptions("a")).isEqualTo(1);
        }

        @ParameterizedTest
        @CsvSource({"events, true", "event, false", "events2, false", "news.a, true", "news., true", "news, false"})
        void channels_are_open_by_name_or_by_their_beginning(String channel, boolean allowed) {
            GatewayOptions options =
                    GatewayOptions.builder().subscribe("events", "news.*").build();
            assertThat(options.allowsSubscribe(channel)).isEqualTo(allowed);
            assertThat(options.allowsBroadcast(channel)).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"cyanotype:sockets:test_app", "caller:0b1c"})
        void no_pattern_opens_what_apps_and_callers_talk_on(String channel) {
            GatewayOptions all = GatewayOptions.builder()
                    .subscribe("*", channel)
                    .broadcast("*", channel)
                    .build();
            assertThat(all.allowsSubscribe("events")).isTrue();
            assertThat(all.allowsSubscribe(channel)).isFalse();
            assertThat(all.allowsBroadcast(channel)).isFalse();
        }

        @Test
        void an_action_of_the_app_that_takes_too_long_is_given_up() {
            CompletableFuture<String> never = new CompletableFuture<>();
            App.Builder slow = App.named("test_app").action("slow", ctx -> never);
            open(app(slow, gateway -> gateway.service("test_app").timeout(Duration.ofMillis(20))), client)
                    .text(publish("test_app", "slow", "r1"));
            await().untilAsserted(() -> assertThat(client.got())
                    .containsExactly("{\"type\":\"response\",\"request_id\":\"r1\",\"success\":false,"
                            + "\"error\":\"Request to test_app.slow timed out\"}"));
        }

        @Test
        void services_are_open_as_a_whole_or_by_action() {
            GatewayOptions options = GatewayOptions.builder()
                    .service("all")
                    .service("some", "a", "b")
                    .build();
            assertThat(options.allowsCall("all", "x")).isTrue();
            assertThat(options.allowsCall("some", "a")).isTrue();
            assertThat(options.allowsCall("some", "c")).isFalse();
            assertThat(options.allowsCall("none", "a")).isFalse();
        }
    }

    @Nested
    class Actions_of_the_app_itself {

        private final SocketReceiver socket = open(app(gateway -> gateway.service("test_app")), client);

        @Test
        void are_answered_in_the_clients_form() {
            socket.text(publish("test_app", "ping", "req_1795177934136_1"));

            assertThat(client.got())
                    .containsExactly("{\"type\":\"response\",\"request_id\":\"req_1795177934136_1\",\"success\":true,"
                            + "\"data\":{\"got\":{\"q\":1}}}");
        }

        @Test
        void tell_of_progress_in_what_the_client_does_not_take_for_an_answer() {
            socket.text(publish("test_app", "steps", "r"));

            assertThat(client.got())
                    .containsExactly(
                            "{\"type\":\"progress\",\"data\":{\"step\":1}}",
                            "{\"type\":\"response\",\"request_id\":\"r\",\"success\":true,\"data\":\"done\"}");
        }

        @Test
        void fail_with_a_text_that_is_meant_for_the_client_or_an_id() {
            socket.text(publish("test_app", "refuse", "r1"));
            socket.text(publish("test_app", "fail", "r2"));

            assertThat(client.got().get(0))
                    .isEqualTo("{\"type\":\"response\",\"request_id\":\"r1\",\"success\":false,\"error\":\"Taken\"}");
            assertThat(client.got().get(1))
                    .matches("\\{\"type\":\"response\",\"request_id\":\"r2\",\"success\":false,"
                            + "\"error\":\"Internal Server Error \\(correlation id [^ ]+\\)\"}");
        }

        @Test
        void get_an_empty_payload_where_there_is_none() {
            socket.text(
                    "{\"type\":\"publish\",\"channel\":\"test_app\",\"data\":{\"action\":\"ping\",\"request_id\":\"r\"}}");

            assertThat(client.got())
                    .containsExactly(
                            "{\"type\":\"response\",\"request_id\":\"r\",\"success\":true,\"data\":{\"got\":{}}}");
        }

        @Test
        void may_answer_nothing() {
            socket.text(publish("test_app", "nothing", "r"));

            assertThat(json(client.got().get(0)).path("success").booleanValue()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "7", "null", "{\"action\":\"\"}", "{\"action\":7}", "{\"action\":{}}"})
        void need_a_name(String data) {
            socket.text("{\"type\":\"publish\",\"channel\":\"test_app\",\"data\":" + data + "}");

            assertThat(client.got())
                    .containsExactly("{\"type\":\"response\",\"request_id\":null,\"success\":false,"
                            + "\"error\":\"No action provided\"}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"7", "\"\"", "{\"a\":[1]}", "null", "12345678901234567890"})
        void get_their_id_back_as_it_is(String id) {
            socket.text("{\"type\":\"publish\",\"channel\":\"test_app\",\"data\":{\"action\":\"ping\",\"payload\":null,"
                    + "\"request_id\":" + id + "}}");

            assertThat(client.got())
                    .containsExactly("{\"type\":\"response\",\"request_id\":" + id
                            + ",\"success\":true,\"data\":{\"got\":null}}");
        }

        @Test
        void are_asked_for_on_the_bus_if_only_another_replica_could_have_them() {
            answer(new Reply(200, json("7")));
            socket.text(publish("test_app", "elsewhere", "r"));

            assertThat(requests)
                    .singleElement()
                    .satisfies(request -> assertThat(request.action()).isEqualTo("elsewhere"));
            assertThat(client.got())
                    .containsExactly("{\"type\":\"response\",\"request_id\":\"r\",\"success\":true,\"data\":7}");
        }
    }

    @Nested
    class Actions_of_other_services {

        private final Assembled app = app(gateway -> gateway.service("svc").timeout(Duration.ofSeconds(20)));
        private final SocketReceiver socket = open(app, client);

        @Test
        void are_asked_for_on_the_bus_and_answered_with_the_payload() {
            answer(new Reply(200, json("{\"pong\":true}")));
            socket.text(publish("svc", "ping", "r"));

            assertThat(requests).singleElement().satisfies(request -> {
                assertThat(request.action()).isEqualTo("ping");
                assertThat(request.payload()).hasToString("{\"q\":1}");
            });
            assertThat(client.got())
                    .containsExactly(
                            "{\"type\":\"response\",\"request_id\":\"r\",\"success\":true,\"data\":{\"pong\":true}}");
        }

        @Test
        void fail_with_the_services_text() {
            answer(new Reply(500, json("{\"error\":\"bad thing\"}")));
            socket.text(publish("svc", "ping", "r"));

            assertThat(client.got())
                    .containsExactly(
                            "{\"type\":\"response\",\"request_id\":\"r\",\"success\":false,\"error\":\"bad thing\"}");
        }

        @Test
        void fail_where_nobody_answers() {
            bus.answer((what, request) ->
                    CompletableFuture.failedFuture(new NoResponderException("svc", request.action())));
            socket.text(publish("svc", "ping", "r"));

            assertThat(client.got())
                    .containsExactly("{\"type\":\"response\",\"request_id\":\"r\",\"success\":false,"
                            + "\"error\":\"Nobody answers svc.ping\"}");
        }

        @Test
        void fail_with_an_id_where_something_is_wrong_here() {
            try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
                bus.answer((what, request) -> CompletableFuture.failedFuture(new IllegalStateException("MARKER")));
                socket.text(publish("svc", "ping", "r"));

                String text = json(client.got().get(0)).path("error").stringValue();
                assertThat(text).matches("Internal error \\(correlation id [^ ]+\\)");
                assertThat(log.lines())
                        .singleElement()
                        .satisfies(line -> assertThat(line)
                                .startsWith("ERROR a call of svc.ping for a websocket failed (correlation id "));
            }
        }

        @Test
        void tell_of_progress() {
            bus.answer((what, request) -> {
                request.progress().accept(json("{\"step\":2,\"progress_percentage\":100}"));
                return CompletableFuture.completedFuture(new Reply(200, json("1")));
            });
            socket.text(publish("svc", "ping", "r"));

            assertThat(client.got())
                    .containsExactly(
                            "{\"type\":\"progress\",\"data\":{\"step\":2,\"progress_percentage\":100}}",
                            "{\"type\":\"response\",\"request_id\":\"r\",\"success\":true,\"data\":1}");
        }

        @Test
        void of_two_clients_may_have_the_same_id() {
            List<CompletableFuture<Reply>> replies = new ArrayList<>();
            bus.answer((what, request) -> {
                replies.add(new CompletableFuture<>());
                return replies.get(replies.size() - 1);
            });
            socket.text(publish("svc", "ping", "req_1_1"));
            open(app, other).text(publish("svc", "ping", "req_1_1"));

            replies.get(1).complete(new Reply(200, json("2")));
            assertThat(client.got()).isEmpty();
            replies.get(0).complete(new Reply(200, json("1")));

            assertThat(client.got())
                    .containsExactly("{\"type\":\"response\",\"request_id\":\"req_1_1\",\"success\":true,\"data\":1}");
            assertThat(other.got())
                    .containsExactly("{\"type\":\"response\",\"request_id\":\"req_1_1\",\"success\":true,\"data\":2}");
        }

        @Test
        void hold_up_no_message_behind_them_and_are_only_so_many_at_once() {
            List<CompletableFuture<Reply>> replies = new ArrayList<>();
            bus.answer((what, request) -> {
                replies.add(new CompletableFuture<>());
                return replies.get(replies.size() - 1);
            });
            List<FakeConnection> all = List.of(client, other);
            SocketReceiver second = open(app, other);
            for (int i = 0; i < 40; i++) {
                socket.text(publish("svc", "ping", "r" + i));
            }
            second.text("{\"type\":\"hi\"}");
            socket.text("{\"type\":\"hi\"}");
            assertThat(all)
                    .allSatisfy(
                            one -> assertThat(one.got()).containsExactly("{\"type\":\"response\",\"data\":\"ho\"}"));
            assertThat(replies).hasSize(40);
        }

        @Test
        void come_to_nothing_when_the_client_has_gone() {
            CompletableFuture<Reply> reply = new CompletableFuture<>();
            bus.answer((what, request) -> reply);
            socket.text(publish("svc", "ping", "r"));
            socket.closed(1006, "");

            reply.complete(new Reply(200, json("1")));

            assertThat(client.got()).isEmpty();
        }
    }

    @Nested
    class Channels {

        private final Assembled app =
                app(gateway -> gateway.subscribe("events", "a").broadcast("events"));
        private final SocketReceiver one = open(app, client);
        private final SocketReceiver two = open(app, other);

        @Test
        void are_subscribed_once_for_all_and_given_up_with_the_last() {
            one.text(subscribe("events"));
            one.text(subscribe("events"));
            two.text(subscribe("events"));
            assertThat(bus.subscriptions("events")).isEqualTo(1);

            bus.publish("events", json("{\"b\":1}"));
            one.text(unsubscribe("events"));
            one.text(unsubscribe("events"));
            one.text(unsubscribe("never"));
            bus.publish("events", json("{\"b\":2}"));
            assertThat(bus.subscriptions("events")).isEqualTo(1);
            two.closed(1006, "");
            assertThat(bus.subscriptions("events")).isZero();

            assertThat(client.got())
                    .containsExactly("{\"type\":\"channel_message\",\"channel\":\"events\",\"data\":{\"b\":1}}");
            assertThat(other.got())
                    .containsExactly(
                            "{\"type\":\"channel_message\",\"channel\":\"events\",\"data\":{\"b\":1}}",
                            "{\"type\":\"channel_message\",\"channel\":\"events\",\"data\":{\"b\":2}}");

            one.text(subscribe("events"));
            bus.publish("events", json("{\"b\":3}"));
            assertThat(client.got()).hasSize(2);
        }

        @Test
        void that_can_not_be_subscribed_are_an_error_and_may_be_tried_again() {
            bus.broken(true);
            one.text(subscribe("events"));
            assertThat(client.got())
                    .singleElement()
                    .satisfies(frame -> assertThat(frame)
                            .matches("\\{\"type\":\"error\",\"error\":\"Internal error \\(correlation id [^ ]+\\)\"}"));

            bus.broken(false);
            one.text(subscribe("events"));
            bus.publish("events", json("{}"));
            assertThat(client.got()).hasSize(2);
        }

        @Test
        void take_broadcasts_bare_and_the_sender_hears_them_too_if_it_listens() {
            one.text(subscribe("events"));
            one.text("{\"type\":\"broadcast\",\"channel\":\"events\",\"data\":{\"b\":1}}");

            assertThat(bus.published).containsExactly("events {\"b\":1}");
            assertThat(client.got())
                    .containsExactly("{\"type\":\"channel_message\",\"channel\":\"events\",\"data\":{\"b\":1}}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", ",\"data\":7", ",\"data\":null", ",\"data\":[1]", ",\"data\":\"{}\""})
        void take_only_objects(String data) {
            one.text("{\"type\":\"broadcast\",\"channel\":\"events\"" + data + "}");

            assertThat(bus.published).isEmpty();
            assertThat(client.got())
                    .containsExactly("{\"type\":\"error\",\"error\":\"A broadcast has to be a JSON object\"}");
        }

        @Test
        void without_a_text_for_a_channel_a_message_is_as_any_other() {
            one.text("{\"type\":\"subscribe\"}");
            one.text("{\"type\":\"subscribe\",\"channel\":7}");
            one.text("{\"type\":\"publish\",\"channel\":null}");

            assertThat(client.got())
                    .containsExactly(
                            "{\"type\":\"error\",\"error\":\"No handler found for message type 'subscribe'\"}",
                            "{\"type\":\"error\",\"error\":\"No handler found for message type 'subscribe'\"}",
                            "{\"type\":\"error\",\"error\":\"No handler found for message type 'publish'\"}");
        }

        @Test
        void are_so_many_for_one_client_at_most() {
            Assembled wide = app(gateway -> gateway.subscribe("c*"));
            FakeConnection greedy = FakeConnection.quick();
            SocketReceiver socket = open(wide, greedy);
            for (int i = 0; i < 257; i++) {
                socket.text(subscribe("c" + i));
            }
            assertThat(greedy.got()).containsExactly("{\"type\":\"error\",\"error\":\"Too many channels at once\"}");
            socket.text(unsubscribe("c0"));
            socket.text(subscribe("c256"));
            assertThat(greedy.got()).hasSize(1);
            socket.closed(1006, "");
            assertThat(bus.subscriptions("c256")).isZero();
        }
    }

    @Test
    void a_message_type_of_the_apps_own_comes_first() {
        Assembled app = app(App.named("test_app").socket("publish", ctx -> "mine"), gateway -> gateway.service("svc"));
        open(app, client).text(publish("svc", "ping", "r"));

        assertThat(client.got()).containsExactly("{\"type\":\"response\",\"data\":\"mine\"}");
    }
}
