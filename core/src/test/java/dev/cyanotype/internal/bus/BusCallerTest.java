/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.internal.concurrent.SystemClock;
import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.json.JsonOptions;
import dev.cyanotype.message.Action;
import dev.cyanotype.message.CallException;
import dev.cyanotype.message.CallTimeoutException;
import dev.cyanotype.message.Caller;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.message.TooManyCallsException;
import dev.cyanotype.spi.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.data.TemporalUnitOffset;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BusCallerTest {

    record Question(String text) {}

    record Answer(int number) {}

    /** Can't be made. */
    record Impossible(int number) {

        Impossible {
            throw new StackOverflowError("too deep");
        }
    }

    private static final Action<Question, Answer> ASK = Action.named("ask", Question.class, Answer.class);
    private static final Action<Question, Impossible> ASK_TOO_MUCH =
            Action.named("ask", Question.class, Impossible.class);
    private static final Duration SOON = Duration.ofMillis(50);
    private static final int LIMIT = 3;

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "pool"));
    private final ExecutorService busThread = Executors.newSingleThreadExecutor(task -> new Thread(task, "bus"));
    private final JsonCodec json = new JsonCodec(JsonOptions.builder().build());
    private final FakeBus bus = new FakeBus();
    private final List<String> record = new CopyOnWriteArrayList<>();
    private volatile Executor executor = threads;
    private final SystemClock clock = new SystemClock("shop");
    private final CallPool pool = new CallPool(json, task -> executor.execute(task), LIMIT, clock);

    @AfterEach
    void shutDown() {
        threads.shutdownNow();
        busThread.shutdownNow();
        clock.close();
    }

    private Caller caller() {
        return caller(null);
    }

    private Caller caller(@Nullable Instant deadline) {
        return BusCaller.of(pool, () -> bus, "shop", deadline, "00-trace").timeout(Duration.ofSeconds(20));
    }

    private Reply reply(int status, Object payload) {
        return new Reply(status, json.tree(payload));
    }

    /** Lets the bus answer, on its own thread, the request that waits or the next one. */
    private void answer(Reply reply) {
        busThread.execute(() -> {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> !bus.replies.isEmpty() && !bus.reply().isDone());
            bus.reply().complete(reply);
        });
    }

    private void fail(Throwable failure) {
        bus.answer = () -> CompletableFuture.failedFuture(failure);
    }

    private static void pass(CountDownLatch gate) {
        try {
            assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Throwable failure(CompletableFuture<?> call) {
        await().until(call::isDone);
        Throwable failure = catchThrowable(call::join);
        return failure.getCause() == null ? failure : failure.getCause();
    }

    @Nested
    class A_request {

        @Test
        void has_what_the_caller_gave_it() {
            answer(reply(200, Map.of("number", 42)));
            Instant before = Instant.now();

            assertThat(caller().idempotencyKey("once").call(ASK, new Question("life")))
                    .isEqualTo(new Answer(42));

            assertThat(bus.request().action()).isEqualTo("ask");
            assertThat(bus.request().payload()).hasToString("{\"text\":\"life\"}");
            assertThat(bus.request().idempotencyKey()).isEqualTo("once");
            assertThat(bus.request().traceparent()).isEqualTo("00-trace");
            assertThat(bus.request().deadline())
                    .isBetween(before.plusSeconds(20), Instant.now().plusSeconds(20));
        }

        @Test
        void has_the_earlier_deadline_of_whom_it_is_made_for() {
            Instant deadline = Instant.now().plusSeconds(3);

            caller(deadline).timeout(Duration.ofMinutes(1)).callAsync("ask", Map.of());
            assertThat(bus.request().deadline()).isCloseTo(deadline, within(Duration.ofMillis(50)));

            Instant before = Instant.now();
            caller(deadline).timeout(Duration.ofSeconds(1)).callAsync("ask", Map.of());
            assertThat(bus.request().deadline())
                    .isBetween(before.plusSeconds(1), Instant.now().plusSeconds(1));
        }

        private static TemporalUnitOffset within(Duration most) {
            return new TemporalUnitWithinOffset(most.toMillis(), ChronoUnit.MILLIS);
        }

        @Test
        void is_not_sent_after_that_deadline() {
            Caller late = caller(Instant.now().minusMillis(1));

            assertThatThrownBy(() -> late.call("ask", Map.of()))
                    .isInstanceOf(CallTimeoutException.class)
                    .hasMessage("call of 'ask' at 'shop': no reply within 0 ms");
            assertThat(failure(late.callAsync("ask", Map.of())))
                    .isInstanceOf(CallTimeoutException.class)
                    .hasMessage("call of 'ask' at 'shop': no reply within 0 ms");
            assertThat(bus.requests).isEmpty();
            assertThat(pool.free().availablePermits()).isEqualTo(LIMIT);
        }

        @Test
        void may_take_for_ever() {
            answer(reply(200, "done"));
            Caller patient = caller().timeout(ChronoUnit.FOREVER.getDuration());

            assertThat(patient.call("ask", Map.of()).asString()).isEqualTo("done");
            answer(reply(200, "done"));
            assertThat(patient.callAsync("ask", Map.of()))
                    .succeedsWithin(Duration.ofSeconds(20))
                    .hasToString("\"done\"");
        }

        @Test
        void needs_an_action_a_timeout_and_a_key_that_is_not_empty() {
            assertThatThrownBy(() -> caller().call((String) null, Map.of()))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("action");
            assertThatThrownBy(() -> caller().callAsync((String) null, Map.of()))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("action");
            assertThatThrownBy(() -> caller().timeout(null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("timeout");
            assertThatThrownBy(() -> caller().onProgress(null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("listener");
            assertThatThrownBy(() -> caller().idempotencyKey(""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("caller of 'shop': the idempotency key is empty");
        }
    }

    @Nested
    class A_call_that_fails {

        private void fails(Class<? extends Throwable> type, String message) {
            assertThatThrownBy(() -> caller().call("ask", Map.of()))
                    .isExactlyInstanceOf(type)
                    .hasMessage(message);
            assertThat(failure(caller().callAsync("ask", Map.of())))
                    .isExactlyInstanceOf(type)
                    .hasMessage(message);
            assertThat(pool.free().availablePermits()).isEqualTo(LIMIT);
        }

        @Test
        void has_the_status_the_text_and_the_payload_of_an_error_reply() {
            bus.answer = () -> CompletableFuture.completedFuture(reply(404, Map.of("error", "no such thing", "id", 7)));

            fails(ErrorReplyException.class, "no such thing");
            ErrorReplyException failure = (ErrorReplyException) failure(caller().callAsync("ask", Map.of()));
            assertThat(failure.status()).isEqualTo(404);
            assertThat(failure.payload().path("id").asInt()).isEqualTo(7);
        }

        @Test
        void has_a_text_if_the_reply_has_none() {
            bus.answer = () -> CompletableFuture.completedFuture(reply(500, List.of()));

            fails(ErrorReplyException.class, "Unknown error");
        }

        @Test
        void says_that_nobody_listens() {
            fail(new NoResponderException("shop", "ask"));

            fails(NoResponderException.class, "call of 'ask' at 'shop': nobody listens");
        }

        @Test
        void shows_where_it_was_called() {
            CompletableFuture<Throwable> made = new CompletableFuture<>();
            busThread.execute(() -> made.complete(new NoResponderException("shop", "ask")));
            fail(made.join());

            assertThatThrownBy(() -> caller().call("ask", Map.of()))
                    .extracting(Throwable::getStackTrace, InstanceOfAssertFactories.ARRAY)
                    .anyMatch(frame ->
                            ((StackTraceElement) frame).getClassName().equals(A_call_that_fails.class.getName()));
        }

        @Test
        void says_what_the_bus_says() {
            fail(new MessagingException(MessagingException.Reason.UNREACHABLE, "the broker is away", null));

            fails(CallException.class, "call of 'ask' at 'shop': the broker is away");

            bus.answer = () -> {
                throw new MessagingException(MessagingException.Reason.FULL, "the broker is full", null);
            };
            fails(CallException.class, "call of 'ask' at 'shop': the broker is full");
        }

        @Test
        void does_not_say_what_was_never_meant_for_it() {
            fail(new IllegalArgumentException("secret"));
            fails(CallException.class, "call of 'ask' at 'shop': it failed");

            bus.answer = () -> {
                throw new IllegalArgumentException("secret");
            };
            fails(CallException.class, "call of 'ask' at 'shop': it could not be sent");
            assertThat(failure(caller().callAsync("ask", Map.of()))).hasRootCauseMessage("secret");
        }

        @Test
        void because_the_bus_cancels_it() {
            bus.answer = () -> {
                CompletableFuture<Reply> reply = new CompletableFuture<>();
                reply.cancel(true);
                return reply;
            };

            fails(CallException.class, "call of 'ask' at 'shop': it was cancelled");
        }

        @Test
        void because_its_reply_is_of_another_type() {
            bus.answer = () -> CompletableFuture.completedFuture(reply(200, "text"));

            assertThatThrownBy(() -> caller().call(ASK, new Question("?")))
                    .isExactlyInstanceOf(CallException.class)
                    .hasMessage("call of 'ask' at 'shop': the reply does not have the expected form");
            assertThat(failure(caller().callAsync(ASK, new Question("?"))))
                    .isExactlyInstanceOf(CallException.class)
                    .hasMessage("call of 'ask' at 'shop': the reply does not have the expected form");
        }

        @Test
        void because_nobody_could_decode_its_reply_ends_too() {
            bus.answer = () -> CompletableFuture.completedFuture(reply(200, Map.of("number", 1)));

            assertThat(catchThrowable(() -> caller().call(ASK_TOO_MUCH, new Question("?"))))
                    .hasStackTraceContaining("too deep");
            assertThat(failure(caller().callAsync(ASK_TOO_MUCH, new Question("?"))))
                    .hasStackTraceContaining("too deep");
        }

        @Test
        void because_its_payload_can_not_be_encoded_was_never_sent() {
            Object broken = new Object() {
                public String getName() {
                    throw new IllegalStateException("broken");
                }
            };

            assertThatThrownBy(() -> caller().call("ask", broken))
                    .isExactlyInstanceOf(CallException.class)
                    .hasMessage("call of 'ask' at 'shop': the payload can't be encoded");
            assertThat(failure(caller().callAsync("ask", broken)))
                    .hasMessage("call of 'ask' at 'shop': the payload can't be encoded");
            assertThat(bus.requests).isEmpty();
        }

        @Test
        void because_its_thread_was_interrupted_is_cancelled() throws Exception {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            AtomicReference<Boolean> interrupted = new AtomicReference<>();
            Thread thread = new Thread(() -> {
                failure.set(catchThrowable(() -> caller().call("ask", Map.of())));
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            thread.start();
            await().until(() -> !bus.replies.isEmpty());

            thread.interrupt();
            thread.join();

            assertThat(failure.get())
                    .isExactlyInstanceOf(CallException.class)
                    .hasMessage("call of 'ask' at 'shop': the waiting thread was interrupted");
            assertThat(interrupted).hasValue(true);
            assertThat(bus.reply()).isCancelled();
        }
    }

    @Nested
    class A_call_that_takes_too_long {

        @Test
        void says_how_long_it_waited_and_cancels_its_request() {
            Instant before = Instant.now();
            assertThatThrownBy(() -> caller().timeout(SOON).call("ask", Map.of()))
                    .isInstanceOf(CallTimeoutException.class)
                    .hasMessage("call of 'ask' at 'shop': no reply within 50 ms");
            assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(SOON);
            assertThat(bus.reply()).isDone();

            CompletableFuture<JsonNode> call = caller().timeout(SOON).callAsync("ask", Map.of());
            assertThat(failure(call))
                    .isInstanceOf(CallTimeoutException.class)
                    .hasMessage("call of 'ask' at 'shop': no reply within 50 ms");
            assertThat(bus.reply()).isDone();
            assertThat(pool.free().availablePermits()).isEqualTo(LIMIT);
        }

        @Test
        void is_over_when_the_app_ends_though_no_clock_goes_on() {
            CompletableFuture<JsonNode> call = caller().callAsync("ask", Map.of());
            CompletableFuture<JsonNode> answered = caller().callAsync("ask", Map.of());
            bus.reply().complete(new Reply(200, json.tree("yes")));
            assertThat(pool.awaited()).hasSize(1);

            pool.end();

            assertThat(failure(call))
                    .isExactlyInstanceOf(CallException.class)
                    .hasMessage("call of 'ask' at 'shop': the app has stopped");
            assertThat(answered.join()).isEqualTo(json.tree("yes"));
            assertThat(pool.awaited()).isEmpty();
            assertThat(pool.free().availablePermits()).isEqualTo(LIMIT);
        }

        @Test
        void is_over_for_who_cancels_it() {
            CompletableFuture<JsonNode> call = caller().callAsync("ask", Map.of());
            call.cancel(true);

            assertThat(bus.reply()).isCancelled();
            assertThat(pool.free().availablePermits()).isEqualTo(LIMIT);
        }

        @Test
        void is_over_for_who_gives_it_another_timeout() {
            CompletableFuture<JsonNode> call =
                    caller().callAsync("ask", Map.of()).orTimeout(50, TimeUnit.MILLISECONDS);

            assertThat(failure(call)).isInstanceOf(TimeoutException.class);
            await().until(() -> bus.reply().isCancelled());
            assertThat(pool.free().availablePermits()).isEqualTo(LIMIT);
        }
    }

    @Nested
    class Progress {

        private void progress(int from, int to) {
            for (int i = from; i <= to; i++) {
                bus.request().progress().accept(json.tree(i));
            }
        }

        private Caller recording() {
            return caller().onProgress(payload -> record.add(payload.toString()));
        }

        @Test
        void is_heard_in_order_and_before_the_result() {
            List<String> all =
                    IntStream.rangeClosed(1, 500).mapToObj(String::valueOf).toList();
            busThread.execute(() -> {
                await().until(() -> !bus.replies.isEmpty());
                progress(1, 500);
                bus.reply().complete(reply(200, "done"));
            });
            recording().call("ask", Map.of());
            assertThat(record).containsExactlyElementsOf(all);

            record.clear();
            CompletableFuture<List<String>> heardBefore =
                    recording().callAsync("ask", Map.of()).thenApply(result -> List.copyOf(record));
            busThread.execute(() -> {
                progress(1, 500);
                bus.reply().complete(reply(200, "done"));
            });
            assertThat(heardBefore).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(all);
        }

        @Test
        void is_heard_for_one_reply_at_a_time_and_never_on_the_thread_of_the_bus() {
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            CompletableFuture<JsonNode> call = caller().onProgress(payload -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        record.add(Thread.currentThread().getName());
                        inside.decrementAndGet();
                    })
                    .callAsync("ask", Map.of());
            busThread.execute(() -> {
                progress(1, 200);
                bus.reply().complete(reply(200, "done"));
            });

            assertThat(call).succeedsWithin(Duration.ofSeconds(20));
            assertThat(record).hasSize(200).containsOnly("pool");
            assertThat(most).hasValue(1);
        }

        @Test
        void is_not_lost_by_a_listener_that_throws() {
            CompletableFuture<JsonNode> call = caller().onProgress(payload -> {
                        record.add(payload.toString());
                        throw new AssertionError("broken");
                    })
                    .callAsync("ask", Map.of());
            progress(1, 3);
            bus.reply().complete(reply(200, "done"));

            assertThat(call).succeedsWithin(Duration.ofSeconds(20)).hasToString("\"done\"");
            assertThat(record).containsExactly("1", "2", "3");
        }

        @Test
        void that_comes_after_the_result_is_heard_by_nobody() {
            CompletableFuture<JsonNode> call = recording().callAsync("ask", Map.of());
            progress(1, 1);
            bus.reply().complete(reply(200, "done"));
            assertThat(call).succeedsWithin(Duration.ofSeconds(20));
            progress(2, 2);

            answer(reply(200, "done"));
            bus.replies.clear();
            recording().call("ask", Map.of());
            executor = Runnable::run;
            progress(3, 3);

            assertThat(record).containsExactly("1");
        }

        @Test
        void that_nobody_waits_for_any_more_is_forgotten() {
            CountDownLatch gate = new CountDownLatch(1);
            CompletableFuture<JsonNode> call = caller().timeout(SOON)
                    .onProgress(payload -> {
                        pass(gate);
                        record.add(payload.toString());
                    })
                    .callAsync("ask", Map.of());
            progress(1, 3);

            // The listener that blocks does not keep the caller from its timeout.
            assertThat(failure(call)).isInstanceOf(CallTimeoutException.class);
            executor = Runnable::run;
            gate.countDown();

            await().until(() -> record.contains("1"));
            assertThat(record).containsExactly("1");
        }

        @Test
        void that_is_heard_slowly_can_be_given_up() throws Exception {
            CountDownLatch gate = new CountDownLatch(1);
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread thread = new Thread(() -> failure.set(catchThrowable(
                    () -> caller().onProgress(payload -> pass(gate)).call("ask", Map.of()))));
            thread.start();
            await().until(() -> !bus.replies.isEmpty());
            progress(1, 1);
            bus.reply().complete(reply(200, "done"));

            thread.interrupt();
            thread.join();
            gate.countDown();

            assertThat(failure.get())
                    .isExactlyInstanceOf(CallException.class)
                    .hasMessage("call of 'ask' at 'shop': the waiting thread was interrupted");
        }

        @Test
        void costs_nothing_where_nobody_hears_it() {
            executor = task -> {
                throw new AssertionError("nothing to do");
            };
            answer(reply(200, "done"));
            busThread.execute(() -> progress(1, 1));

            assertThat(caller().call("ask", Map.of()).asString()).isEqualTo("done");
        }
    }

    @Nested
    class What_hangs_on_a_call {

        @Test
        void never_runs_on_the_thread_of_the_bus() {
            CompletableFuture<String> ok = caller().callAsync("ask", Map.of())
                    .thenApply(result -> Thread.currentThread().getName());
            answer(reply(200, "done"));
            assertThat(ok).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("pool");

            CompletableFuture<String> failed = caller().callAsync("ask", Map.of())
                    .handle((result, error) -> Thread.currentThread().getName());
            busThread.execute(() -> bus.reply().completeExceptionally(new IllegalStateException()));
            assertThat(failed).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("pool");

            CompletableFuture<String> late = caller().timeout(SOON)
                    .callAsync("ask", Map.of())
                    .handle((result, error) -> Thread.currentThread().getName());
            assertThat(late).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("pool");
        }

        @Test
        void runs_in_the_end_where_the_executor_takes_no_more() {
            executor = task -> {
                throw new RejectedExecutionException("stopping");
            };
            CompletableFuture<JsonNode> plain = caller().callAsync("ask", Map.of());
            answer(reply(200, "done"));
            assertThat(plain).succeedsWithin(Duration.ofSeconds(20)).hasToString("\"done\"");

            executor = threads;
            CompletableFuture<JsonNode> withProgress =
                    caller().onProgress(payload -> record.add("heard")).callAsync("ask", Map.of());
            bus.request().progress().accept(json.tree(1));
            await().until(() -> record.contains("heard"));
            executor = task -> {
                throw new Error("no further thread");
            };
            bus.request().progress().accept(json.tree(2));
            answer(reply(200, "done"));
            assertThat(withProgress).succeedsWithin(Duration.ofSeconds(20)).hasToString("\"done\"");
            assertThat(record).containsExactly("heard");
        }
    }

    @Nested
    class More_calls_than_allowed {

        private final List<CompletableFuture<JsonNode>> waiting = new ArrayList<>();

        private void fill() {
            while (pool.free().availablePermits() > 0) {
                waiting.add(caller().callAsync("ask", Map.of()));
            }
            String message = "call of 'ask' at 'shop': 3 calls wait for their replies already (setting"
                    + " 'messages.maxCalls')";
            assertThatThrownBy(() -> caller().call("ask", Map.of()))
                    .isInstanceOf(TooManyCallsException.class)
                    .hasMessage(message);
            assertThat(failure(caller().callAsync("ask", Map.of())))
                    .isInstanceOf(TooManyCallsException.class)
                    .hasMessage(message);
        }

        @Test
        void are_refused_until_one_has_its_reply() {
            fill();
            assertThat(bus.requests).hasSize(LIMIT);

            bus.reply().complete(reply(200, "done"));
            assertThat(pool.free().availablePermits()).isEqualTo(1);
            fill();
            assertThat(bus.requests).hasSize(LIMIT + 1);
        }

        @Test
        void are_refused_until_one_fails_or_is_cancelled() {
            fill();
            bus.reply().completeExceptionally(new IllegalStateException());
            assertThat(pool.free().availablePermits()).isEqualTo(1);
            fill();
            waiting.get(0).cancel(true);
            assertThat(pool.free().availablePermits()).isEqualTo(1);
            fill();
        }

        @Test
        void do_not_come_of_calls_that_ended_badly() {
            Caller late = caller().timeout(Duration.ofMillis(1));
            for (int i = 0; i < 2 * LIMIT; i++) {
                assertThatThrownBy(() -> late.call("ask", Map.of())).isInstanceOf(CallTimeoutException.class);
                assertThat(failure(late.callAsync("ask", Map.of()))).isInstanceOf(CallTimeoutException.class);
            }
            bus.answer = () -> {
                throw new IllegalStateException("broken");
            };
            for (int i = 0; i < 2 * LIMIT; i++) {
                assertThatThrownBy(() -> caller().call("ask", Map.of())).isInstanceOf(CallException.class);
            }
            bus.answer = () -> {
                throw new StackOverflowError("broken");
            };
            for (int i = 0; i < 2 * LIMIT; i++) {
                assertThatThrownBy(() -> caller().call("ask", Map.of())).isInstanceOf(StackOverflowError.class);
            }

            assertThat(pool.free().availablePermits()).isEqualTo(LIMIT);
        }
    }
}
