/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import static dev.cyanotype.spi.Lanes.offer;
import static dev.cyanotype.spi.Lanes.offerAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.cyanotype.CapturedLog;
import dev.cyanotype.message.Gap;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.Overflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of messages for a listener that is too slow, and how it learns of it. */
class OverflowTest {

    private final Lanes lanes = new Lanes();
    private final List<Gap> gaps = new CopyOnWriteArrayList<>();

    /** A lane in which two messages may wait. */
    private ListenerLane lane(Overflow overflow) {
        return lanes.lane(options -> options.capacity(2).overflow(overflow).onGap(gap -> {
            gaps.add(gap);
            lanes.record.add("gap");
        }));
    }

    /** A moment that is later than any before. */
    private static Instant later() {
        Instant now = Instant.now();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> Instant.now().isAfter(now));
        return Instant.now();
    }

    @Nested
    class The_oldest {

        @Test
        void are_lost_and_the_listener_hears_that_before_the_rest() {
            ListenerLane lane = lane(Overflow.DROP_OLDEST);

            for (int n = 1; n <= 5; n++) {
                assertThat(offer(lane, n)).isTrue();
            }
            lanes.runAllGiven();

            assertThat(lanes.record).containsExactly("gap", "4", "5");
            assertThat(lane.dropped()).isEqualTo(3);
            assertThat(gaps).singleElement().satisfies(gap -> {
                assertThat(gap.channel()).isEqualTo("x");
                assertThat(gap.cause()).isEqualTo(Gap.Cause.QUEUE_FULL);
            });
        }

        @Test
        void leave_a_gap_from_when_the_first_of_them_came() {
            ListenerLane lane = lane(Overflow.DROP_OLDEST);
            Instant before = Instant.now();
            offer(lane, 1);
            Instant after = Instant.now();
            later();
            offerAll(lane, 2, 3);
            Instant beforeLast = later();
            offer(lane, 4);
            Instant afterLast = Instant.now();

            lanes.runAllGiven();

            assertThat(gaps).singleElement().satisfies(gap -> {
                assertThat(gap.from()).isBetween(before, after);
                assertThat(gap.to()).isBetween(beforeLast, afterLast);
            });
        }

        @Test
        void leave_one_gap_with_those_around_them() {
            ListenerLane lane = lane(Overflow.DROP_OLDEST);
            Instant from = Instant.parse("2026-01-01T00:00:00Z");
            Instant to = Instant.parse("2026-01-01T00:01:00Z");
            Instant future = Instant.now().plus(Duration.ofDays(1));
            lane.missed(from, to);
            offer(lane, 1);
            lane.missed(to, future);
            offerAll(lane, 2, 3);

            lanes.runAllGiven();

            assertThat(lanes.record).containsExactly("gap", "2", "3");
            assertThat(gaps).containsExactly(new Gap("x", from, future, Gap.Cause.CONNECTION_LOST));
        }

        @Test
        void leave_another_gap_if_they_come_after_the_rest_was_heard() {
            ListenerLane lane = lane(Overflow.DROP_OLDEST);
            offerAll(lane, 1, 3);
            lanes.runAllGiven();
            offerAll(lane, 4, 6);
            lanes.runAllGiven();

            assertThat(lanes.record).containsExactly("gap", "2", "3", "gap", "5", "6");
        }
    }

    @Nested
    class The_newest {

        @Test
        void are_lost_and_the_listener_hears_that_after_the_rest() {
            ListenerLane lane = lane(Overflow.DROP_NEW);
            offerAll(lane, 1, 2);

            Instant before = Instant.now();
            assertThat(offer(lane, 3)).isFalse();
            Instant beforeLast = later();
            assertThat(offer(lane, 4)).isFalse();
            Instant after = Instant.now();
            lanes.runAllGiven();
            offer(lane, 5);
            lanes.runAllGiven();

            assertThat(lanes.record).containsExactly("1", "2", "gap", "5");
            assertThat(lane.dropped()).isEqualTo(2);
            assertThat(gaps).singleElement().satisfies(gap -> {
                assertThat(gap.from()).isBetween(before, beforeLast);
                assertThat(gap.to()).isBetween(beforeLast, after);
                assertThat(gap.cause()).isEqualTo(Gap.Cause.QUEUE_FULL);
            });
        }

        @Test
        void may_be_an_error() {
            ListenerLane lane = lane(Overflow.FAIL);
            offerAll(lane, 1, 2);

            MessagingException refusal = catchThrowableOfType(MessagingException.class, () -> offer(lane, 3));
            assertThat(refusal)
                    .hasMessage("listener of 'x' (A.java:1): 2 messages wait for it already, so this one is lost");
            assertThat(refusal.reason()).isEqualTo(MessagingException.Reason.QUEUE_FULL);
            lanes.runAllGiven();
            offer(lane, 4);
            lanes.runAllGiven();

            assertThat(lanes.record).containsExactly("1", "2", "gap", "4");
            assertThat(lane.dropped()).isEqualTo(1);
        }
    }

    @Nested
    class A_sender_that_waits {

        private final AtomicReference<Thread> sender = new AtomicReference<>();

        private CompletableFuture<Boolean> offerLater(ListenerLane lane) {
            CompletableFuture<Boolean> taken = new CompletableFuture<>();
            sender.set(new Thread(() -> {
                try {
                    taken.complete(offer(lane, 3));
                } catch (Throwable e) {
                    taken.completeExceptionally(e);
                }
            }));
            sender.get().start();
            await().until(() -> sender.get().getState() == Thread.State.WAITING);
            assertThat(taken).isNotDone();
            return taken;
        }

        @Test
        void goes_on_when_there_is_room() throws Exception {
            ListenerLane lane = lane(Overflow.BLOCK);
            offerAll(lane, 1, 2);
            CompletableFuture<Boolean> taken = offerLater(lane);

            // Until it has taken the lane's lock, what runs here may be at the end.
            lanes.runAllGiven();

            assertThat(taken.get(20, TimeUnit.SECONDS)).isTrue();
            lanes.runAllGiven();
            assertThat(lanes.record).containsExactly("1", "2", "3");
            assertThat(lane.dropped()).isZero();
            assertThat(gaps).isEmpty();
        }

        @Test
        void goes_on_at_the_end_and_its_message_is_lost() throws Exception {
            ListenerLane lane = lane(Overflow.BLOCK);
            offerAll(lane, 1, 2);
            CompletableFuture<Boolean> taken = offerLater(lane);

            assertThat(lane.close()).isEqualTo(2);

            assertThat(taken.get(20, TimeUnit.SECONDS)).isFalse();
            lanes.runAllGiven();
            assertThat(lanes.record).isEmpty();
        }

        @Test
        void goes_on_when_it_is_interrupted() {
            ListenerLane lane = lane(Overflow.BLOCK);
            offerAll(lane, 1, 2);
            CompletableFuture<Boolean> taken = offerLater(lane);

            sender.get().interrupt();

            assertThat(taken)
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withRootCauseInstanceOf(InterruptedException.class);
            lanes.runAllGiven();
            assertThat(lanes.record).containsExactly("1", "2");
        }
    }

    @Nested
    class A_lost_connection {

        private final Instant from = Instant.parse("2026-01-01T00:00:00Z");
        private final Instant to = Instant.parse("2026-01-01T00:01:00Z");

        @Test
        void is_told_between_the_messages_before_and_after_it_and_logged() {
            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                ListenerLane lane = lane(Overflow.DROP_OLDEST);
                offer(lane, 1);
                lane.missed(from, to);
                offer(lane, 2);

                lanes.runAllGiven();

                assertThat(lanes.record).containsExactly("1", "gap", "2");
                assertThat(gaps).containsExactly(new Gap("x", from, to, Gap.Cause.CONNECTION_LOST));
                assertThat(log.lines())
                        .containsExactly("WARN listener of 'x' (A.java:1): messages from 2026-01-01T00:00:00Z to"
                                + " 2026-01-01T00:01:00Z were missed (CONNECTION_LOST)");
            }
        }

        @Test
        void is_told_also_where_no_message_comes() {
            lane(Overflow.DROP_OLDEST).missed(from, to);

            lanes.runAllGiven();

            assertThat(lanes.record).containsExactly("gap");
        }

        @Test
        void is_one_with_the_next_if_nothing_came_between_them() {
            ListenerLane lane = lane(Overflow.DROP_OLDEST);
            lane.missed(from.plusSeconds(120), to.plusSeconds(120));
            lane.missed(from, to);

            lanes.runAllGiven();

            assertThat(gaps).containsExactly(new Gap("x", from, to.plusSeconds(120), Gap.Cause.CONNECTION_LOST));
        }

        @Test
        void takes_no_room() {
            ListenerLane lane = lane(Overflow.DROP_NEW);
            lane.missed(from, to);

            assertThat(offer(lane, 1)).isTrue();
            assertThat(offer(lane, 2)).isTrue();
            assertThat(offer(lane, 3)).isFalse();
        }

        @Test
        void hurts_nobody_if_the_listener_can_not_bear_it() {
            try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
                ListenerLane lane = lanes.lane(options -> options.onGap(gap -> {
                    throw new AssertionError("broken");
                }));
                lane.missed(from, to);
                offer(lane, 1);

                lanes.runAllGiven();

                assertThat(lanes.record).containsExactly("1");
                assertThat(log.lines()).containsExactly("ERROR listener of 'x' (A.java:1) failed");
            }
        }

        @Test
        void may_interrupt_who_is_told_and_the_executor_learns_it() throws Exception {
            ListenerLane lane = lanes.lane(options -> options.onGap(gap -> {
                throw new InterruptedException("broken");
            }));
            lane.missed(from, to);

            Thread thread = new Thread(() -> {
                lanes.runAllGiven();
                lanes.record.add("interrupted " + Thread.currentThread().isInterrupted());
            });
            thread.start();
            thread.join();

            assertThat(lanes.record).containsExactly("interrupted true");
        }
    }

    @Test
    void a_lane_that_is_not_full_loses_nothing() {
        for (Overflow overflow : Overflow.values()) {
            lanes.record.clear();
            ListenerLane lane = lane(overflow);
            for (int n = 1; n < 20; n += 2) {
                offerAll(lane, n, n + 1);
                lanes.runAllGiven();
            }
            assertThat(lanes.record).hasSize(20);
            assertThat(gaps).isEmpty();
        }
        assertThatThrownBy(() -> lanes.lane(options -> options.overflow(null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("policy");
    }
}
