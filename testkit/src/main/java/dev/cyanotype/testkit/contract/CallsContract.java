/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.message.Action;
import dev.cyanotype.message.CallException;
import dev.cyanotype.message.Caller;
import dev.cyanotype.message.Delivery;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.message.NoResponderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests for actions, and their replies. */
@Rule(21)
abstract class CallsContract extends ContractApps {

    record NewUser(String name, int age) {}

    record User(int id, String name) {}

    private static final Action<NewUser, User> CREATE = Action.named("create_user", NewUser.class, User.class);
    private static final Action<NewUser, User> BORN_LATE = Action.named("text", NewUser.class, User.class);

    private Caller caller(App.Builder builder) {
        return self(start(builder));
    }

    @Test
    void a_typed_call_gets_a_typed_reply() {
        Caller caller = caller(app().action(CREATE, (user, ctx) -> new User(user.age(), user.name())));

        assertThat(caller.call(CREATE, new NewUser("Ada", 36))).isEqualTo(new User(36, "Ada"));
        assertThat(caller.callAsync(CREATE, new NewUser("Bob", 7)).orTimeout(20, TimeUnit.SECONDS))
                .succeedsWithin(LONG)
                .isEqualTo(new User(7, "Bob"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"\"",
                "\"text\"",
                "0",
                "-1.5e-7",
                "12345678901234567890123",
                "true",
                "[[1,{\"a\":[null]}],\"b\"]",
                "{\"a\":{\"b\":{\"c\":[1,2,3]}},\"\":null}",
                "\"\\u0000 \\\" \\\\ \\n \\u2028 ä € \\ud83d\\ude00\"",
                "{\"payload\":1,\"action\":2,\"request_id\":3,\"final\":false,\"status\":\"error\",\"error\":4}"
            })
    void any_json_comes_through_as_it_is(String json) {
        JsonNode sent = JsonMapper.builder().build().readTree(json);
        Caller caller = caller(app().action("echo", ctx -> ctx.payload()));

        assertThat(caller.call("echo", sent)).isEqualTo(sent);
    }

    @Test
    void a_megabyte_comes_through() {
        String text = "0123456789abcdef".repeat(1 << 16);
        Caller caller = caller(app().action("echo", ctx -> ctx.payload()));

        assertThat(caller.call("echo", Map.of("text", text)).path("text").asString())
                .isEqualTo(text);
    }

    @Test
    void a_handler_sees_what_was_asked_for() {
        Caller caller = caller(app().action(
                        "where",
                        ctx -> List.of(ctx.app(), ctx.action(), ctx.operation(), ctx.payload(), ctx.isCancelled())));

        assertThat(caller.call("where", Map.of("a", 1)))
                .hasToString("[\"" + own("shop") + "\",\"where\",\"where\",{\"a\":1},false]");
    }

    @Test
    void a_handler_may_return_nothing_or_later() {
        Caller caller = caller(app().action("nothing", ctx -> null)
                .action("later", ctx -> CompletableFuture.supplyAsync(() -> "later")));

        assertThat(caller.call("nothing", Map.of())).hasToString("{}");
        assertThat(caller.call("later", Map.of()).asString()).isEqualTo("later");
    }

    @Test
    @Rule(25)
    void an_error_has_its_status_and_its_text() {
        Caller caller = caller(app().action("missing", ctx -> {
                    throw new NotFoundException("no such user");
                })
                .action("busy", ctx -> {
                    throw new HttpException(503, "never shown");
                })
                .action("full", ctx -> Response.of(409, Map.of("error", "exists already"))));

        assertThat(error(caller, "missing")).isEqualTo("404 no such user {\"error\":\"no such user\"}");
        assertThat(error(caller, "full")).isEqualTo("409 exists already {\"error\":\"exists already\"}");
        assertThat(error(caller, "busy")).startsWith("503 ");
        assertThat(caller.callAsync("missing", Map.of()))
                .failsWithin(LONG)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(ErrorReplyException.class)
                .withMessage("no such user");
    }

    private static String error(Caller caller, String action) {
        try {
            return "no error, but " + caller.call(action, Map.of());
        } catch (ErrorReplyException e) {
            return e.status() + " " + e.getMessage() + " " + e.payload();
        }
    }

    @Test
    @Rule({19, 25})
    void a_handler_that_throws_answers_the_next_call_too() {
        Caller caller = caller(app().action("fail", ctx -> {
                    throw new IllegalStateException("a secret");
                })
                .action("die", ctx -> {
                    throw new StackOverflowError("another secret");
                })
                .action("fine", ctx -> "fine"));

        for (String action : List.of("fail", "die", "die", "fail")) {
            assertThat(error(caller, action))
                    .matches("500 Internal Server Error \\(correlation id [0-9a-f]+\\) \\{\"error\":.*")
                    .doesNotContain("secret");
        }
        assertThat(caller.call("fine", Map.of()).asString()).isEqualTo("fine");
    }

    @Test
    @Rule(25)
    void a_payload_of_another_type_is_the_fault_of_the_caller() {
        Caller caller = caller(app().action(CREATE, (user, ctx) -> new User(1, "never")));

        assertThatThrownBy(() -> caller.call("create_user", Map.of("age", "old")))
                .isInstanceOf(ErrorReplyException.class)
                .hasMessage("the payload does not have the expected form: see 'age'")
                .extracting(e -> ((ErrorReplyException) e).status())
                .isEqualTo(400);
    }

    @Test
    @Rule(25)
    void a_reply_of_another_type_is_the_fault_of_the_service() {
        Caller caller = caller(app().action("text", ctx -> "no user"));

        assertThatThrownBy(() -> caller.call(BORN_LATE, new NewUser("Ada", 1)))
                .isExactlyInstanceOf(CallException.class)
                .hasMessageStartingWith("call of 'text' at '" + own("shop") + "': the reply ");
    }

    @Test
    @Rule(18)
    void a_service_that_is_not_there_fails_the_call_at_once() {
        App app = start(app());
        Caller caller = app.caller(own("nobody")).timeout(Duration.ofMinutes(10));

        assertThatThrownBy(() -> caller.call("x", Map.of()))
                .isInstanceOf(NoResponderException.class)
                .hasMessage("call of 'x' at '" + own("nobody") + "': nobody listens");
        assertThat(caller.callAsync("x", Map.of()))
                .failsWithin(LONG)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(NoResponderException.class);
    }

    @Test
    @Rule(18)
    void a_service_without_actions_is_not_there() {
        App app = start(on(App.named(own("deaf"))));

        assertThatThrownBy(() -> self(app).call("x", Map.of())).isInstanceOf(NoResponderException.class);
    }

    @Test
    @Rule(25)
    void an_unknown_action_is_said_to_be_unknown() {
        assertThat(error(caller(app()), "nothing"))
                .isEqualTo("404 Unknown action 'nothing' {\"error\":\"Unknown action 'nothing'\"}");
    }

    @Test
    @Rule(23)
    void progress_comes_in_order_and_before_the_result() {
        Caller caller = caller(app().action("steps", ctx -> {
                    for (int i = 0; i < 200; i++) {
                        ctx.progress(i);
                    }
                    return "done";
                }))
                .onProgress(payload -> seen.add(payload.asString()));
        List<String> all = IntStream.range(0, 200).mapToObj(String::valueOf).toList();

        assertThat(caller.call("steps", Map.of()).asString()).isEqualTo("done");
        assertThat(List.copyOf(seen)).containsExactlyElementsOf(all);

        seen.clear();
        List<String> before = caller.callAsync("steps", Map.of())
                .thenApply(result -> List.copyOf(seen))
                .join();
        assertThat(before).containsExactlyElementsOf(all);
    }

    @Test
    @Rule(23)
    void progress_before_an_error_is_heard_too() {
        Caller caller = caller(app().action("steps", ctx -> {
                    ctx.progress(Map.of("half", true));
                    throw new NotFoundException("the other half");
                }))
                .onProgress(payload -> seen.add(payload.toString()));

        assertThat(error(caller, "steps")).startsWith("404 the other half");
        assertThat(seen).containsExactly("{\"half\":true}");
    }

    @Test
    @Rule({19, 23})
    void a_progress_listener_that_throws_hurts_nobody() {
        Caller caller = caller(app().action("steps", ctx -> {
                    ctx.progress(1);
                    ctx.progress(2);
                    return "done";
                }))
                .onProgress(payload -> {
                    seen.add(payload.toString());
                    throw new IllegalStateException("broken");
                });

        assertThat(caller.call("steps", Map.of()).asString()).isEqualTo("done");
        assertThat(caller.callAsync("steps", Map.of()).join().asString()).isEqualTo("done");
        assertThat(seen).containsExactly("1", "2", "1", "2");
    }

    @Test
    void an_app_calls_itself_from_its_own_handlers() {
        String shop = own("shop");
        Caller caller = caller(app().action("sum", ctx -> {
            int n = ctx.payload().asInt();
            return n == 0 ? 0 : n + ctx.caller(shop).call("sum", n - 1).asInt();
        }));

        assertThat(caller.call("sum", 20).asInt()).isEqualTo(210);
    }

    @Test
    void apps_that_are_no_service_of_the_same_name_do_not_answer_each_other() {
        start(app("one").action("who", ctx -> "one"));
        App two = start(app("two").action("who", ctx -> "two"));

        assertThat(self(two).call("who", Map.of()).asString()).isEqualTo("two");
    }

    @Test
    void an_action_of_all_replicas_answers_once() {
        Caller caller = caller(app().action(
                        "everywhere",
                        ctx -> {
                            seen.add("ran");
                            return "done";
                        },
                        options -> options.delivery(Delivery.ALL)));

        assertThat(caller.call("everywhere", Map.of()).asString()).isEqualTo("done");
        assertThat(seen).containsExactly("ran");
    }

    @Test
    @Rule(19)
    void a_slow_handler_holds_no_other_call_up() throws Exception {
        CountDownLatch gate = gate();
        Caller caller = caller(app().action("slow", ctx -> {
                    pass(gate);
                    return "slow";
                })
                .action("quick", ctx -> "quick"));

        List<CompletableFuture<JsonNode>> slow = IntStream.range(0, 40)
                .mapToObj(i -> caller.callAsync("slow", Map.of()))
                .toList();
        assertThat(caller.call("quick", Map.of()).asString()).isEqualTo("quick");
        assertThat(slow).noneMatch(CompletableFuture::isDone);

        gate.countDown();
        assertThat(slow)
                .allSatisfy(reply ->
                        assertThat(reply.get(20, TimeUnit.SECONDS).asString()).isEqualTo("slow"));
    }

    @Test
    @Rule(19)
    void what_hangs_on_a_call_may_block_without_holding_others_up() {
        CountDownLatch gate = gate();
        // What hangs on a call that has ended already is run by whoever hangs it there.
        CountDownLatch attached = gate();
        Caller caller = caller(app().action("quick", ctx -> "quick").action("later", ctx -> {
            pass(attached);
            return "later";
        }));

        List<CompletableFuture<String>> blocked = IntStream.range(0, 20)
                .mapToObj(i -> caller.callAsync("later", Map.of()).thenApply(reply -> {
                    seen.add("in");
                    try {
                        pass(gate);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return reply.asString();
                }))
                .toList();
        attached.countDown();
        eventually().until(() -> seen.size() == 20);
        assertThat(caller.call("quick", Map.of()).asString()).isEqualTo("quick");

        gate.countDown();
        assertThat(blocked)
                .allSatisfy(reply -> assertThat(reply.get(20, TimeUnit.SECONDS)).isEqualTo("later"));
    }

    @Test
    @Rule({20, 21})
    void two_thousand_calls_from_many_threads_all_get_their_own_reply() throws Exception {
        Caller caller = caller(app().action("square", ctx -> {
            int n = ctx.payload().asInt();
            return n * n;
        }));
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Future<Integer>> replies = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                int n = i;
                replies.add(threads.submit(() -> caller.call("square", n).asInt()));
            }
            for (int i = 0; i < 2_000; i++) {
                assertThat(replies.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(i * i);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Rule({20, 21})
    void two_thousand_calls_at_once_all_get_their_own_reply() throws Exception {
        Caller caller = caller(app().action("square", ctx -> {
            int n = ctx.payload().asInt();
            return n * n;
        }));

        List<CompletableFuture<JsonNode>> replies = IntStream.range(0, 2_000)
                .mapToObj(n -> caller.callAsync("square", n))
                .toList();

        for (int i = 0; i < 2_000; i++) {
            assertThat(replies.get(i).get(30, TimeUnit.SECONDS).asInt()).isEqualTo(i * i);
        }
    }
}
