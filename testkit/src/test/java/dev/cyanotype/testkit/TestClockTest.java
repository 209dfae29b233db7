/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.spi.AppClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TestClockTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestClock clock = TestClock.create();
    private final List<String> record = new CopyOnWriteArrayList<>();

    private AppClock.Timeout after(Duration delay, String what) {
        return clock.schedule(
                delay, () -> record.add(what + " at " + LocalTime.ofInstant(clock.instant(), ZoneOffset.UTC)));
    }

    @Nested
    class Without_being_moved {

        @Test
        void stands_at_the_beginning_of_2000() {
            assertThat(clock.instant()).isEqualTo("2000-01-01T00:00:00Z");
            assertThat(clock.millis()).isEqualTo(946_684_800_000L);
            assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
            assertThat(clock).hasToString("TestClock[2000-01-01T00:00:00Z, 0 pending]");
        }

        @Test
        void may_stand_anywhere() {
            assertThat(TestClock.at(Instant.EPOCH).instant()).isEqualTo(Instant.EPOCH);
        }

        @Test
        void makes_nothing_happen() {
            after(Duration.ZERO, "now");
            after(SECOND.negated(), "before");
            after(SECOND, "later");

            assertThat(record).isEmpty();
            assertThat(clock.pending()).isEqualTo(3);
        }
    }

    @Nested
    class Advancing {

        @Test
        void makes_what_is_due_happen_in_its_order_each_at_its_time() {
            after(SECOND.multipliedBy(3), "third");
            after(SECOND, "first");
            after(SECOND.multipliedBy(2), "second");
            after(SECOND.multipliedBy(4), "too late");

            clock.advance(SECOND.multipliedBy(3).plusMillis(500));

            assertThat(record).containsExactly("first at 00:00:01", "second at 00:00:02", "third at 00:00:03");
            assertThat(clock.instant()).isEqualTo("2000-01-01T00:00:03.500Z");
            assertThat(clock.nanoTime()).isEqualTo(3_500_000_000L);
            assertThat(clock.pending()).isEqualTo(1);
        }

        @Test
        void keeps_the_order_of_what_is_due_at_the_same_time() {
            IntStream.range(0, 100).forEach(i -> clock.schedule(SECOND, () -> record.add("" + i)));

            clock.advance(SECOND);

            assertThat(record)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 100).mapToObj(i -> "" + i).toList());
        }

        @Test
        void makes_what_is_scheduled_meanwhile_happen_within_its_time() {
            clock.schedule(SECOND, () -> {
                after(SECOND, "inside");
                after(Duration.ZERO, "at once");
                after(MINUTE, "outside");
            });
            after(SECOND.multipliedBy(2), "planned");

            clock.advance(SECOND.multipliedBy(2));

            assertThat(record).containsExactly("at once at 00:00:01", "planned at 00:00:02", "inside at 00:00:02");
            assertThat(clock.pending()).isEqualTo(1);
        }

        @Test
        void by_nothing_makes_happen_what_is_due_now() {
            after(Duration.ZERO, "now");
            after(Duration.ofNanos(1), "later");

            clock.advance(Duration.ZERO);

            assertThat(record).containsExactly("now at 00:00");
        }

        @Test
        void in_steps_is_the_same_as_at_once() {
            TestClock other = TestClock.create();
            List<Long> inSteps = new CopyOnWriteArrayList<>();
            List<Long> atOnce = new CopyOnWriteArrayList<>();
            every(Duration.ofMillis(300), clock, inSteps);
            every(Duration.ofMillis(300), other, atOnce);

            IntStream.range(0, 70).forEach(i -> clock.advance(Duration.ofMillis(100)));
            other.advance(Duration.ofSeconds(7));

            assertThat(inSteps).hasSize(23).isEqualTo(atOnce);
        }

        private void every(Duration period, TestClock time, List<Long> times) {
            time.schedule(period, () -> {
                times.add(time.nanoTime());
                every(period, time, times);
            });
        }

        @Test
        void goes_to_an_instant() {
            after(MINUTE, "done");

            clock.advanceTo(Instant.parse("2000-01-01T00:01:00Z"));

            assertThat(record).containsExactly("done at 00:01");
            assertThat(clock.instant()).isEqualTo("2000-01-01T00:01:00Z");
        }

        @Test
        void happens_on_the_calling_thread() {
            List<Thread> threads = new CopyOnWriteArrayList<>();
            clock.schedule(SECOND, () -> threads.add(Thread.currentThread()));

            clock.advance(SECOND);

            assertThat(threads).containsExactly(Thread.currentThread());
        }

        @Test
        void goes_on_after_something_that_fails_which_is_logged() {
            clock.schedule(SECOND, () -> {
                throw new IllegalStateException("broken");
            });
            clock.schedule(SECOND, () -> {
                throw new AssertionError("broken too");
            });
            after(SECOND, "next");

            try (LoggedErrors errors = new LoggedErrors("dev.cyanotype.testkit")) {
                clock.advance(SECOND);

                assertThat(errors.lines())
                        .containsExactly(
                                "ERROR something that was scheduled failed",
                                "ERROR something that was scheduled failed");
                assertThat(errors.causes()).containsExactly("broken", "broken too");
            }
            assertThat(record).containsExactly("next at 00:00:01");
        }

        @Test
        void back_is_refused() {
            assertThatThrownBy(() -> clock.advance(SECOND.negated()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("clock: advance by PT-1S (expected: zero or more)."
                            + " Use jump to set the calendar back; time itself only goes on.");
            assertThatThrownBy(() -> clock.advanceTo(Instant.parse("1999-12-31T23:59:59Z")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("clock: advance to 1999-12-31T23:59:59Z, but it is 2000-01-01T00:00:00Z already"
                            + " (expected: now or later). Use jump to set the calendar back.");
        }

        @Test
        void beyond_what_can_be_counted_is_refused() {
            clock.advance(Duration.ofDays(365));

            assertThatThrownBy(() -> clock.advance(Duration.ofDays(365 * 292)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("clock: advance by PT2557920H (expected: less than 292 years in total)");
            assertThat(clock.instant()).isEqualTo("2000-12-31T00:00:00Z");
        }

        @Test
        void by_something_that_it_makes_happen_is_refused() {
            clock.schedule(SECOND, () -> clock.advance(SECOND));

            try (LoggedErrors errors = new LoggedErrors("dev.cyanotype.testkit")) {
                clock.advance(MINUTE);

                assertThat(errors.causes())
                        .containsExactly("clock: advanced by something that it has made happen at 2000-01-01T00:00:01Z"
                                + " (expected: only the test moves it). Schedule what is to happen later.");
            }
            assertThat(clock.instant()).isEqualTo("2000-01-01T00:01:00Z");
        }

        @Test
        void by_two_threads_happens_one_after_the_other() throws Exception {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch other = new CountDownLatch(1);
            clock.schedule(SECOND, () -> {
                begun.countDown();
                awaitLatch(other);
                record.add("first");
            });
            clock.schedule(SECOND.multipliedBy(2), () -> record.add("second"));

            Thread first = new Thread(() -> clock.advance(SECOND));
            first.start();
            awaitLatch(begun);
            Thread second = new Thread(() -> clock.advance(SECOND));
            second.start();
            Awaitility.await().until(() -> second.getState() == Thread.State.WAITING);
            assertThat(clock.instant()).isEqualTo("2000-01-01T00:00:01Z");
            other.countDown();
            first.join();
            second.join();

            assertThat(record).containsExactly("first", "second");
            assertThat(clock.instant()).isEqualTo("2000-01-01T00:00:02Z");
        }
    }

    @Nested
    class What_is_scheduled {

        @Test
        void can_be_taken_back_once() {
            AppClock.Timeout timeout = after(SECOND, "never");
            AppClock.Timeout other = after(SECOND, "still");

            assertThat(timeout.cancel()).isTrue();
            assertThat(timeout.cancel()).isFalse();
            assertThat(clock.pending()).isEqualTo(1);
            clock.advance(SECOND);

            assertThat(record).containsExactly("still at 00:00:01");
            assertThat(other.cancel()).isFalse();
        }

        @Test
        void can_be_taken_back_by_what_happens_before_it() {
            AppClock.Timeout[] later = new AppClock.Timeout[1];
            clock.schedule(SECOND, () -> record.add("taken back: " + later[0].cancel()));
            later[0] = after(SECOND, "never");

            clock.advance(SECOND);

            assertThat(record).containsExactly("taken back: true");
        }

        @Test
        void may_be_for_ever() {
            after(Duration.ofSeconds(Long.MAX_VALUE), "never");
            clock.advance(SECOND);
            after(Duration.ofNanos(Long.MAX_VALUE), "never");

            clock.advance(Duration.ofDays(36500));

            assertThat(record).isEmpty();
            assertThat(clock.pending()).isEqualTo(2);
        }

        @Test
        void has_to_be_something() {
            assertThatThrownBy(() -> clock.schedule(SECOND, null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("task");
            assertThatThrownBy(() -> clock.schedule(null, () -> {}))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("delay");
        }
    }

    @Nested
    class The_calendar {

        @Test
        void may_jump_without_time_passing() {
            after(SECOND, "later");

            clock.jump(Duration.ofDays(1));
            assertThat(clock.instant()).isEqualTo("2000-01-02T00:00:00Z");
            clock.jump(Duration.ofDays(-2));
            assertThat(clock.instant()).isEqualTo("1999-12-31T00:00:00Z");

            assertThat(clock.nanoTime()).isZero();
            assertThat(record).isEmpty();
            clock.advance(SECOND);
            assertThat(record).containsExactly("later at 00:00:01");
            assertThat(clock.instant()).isEqualTo("1999-12-31T00:00:01Z");
        }

        @Test
        void is_seen_from_other_zones() {
            Clock berlin = clock.withZone(ZoneId.of("Europe/Berlin"));

            clock.advance(MINUTE);
            clock.jump(MINUTE);

            assertThat(LocalTime.now(berlin)).isEqualTo("01:02");
            assertThat(berlin.instant()).isEqualTo(clock.instant());
            assertThat(berlin.withZone(ZoneOffset.UTC).getZone()).isEqualTo(ZoneOffset.UTC);
            assertThat(berlin).hasToString("TestClock[2000-01-01T00:02:00Z, 0 pending] in Europe/Berlin");
        }
    }

    @Nested
    class Jitter {

        @Test
        void is_the_same_each_time_and_in_its_limits() {
            List<Duration> first = draws(clock);

            assertThat(first)
                    .isEqualTo(draws(TestClock.create()))
                    .doesNotHaveDuplicates()
                    .allMatch(jitter -> !jitter.isNegative() && jitter.compareTo(MINUTE) <= 0);
            assertThat(clock.jitter(Duration.ZERO)).isZero();
        }

        private static List<Duration> draws(TestClock clock) {
            return IntStream.range(0, 100).mapToObj(i -> clock.jitter(MINUTE)).toList();
        }
    }

    @Nested
    class Waiting {

        private final TestClock impatient = TestClock.impatient(Duration.ofMillis(200));

        @Test
        void ends_at_once_with_what_is_there_already() throws Exception {
            assertThat(clock.await(CompletableFuture.completedFuture(7), Duration.ZERO))
                    .isEqualTo(7);
            assertThatThrownBy(
                            () -> clock.await(CompletableFuture.failedFuture(new IllegalStateException("x")), SECOND))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessage("java.lang.IllegalStateException: x");
            assertThat(clock.pending()).isZero();
        }

        @Test
        void for_no_time_is_over_at_once() {
            assertThatThrownBy(() -> clock.await(new CompletableFuture<>(), Duration.ZERO))
                    .isInstanceOf(TimeoutException.class);
        }

        @Test
        void ends_with_what_comes_from_another_thread() throws Exception {
            CompletableFuture<Integer> future = new CompletableFuture<>();
            whenSomebodyWaits(clock, () -> future.complete(7));

            assertThat(clock.await(future, SECOND)).isEqualTo(7);
            assertThat(clock.pending()).isZero();
        }

        @Test
        void ends_with_a_failure_from_another_thread() {
            CompletableFuture<Integer> failing = new CompletableFuture<>();
            CompletableFuture<Integer> cancelled = new CompletableFuture<>();

            whenSomebodyWaits(clock, () -> failing.completeExceptionally(new IllegalStateException("x")));
            assertThatThrownBy(() -> clock.await(failing, SECOND))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessage("java.lang.IllegalStateException: x");

            whenSomebodyWaits(clock, () -> cancelled.cancel(false));
            assertThatThrownBy(() -> clock.await(cancelled, SECOND)).isInstanceOf(CancellationException.class);
        }

        @Test
        void is_over_when_another_thread_has_moved_the_clock_so_far() {
            whenSomebodyWaits(clock, () -> {
                clock.advance(SECOND.minusNanos(1));
                record.add("pending " + clock.pending());
                clock.advance(Duration.ofNanos(1));
            });

            assertThatThrownBy(() -> clock.await(new CompletableFuture<>(), SECOND))
                    .isInstanceOf(TimeoutException.class);
            assertThat(record).containsExactly("pending 1");
        }

        @Test
        void has_led_on_before_the_clock_goes_on() throws Exception {
            Thread waiting = new Thread(() -> {
                try {
                    clock.await(new CompletableFuture<>(), SECOND);
                } catch (TimeoutException e) {
                    // So long that the clock would be further on if it did not wait.
                    for (long begin = System.nanoTime(); System.nanoTime() - begin < 50_000_000; ) {
                        Thread.onSpinWait();
                    }
                    record.add("over at " + clock.instant());
                } catch (InterruptedException | ExecutionException e) {
                    record.add("" + e);
                }
            });
            waiting.start();
            Awaitility.await().until(() -> clock.pending() == 1);
            clock.schedule(SECOND.plusNanos(1), () -> record.add("next"));

            clock.advance(MINUTE);
            waiting.join();

            assertThat(record).containsExactly("over at 2000-01-01T00:00:01Z", "next");
        }

        @Test
        void fails_when_nobody_moves_the_clock() {
            assertThatThrownBy(() -> impatient.await(new CompletableFuture<>(), MINUTE))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage(
                            "clock: thread '" + Thread.currentThread().getName()
                                    + "' waits for up to PT1M at 2000-01-01T00:00:00Z, but nobody has moved the clock for PT0.2S of"
                                    + " real time (expected: another thread advances it). Advance it, or see to what is waited for.");
            assertThat(impatient.pending()).isZero();
        }

        @Test
        void goes_on_while_somebody_moves_the_clock() {
            long begin = System.nanoTime();
            Duration twice = Duration.ofMillis(500);
            whenSomebodyWaits(impatient, () -> {
                // As often as it takes until an impatient one would have given up twice.
                Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> {
                    impatient.advance(Duration.ofMillis(1));
                    return System.nanoTime() - begin > twice.toNanos();
                });
                impatient.advance(MINUTE);
            });

            assertThatThrownBy(() -> impatient.await(new CompletableFuture<>(), MINUTE))
                    .isInstanceOf(TimeoutException.class);
            assertThat(System.nanoTime() - begin).isGreaterThan(twice.toNanos());
        }

        private void whenSomebodyWaits(TestClock time, Runnable task) {
            CompletableFuture.runAsync(() -> {
                Awaitility.await().until(() -> time.pending() > 0);
                task.run();
            });
        }
    }

    @Nested
    class Settling_of_a_thread {

        private final CountDownLatch end = new CountDownLatch(1);
        private final AtomicBoolean rests = new AtomicBoolean();
        private volatile boolean busy = true;

        @Test
        void waits_until_it_rests() {
            Thread thread = start(() -> {
                rests.set(true);
                spin();
            });

            clock.settle(thread, () -> true, rests::get);

            assertThat(rests).isTrue();
            assertThat(thread.isAlive()).isTrue();
            busy = false;
        }

        @Test
        void waits_until_it_has_ended() {
            Thread thread = start(() -> record.add("done"));

            clock.settle(thread, () -> true, rests::get);

            assertThat(record).containsExactly("done");
        }

        @Test
        void does_not_wait_for_one_that_waits_for_somebody() {
            Thread thread = start(() -> awaitLatch(end));

            clock.settle(thread, () -> true, rests::get);

            assertThat(thread.getState()).isIn(Thread.State.WAITING, Thread.State.TIMED_WAITING);
            end.countDown();
        }

        @Test
        void does_not_wait_for_the_one_that_asks() {
            clock.settle(Thread.currentThread(), () -> true, rests::get);

            assertThat(rests).isFalse();
        }

        @Test
        void gives_up_on_one_that_neither_rests_nor_waits() {
            TestClock impatient = TestClock.impatient(Duration.ofMillis(400));
            Thread thread = start(this::spin);

            assertThatThrownBy(() -> impatient.settle(thread, () -> true, rests::get))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith(
                            "clock: thread 'settling' has neither rested nor waited for PT0.2S of real time"
                                    + " (expected: it does one of both, so that time can go on). It is at")
                    .hasMessageContaining("TestClockTest$Settling_of_a_thread.spin(TestClockTest.java:");
            busy = false;
        }

        @Test
        void that_fails_while_the_clock_advances_fails_the_test() {
            TestClock impatient = TestClock.impatient(Duration.ofMillis(400));
            Thread thread = start(this::spin);
            impatient.schedule(SECOND, () -> impatient.settle(thread, () -> true, rests::get));

            assertThatThrownBy(() -> impatient.advance(SECOND))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("clock: thread 'settling' has neither rested nor waited");
            busy = false;
            impatient.advance(SECOND);
        }

        private void spin() {
            while (busy) {
                Thread.onSpinWait();
            }
        }

        private Thread start(Runnable task) {
            Thread thread = new Thread(task, "settling");
            thread.setDaemon(true);
            thread.start();
            return thread;
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
