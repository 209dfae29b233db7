/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HoldingsTest {

    private final Holdings holdings = new Holdings(2);

    private static Held read(String id) {
        return Held.read(new Entry(id, List.of()), System.nanoTime());
    }

    private Held add(String id) {
        Held held = read(id);
        assertThat(holdings.add(held)).isTrue();
        return held;
    }

    private Held next() {
        return requireNonNull(holdings.next());
    }

    @Test
    void no_more_entries_go_on_than_there_are_places() throws InterruptedException {
        assertThat(holdings.awaitRoom(0)).isEqualTo(2);
        add("1");
        add("2");
        add("3");

        assertThat(next().id).isEqualTo("1");
        Held second = next();
        assertThat(holdings.next()).isNull();
        assertThat(holdings.awaitRoom(0)).isZero();
        holdings.remove(second);
        assertThat(next().id).isEqualTo("3");
    }

    @Test
    void as_many_are_read_on_top_as_are_worth_having_ready() throws InterruptedException {
        holdings.ahead(5);

        assertThat(holdings.awaitRoom(0)).isEqualTo(7);
        add("1");
        assertThat(holdings.awaitRoom(0)).isEqualTo(6);
    }

    @Test
    void an_entry_is_held_once() {
        add("1");

        assertThat(holdings.add(read("1"))).isFalse();
        assertThat(holdings.add(Held.taken("1", false))).isFalse();
        assertThat(holdings.size()).isEqualTo(1);
    }

    @Test
    void an_entry_that_rests_takes_no_place_and_no_room_until_it_is_woken() throws InterruptedException {
        Held failed = add("1");
        next();
        assertThat(holdings.rest(failed, 0)).isTrue();
        assertThat(holdings.awaitRoom(0)).isEqualTo(2);
        assertThat(holdings.next()).isNull();
        assertThat(holdings.ids()).containsExactly("1");

        holdings.wake(failed);
        assertThat(next()).isSameAs(failed);
        assertThat(failed.entry).as("is looked up anew").isNull();
    }

    @Test
    void an_entry_that_is_settling_does_not_rest() {
        Held settling = add("1");
        next();
        holdings.settle(settling);

        assertThat(holdings.rest(settling, 0)).isTrue();
        assertThat(settling.state).isEqualTo(Held.State.SETTLING);
    }

    @Test
    void entries_of_one_key_go_on_one_after_the_other_in_their_order() {
        Held first = add("1");
        Held second = add("2");
        Held third = add("3");
        assertThat(holdings.enter(next(), "key")).isTrue();
        assertThat(holdings.enter(next(), "key")).isFalse();
        assertThat(holdings.enter(next(), "key")).isFalse();
        Held other = add("4");
        assertThat(next()).isSameAs(other);

        holdings.remove(first);
        assertThat(next()).isSameAs(second);
        holdings.remove(other);
        assertThat(next()).isSameAs(third);
    }

    @Test
    void what_is_lost_is_forgotten_but_for_what_is_under_way() {
        Held busy = add("1");
        Held settling = add("2");
        next();
        next();
        holdings.settle(settling);
        add("3");

        holdings.renewed(List.of("1", "2", "3"), List.of("1", "2", "3"), 1);

        assertThat(holdings.ids()).containsExactly("1", "2");
        holdings.remove(busy);
        assertThat(holdings.next()).isNull();
    }

    @Test
    void what_has_waited_long_is_given_up_but_not_what_is_under_way() {
        add("1");
        add("2");
        next();
        next();
        Held waiting = add("3");
        Held taken = Held.taken("4", false);
        holdings.add(taken);

        assertThat(holdings.overdue(TimeUnit.MINUTES.toNanos(1))).isEmpty();
        waiting.waitsSince -= TimeUnit.MINUTES.toNanos(2);
        taken.waitsSince -= TimeUnit.MINUTES.toNanos(2);
        assertThat(holdings.hasBegunTaken()).isFalse();
        assertThat(holdings.overdue(TimeUnit.MINUTES.toNanos(1))).containsExactly(waiting, taken);
        assertThat(holdings.ids()).containsExactly("1", "2");
        assertThat(holdings.hasBegunTaken()).isTrue();
    }

    @Test
    void as_many_are_taken_over_as_are_worth_having_ready() {
        holdings.ahead(3);
        assertThat(holdings.roomToTake()).isEqualTo(5);
        holdings.add(Held.taken("1", false));
        holdings.add(Held.taken("2", false));

        assertThat(holdings.roomToTake()).isEqualTo(3);
        next();
        assertThat(holdings.roomToTake()).isEqualTo(4);
    }

    @Test
    void the_end_gives_what_was_not_begun_and_takes_nothing_more() throws InterruptedException {
        Held busy = add("1");
        Held resting = add("2");
        next();
        next();
        holdings.rest(resting, 0);
        Held waiting = add("3");

        assertThat(holdings.end()).containsExactly(resting, waiting);
        assertThat(holdings.add(read("4"))).isFalse();
        assertThat(holdings.next()).isNull();
        assertThat(holdings.awaitRoom(TimeUnit.MINUTES.toNanos(1))).isZero();
        assertThat(holdings.roomToTake()).isZero();
        assertThat(holdings.awaitNone(0)).isFalse();
        assertThat(holdings.rest(busy, 0)).isFalse();
        assertThat(holdings.awaitNone(0)).isTrue();
    }
}
