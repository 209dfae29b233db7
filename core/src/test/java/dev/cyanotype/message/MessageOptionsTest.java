/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageOptionsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static void refused(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    private static void missing(String name, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(name);
    }

    @Nested
    class Of_an_action {

        @Test
        void let_one_replica_run_a_request_unless_all_are_to() {
            ActionOptions usual = ActionOptions.builder().build();
            assertThat(usual.delivery()).isEqualTo(Delivery.ONE_OF);
            assertThat(usual).hasToString("ActionOptions[ONE_OF]");

            ActionOptions all = usual.toBuilder().delivery(Delivery.ALL).build();
            assertThat(all.delivery()).isEqualTo(Delivery.ALL);
            assertThat(all.toBuilder().build().delivery()).isEqualTo(Delivery.ALL);
            missing("delivery", () -> ActionOptions.builder().delivery(null));
        }
    }

    @Nested
    class Of_a_listener {

        @Test
        void are_the_usual_ones_unless_said_otherwise() throws Exception {
            ListenerOptions usual = ListenerOptions.builder().build();

            assertThat(usual.concurrency()).isEqualTo(1);
            assertThat(usual.capacity()).isEqualTo(10_000);
            assertThat(usual.overflow()).isEqualTo(Overflow.DROP_OLDEST);
            usual.onGap().missed(null);
            assertThat(usual).hasToString("ListenerOptions[concurrency=1, capacity=10000, DROP_OLDEST]");
        }

        @Test
        void are_kept_by_a_copy() throws Exception {
            List<Gap> gaps = new ArrayList<>();
            ListenerOptions options = ListenerOptions.builder()
                    .concurrency(2)
                    .capacity(3)
                    .overflow(Overflow.BLOCK)
                    .onGap(gaps::add)
                    .build();

            ListenerOptions copy = options.toBuilder().build();

            assertThat(copy).hasToString("ListenerOptions[concurrency=2, capacity=3, BLOCK]");
            copy.onGap().missed(null);
            assertThat(gaps).hasSize(1);
            assertThat(copy.toBuilder().concurrency(9).build().concurrency()).isEqualTo(9);
            assertThat(copy.concurrency()).isEqualTo(2);
        }

        @ParameterizedTest
        @CsvSource({"0", "-1", "1025"})
        void hear_from_1_to_1024_messages_at_once(int concurrency) {
            refused(
                    "listener: concurrency " + concurrency + " (expected: 1 to 1024)",
                    () -> ListenerOptions.builder().concurrency(concurrency));
        }

        @ParameterizedTest
        @CsvSource({"0", "-1", "10000001"})
        void let_from_1_to_10_million_messages_wait(int capacity) {
            refused(
                    "listener: capacity " + capacity + " (expected: 1 to 10000000)",
                    () -> ListenerOptions.builder().capacity(capacity));
        }

        @Test
        void are_refused_where_something_is_missing() {
            missing("policy", () -> ListenerOptions.builder().overflow(null));
            missing("listener", () -> ListenerOptions.builder().onGap(null));
        }
    }

    @Nested
    class Of_a_consumer {

        @Test
        void are_the_usual_ones_unless_said_otherwise() {
            ConsumerOptions usual = ConsumerOptions.builder().build();

            assertThat(usual.concurrency()).isEqualTo(1);
            assertThat(usual.maxDeliveries()).isEqualTo(5);
            assertThat(usual.reclaimAfter()).isEqualTo(Duration.ofSeconds(30));
            assertThat(usual.deadLetters()).isNull();
            assertThat(usual)
                    .hasToString("ConsumerOptions[concurrency=1, maxDeliveries=5, retries PT1S to PT1M,"
                            + " reclaimAfter=PT30S]");
        }

        @Test
        void are_kept_by_a_copy() {
            ConsumerOptions copy = ConsumerOptions.builder()
                    .concurrency(2)
                    .maxDeliveries(3)
                    .retries(SECOND, Duration.ofSeconds(3))
                    .reclaimAfter(Duration.ofSeconds(4))
                    .deadLetters("dead")
                    .build()
                    .toBuilder()
                    .build();

            assertThat(copy)
                    .hasToString("ConsumerOptions[concurrency=2, maxDeliveries=3, retries PT1S to PT3S,"
                            + " reclaimAfter=PT4S]");
            assertThat(copy.deadLetters()).isEqualTo("dead");
        }

        @ParameterizedTest
        @CsvSource({"0,1", "1,1", "2,2", "3,4", "6,32", "7,60", "8,60", "1000000,60", "-1,1"})
        void let_an_entry_rest_twice_as_long_after_each_failure_but_not_for_ever(int deliveries, int seconds) {
            assertThat(ConsumerOptions.builder().build().retryAfter(deliveries)).isEqualTo(Duration.ofSeconds(seconds));
        }

        @Test
        void let_an_entry_rest_for_any_time() {
            Duration ages = Duration.ofSeconds(Long.MAX_VALUE);
            ConsumerOptions options = ConsumerOptions.builder()
                    .retries(Duration.ofMillis(1), ages)
                    .build();

            assertThat(options.retryAfter(1)).isEqualTo(Duration.ofMillis(1));
            assertThat(options.retryAfter(1_000_000)).isEqualTo(Duration.ofMillis(1 << 30));
            assertThat(ConsumerOptions.builder().retries(ages, ages).build().retryAfter(3))
                    .isEqualTo(ages);
        }

        @ParameterizedTest
        @CsvSource({"0", "-1", "1025"})
        void handle_from_1_to_1024_entries_at_once(int concurrency) {
            refused(
                    "consumer: concurrency " + concurrency + " (expected: 1 to 1024)",
                    () -> ConsumerOptions.builder().concurrency(concurrency));
        }

        @ParameterizedTest
        @CsvSource({"0", "-1", "1000001"})
        void try_an_entry_from_once_to_a_million_times(int deliveries) {
            refused(
                    "consumer: maxDeliveries " + deliveries + " (expected: 1 to 1000000)",
                    () -> ConsumerOptions.builder().maxDeliveries(deliveries));
        }

        @Test
        void have_times_of_a_millisecond_or_more() {
            refused(
                    "consumer: first retry PT0S (expected: PT0.001S or more)",
                    () -> ConsumerOptions.builder().retries(Duration.ZERO, SECOND));
            refused(
                    "consumer: longest retry PT0.001S (expected: PT1S or more)",
                    () -> ConsumerOptions.builder().retries(SECOND, Duration.ofMillis(1)));
            refused(
                    "consumer: reclaimAfter PT-1S (expected: PT0.001S or more)",
                    () -> ConsumerOptions.builder().reclaimAfter(SECOND.negated()));
        }

        @Test
        void are_as_they_were_where_one_was_refused() {
            ConsumerOptions.Builder builder = ConsumerOptions.builder();

            refused(
                    "consumer: longest retry PT0.001S (expected: PT2S or more)",
                    () -> builder.retries(Duration.ofSeconds(2), Duration.ofMillis(1)));

            assertThat(builder.build().retryAfter(1)).isEqualTo(SECOND);
        }

        @Test
        void are_refused_where_something_is_missing() {
            missing("first", () -> ConsumerOptions.builder().retries(null, SECOND));
            missing("longest", () -> ConsumerOptions.builder().retries(SECOND, null));
            missing("silence", () -> ConsumerOptions.builder().reclaimAfter(null));
            missing("stream", () -> ConsumerOptions.builder().deadLetters(null));
            refused(
                    "consumer: the stream for dead letters has an empty name",
                    () -> ConsumerOptions.builder().deadLetters(""));
        }
    }
}
