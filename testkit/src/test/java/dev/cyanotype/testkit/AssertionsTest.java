/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Problem;
import dev.cyanotype.exchange.Response;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

/** Each assertion: what it accepts, and what a failing one tells. */
class AssertionsTest {

    private static void fails(ThrowingCallable assertion, String... lines) {
        assertThatThrownBy(assertion)
                .isInstanceOf(AssertionError.class)
                .hasMessage(String.join(System.lineSeparator(), lines));
    }

    @Nested
    class On_a_response {

        private final TestResponse response = answer(Response.of(201, Map.of("user", Map.of("name", "Ann", "age", 7L)))
                .header("X-A", "1"));
        private final String shown = "201 application/json " + response.text();

        private TestResponse answer(Object result) {
            try (TestApp app =
                    TestApp.of(Blueprint.named("one").get("/", ctx -> result).build())) {
                return app.request("GET", "/").header("X-Request-Id", "r1").send();
            }
        }

        @Test
        void all_that_hold_can_be_chained() {
            assertThat(response)
                    .hasStatus(201)
                    .hasHeader("x-a", "1")
                    .hasNoHeader("X-B")
                    .hasContentType("application/json")
                    .hasText(response.text())
                    .hasJson("{\"user\": {\"age\": 7, \"name\": \"Ann\"}}")
                    .hasJson(Map.of("user", Map.of("age", 7, "name", "Ann")))
                    .hasJsonAt("/user", Map.of("age", 7, "name", "Ann"))
                    .hasJsonAt("/user/name", "Ann")
                    .hasJsonAt("/user/age", 7);
        }

        @Test
        void a_wrong_status_shows_the_response() {
            fails(() -> assertThat(response).hasStatus(200), "Expected status 200, but got:", "  " + shown);
        }

        @Test
        void a_failing_one_has_both_values_for_the_editor_to_compare() {
            assertThatThrownBy(() -> assertThat(response).hasStatus(200))
                    .isInstanceOfSatisfying(AssertionFailedError.class, e -> {
                        assertThat(e.getActual().getValue()).isEqualTo(201);
                        assertThat(e.getExpected().getValue()).isEqualTo(200);
                    });
        }

        @Test
        void a_wrong_header_shows_what_it_is() {
            fails(
                    () -> assertThat(response).hasHeader("X-A", "2"),
                    "Expected header X-A to be '2', but it is '1'. Response:",
                    "  " + shown);
            fails(
                    () -> assertThat(response).hasHeader("X-B", "2"),
                    "Expected header X-B to be '2', but it is missing. Response:",
                    "  " + shown);
        }

        @Test
        void a_header_that_should_not_be_there_is_shown() {
            fails(
                    () -> assertThat(response).hasNoHeader("X-A"),
                    "Expected no header X-A, but it is '1'. Response:",
                    "  " + shown);
        }

        @Test
        void a_content_type_is_compared_without_its_parameters() {
            assertThat(answer(Response.text("x"))).hasContentType("text/plain").hasContentType("TEXT/Plain");
            fails(
                    () -> assertThat(answer(Response.text("x"))).hasContentType("text/html"),
                    "Expected content type text/html, but got:",
                    "  200 text/plain;charset=utf-8 x");
            fails(
                    () -> assertThat(answer(Response.empty())).hasContentType("text/html"),
                    "Expected content type text/html, but got:",
                    "  204 null ");
        }

        @Test
        void a_wrong_text_shows_the_response() {
            fails(
                    () -> assertThat(answer(Response.text("abc"))).hasText("abd"),
                    "Expected the text 'abd', but got:",
                    "  200 text/plain;charset=utf-8 abc");
        }

        @Test
        void a_percent_sign_in_the_body_is_only_a_percent_sign() {
            fails(
                    () -> assertThat(answer(Response.text("100 %s"))).hasText("%d"),
                    "Expected the text '%d', but got:",
                    "  200 text/plain;charset=utf-8 100 %s");
        }

        @Test
        void a_body_that_should_not_be_there_is_shown() {
            assertThat(answer(null)).hasStatus(204).hasNoBody();
            fails(
                    () -> assertThat(answer(Response.text("abc"))).hasNoBody(),
                    "Expected the text '', but got:",
                    "  200 text/plain;charset=utf-8 abc");
        }

        @Test
        void wrong_json_shows_both_documents() {
            fails(
                    () -> assertThat(answer(List.of(1, 2))).hasJson("[1, 3]"),
                    "[the response 200 application/json [1,2]] ",
                    "expected: \"[ 1, 3 ]\"",
                    " but was: \"[ 1, 2 ]\"");
        }

        @Test
        void text_where_json_is_expected_shows_the_response() {
            TestResponse text = answer(Response.text("plain").status(502));

            fails(
                    () -> assertThat(text).hasJson("[]"),
                    "Expected JSON, but got:",
                    "  502 text/plain;charset=utf-8 plain");
            fails(
                    () -> assertThat(text).hasJsonAt("/a", 1),
                    "Expected JSON, but got:",
                    "  502 text/plain;charset=utf-8 plain");
        }

        @Test
        void an_order_of_members_does_not_count_but_one_of_elements_does() {
            assertThat(answer(Response.bytes("application/json", "{\"a\":1,\"b\":2}".getBytes())))
                    .hasJson("{\"b\": 2, \"a\": 1}");
            assertThatThrownBy(() -> assertThat(answer(List.of(1, 2))).hasJson(List.of(2, 1)))
                    .isInstanceOf(AssertionError.class);
        }

        @Test
        void a_wrong_value_shows_its_place() {
            fails(
                    () -> assertThat(response).hasJsonAt("/user/name", "Bob"),
                    "[/user/name of the response " + shown + "] ",
                    "expected: \"Bob\"",
                    " but was: \"Ann\"");
            fails(
                    () -> assertThat(response).hasJsonAt("/user/age", 8),
                    "[/user/age of the response " + shown + "] ",
                    "expected: \"8\"",
                    " but was: \"7\"");
        }

        @Test
        void a_value_of_another_type_is_not_equal() {
            fails(
                    () -> assertThat(response).hasJsonAt("/user/age", "7"),
                    "[/user/age of the response " + shown + "] ",
                    "expected: \"7\"",
                    " but was: \"no string: 7\"");
        }

        @Test
        void a_problem_is_recognised() {
            TestResponse problem = answer(Response.problem(Problem.of(409)));

            assertThat(problem).isProblem(409);
            fails(
                    () -> assertThat(problem).isProblem(404),
                    "Expected status 404, but got:",
                    "  409 application/problem+json {\"title\":\"Conflict\",\"status\":409}");
            fails(
                    () -> assertThat(answer(Response.of(409, Map.of()))).isProblem(409),
                    "Expected content type application/problem+json, but got:",
                    "  409 application/json {}");
        }

        @Test
        void a_description_stands_in_front() {
            fails(
                    () -> assertThat(response).as("creating a user").hasStatus(200),
                    "[creating a user] Expected status 200, but got:",
                    "  " + shown);
        }

        @Test
        void no_response_is_an_error_of_its_own() {
            assertThatThrownBy(() -> assertThat((TestResponse) null).hasStatus(200))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("Expecting actual not to be null");
        }
    }

    @Nested
    class On_a_reply {

        private TestReply reply(Object result) {
            try (TestApp app = TestApp.of(Blueprint.named("one")
                    .action("act", ctx -> {
                        if (result instanceof Exception e) {
                            throw e;
                        }
                        return result;
                    })
                    .build())) {
                return app.call("act", Map.of());
            }
        }

        @Test
        void all_that_hold_can_be_chained() {
            assertThat(reply(Map.of("name", "Ann")))
                    .isSuccess()
                    .hasPayload("{\"name\": \"Ann\"}")
                    .hasPayloadAt("/name", "Ann");
            assertThat(reply(new HttpException(409, "Taken")))
                    .isError("Taken")
                    .hasPayload("{\"error\": \"Taken\"}")
                    .hasPayloadAt("/error", "Taken");
        }

        @Test
        void an_error_in_place_of_a_success_is_shown() {
            fails(
                    () -> assertThat(reply(new HttpException(409, "Taken"))).isSuccess(),
                    "Expected a success, but got an error reply {\"error\":\"Taken\"}");
        }

        @Test
        void a_success_in_place_of_an_error_is_shown() {
            fails(
                    () -> assertThat(reply(Map.of("a", 1))).isError("Taken"),
                    "Expected the error 'Taken', but got: reply {\"a\":1}");
        }

        @Test
        void another_error_is_shown() {
            fails(
                    () -> assertThat(reply(new HttpException(409, "Taken"))).isError("Gone"),
                    "Expected the error 'Gone', but got: error reply {\"error\":\"Taken\"}");
        }

        @Test
        void a_wrong_payload_shows_both() {
            fails(
                    () -> assertThat(reply(List.of(1))).hasPayload("[2]"),
                    "[the reply [1]] ",
                    "expected: \"[ 2 ]\"",
                    " but was: \"[ 1 ]\"");
        }

        @Test
        void a_wrong_value_shows_its_place() {
            fails(
                    () -> assertThat(reply(Map.of("a", List.of("x")))).hasPayloadAt("/a/0", "y"),
                    "[/a/0 of the reply {\"a\":[\"x\"]}] ",
                    "expected: \"y\"",
                    " but was: \"x\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/b", "/a/1", "/a/0/x"})
        void a_missing_value_is_not_taken_for_an_empty_one(String pointer) {
            assertThatThrownBy(
                            () -> assertThat(reply(Map.of("a", List.of("x")))).hasPayloadAt(pointer, ""))
                    .isInstanceOf(AssertionError.class);
        }

        @Test
        void no_reply_is_an_error_of_its_own() {
            assertThatThrownBy(() -> assertThat((TestReply) null).isSuccess())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("Expecting actual not to be null");
        }
    }

    @Nested
    class On_a_message {

        private TestMessage message() {
            try (TestApp app = TestApp.of(Blueprint.named("one")
                    .action("act", ctx -> ctx.broadcast("steps", Map.of("n", 1)))
                    .build())) {
                app.call("act", Map.of());
                return app.broadcasts().get(0);
            }
        }

        @Test
        void all_that_hold_can_be_chained() {
            assertThat(message()).isOn("steps").hasJson("{\"n\": 1}").hasJson(Map.of("n", 1L));
        }

        @Test
        void another_channel_is_shown() {
            fails(
                    () -> assertThat(message()).isOn("others"),
                    "Expected the channel 'others', but got: steps {\"n\":1}");
        }

        @Test
        void another_message_shows_both() {
            fails(
                    () -> assertThat(message()).hasJson("{\"n\": 2}"),
                    "[the message steps {\"n\":1}] ",
                    "expected: ",
                    "  \"{",
                    "    \"n\" : 2",
                    "  }\"",
                    " but was: ",
                    "  \"{",
                    "    \"n\" : 1",
                    "  }\"");
        }

        @Test
        void no_message_is_an_error_of_its_own() {
            assertThatThrownBy(() -> assertThat((TestMessage) null).isOn("steps"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("Expecting actual not to be null");
        }
    }

    @Nested
    class On_a_websocket {

        private final Blueprint one = Blueprint.named("one")
                .socket("echo", ctx -> ctx.data())
                .socket("fail", ctx -> Response.of(409, Map.of("error", "Taken")))
                .websocket(
                        "/bare",
                        ws -> ws.onText((text, ctx) -> text)
                                .onBinary((bytes, ctx) -> bytes)
                                .subprotocols("v1"))
                .build();

        private TestFrame frame(String type, Object data) {
            try (TestApp app = TestApp.of(one)) {
                return app.open("/ws").send(type, data).next();
            }
        }

        private TestFrame bare(String text) {
            try (TestApp app = TestApp.of(one)) {
                return app.open("/bare").sendText(text).next();
            }
        }

        private TestFrame binary() {
            try (TestApp app = TestApp.of(one)) {
                return app.open("/bare").sendBinary(new byte[] {1, 2}).next();
            }
        }

        private TestSocket closed(int code, String reason) {
            try (TestApp app = TestApp.of(one)) {
                TestSocket socket = app.open("/bare");
                socket.close(code, reason);
                return socket;
            }
        }

        @Test
        void all_that_hold_can_be_chained() {
            assertThat(frame("echo", Map.of("a", 1, "b", List.of())))
                    .hasType("response")
                    .hasData("{\"b\": [], \"a\": 1}")
                    .hasData(Map.of("a", 1L, "b", List.of()))
                    .hasJson(Map.of("type", "response", "data", Map.of("a", 1, "b", List.of())));
            assertThat(frame("echo", "null")).hasData("null").isText("{\"type\":\"response\",\"data\":null}");
            assertThat(frame("fail", null)).hasType("error").isError("Taken");
            assertThat(frame("none", null)).isError("No handler found for message type 'none'");
            assertThat(binary()).isBinary(new byte[] {1, 2});
            assertThat(closed(4000, "why")).wasClosedWith(4000).wasClosedWith(4000, "why");
            try (TestApp app = TestApp.of(one)) {
                TestSocket socket = app.websocket("/bare").subprotocols("v1").open();
                socket.sendText("a").sendBinary(new byte[3]);
                assertThat(socket).isOpen().hasSubprotocol("v1").hasGot("a", "3 bytes");
            }
        }

        @Test
        void another_type_shows_the_message() {
            fails(
                    () -> assertThat(frame("echo", 1)).hasType("message"),
                    "Expected the type 'message', but got \"response\":",
                    "  {\"type\":\"response\",\"data\":1}");
            fails(
                    () -> assertThat(bare("{}")).hasType("message"),
                    "Expected the type 'message', but got none:",
                    "  {}");
            fails(() -> assertThat(bare("hi")).hasType("message"), "Expected JSON, but got:", "  hi");
            fails(() -> assertThat(binary()).hasType("message"), "Expected JSON, but got:", "  2 bytes");
        }

        @Test
        void other_data_show_both() {
            fails(
                    () -> assertThat(frame("echo", 1)).hasData(2),
                    "[the data of the message {\"type\":\"response\",\"data\":1}] ",
                    "expected: \"2\"",
                    " but was: \"1\"");
            fails(() -> assertThat(bare("{}")).hasData("null"), "Expected data, but got:", "  {}");
        }

        @Test
        void another_message_shows_both() {
            fails(
                    () -> assertThat(bare("[1]")).hasJson("[2]"),
                    "[the message [1]] ",
                    "expected: \"[ 2 ]\"",
                    " but was: \"[ 1 ]\"");
            fails(() -> assertThat(bare("50 %s")).isText("%d"), "Expected the text '%d', but got:", "  50 %s");
            fails(() -> assertThat(binary()).isText("a"), "Expected the text 'a', but got:", "  2 bytes");
            fails(() -> assertThat(bare("a")).isBinary(new byte[1]), "Expected a binary message, but got:", "  a");
            assertThatThrownBy(() -> assertThat(binary()).isBinary(new byte[] {1, 3}))
                    .isInstanceOf(AssertionError.class);
        }

        @Test
        void another_error_shows_the_message() {
            fails(
                    () -> assertThat(frame("fail", null)).isError("Gone"),
                    "Expected the error 'Gone', but got:",
                    "  {\"type\":\"error\",\"data\":{\"error\":\"Taken\"}}");
            fails(
                    () -> assertThat(frame("echo", Map.of("error", "Taken"))).isError("Taken"),
                    "Expected the error 'Taken', but got:",
                    "  {\"type\":\"response\",\"data\":{\"error\":\"Taken\"}}");
        }

        @Test
        void another_end_is_shown() {
            fails(
                    () -> assertThat(closed(4000, "why")).wasClosedWith(1000),
                    "Expected to be closed with 1000, but it was closed with 4000 'why'");
            fails(
                    () -> assertThat(closed(4000, "")).wasClosedWith(4000, "why"),
                    "Expected to be closed with 4000 'why', but it was closed with 4000");
            fails(
                    () -> assertThat(closed(4000, "")).isOpen(),
                    "Expected an open websocket, but it was closed with 4000");
            try (TestApp app = TestApp.of(one)) {
                TestSocket socket = app.open("/bare").sendText("a");
                fails(
                        () -> assertThat(socket).wasClosedWith(1000),
                        "Expected a closed websocket, but it is open. It has got:",
                        "  [a]");
                fails(() -> assertThat(socket).hasSubprotocol("v1"), "Expected the sub-protocol 'v1', but got: null");
                assertThatThrownBy(() -> assertThat(socket).hasGot("b")).isInstanceOf(AssertionError.class);
            }
        }

        @Test
        void none_is_an_error_of_its_own() {
            assertThatThrownBy(() -> assertThat((TestFrame) null).hasType("a"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("Expecting actual not to be null");
            assertThatThrownBy(() -> assertThat((TestSocket) null).isOpen())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("Expecting actual not to be null");
        }
    }
}
