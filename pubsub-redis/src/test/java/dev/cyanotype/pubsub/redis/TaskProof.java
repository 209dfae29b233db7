/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What follows from the notes of all replicas: that they ran the task one after the other, and with no long break. */
final class TaskProof {

    /** A lease is a little shorter than what was declared, so that there is time to ask for it when it is over. */
    private static final double HELD = 0.9;

    /** Redis ends what has a time to live by a clock that it reads now and then, in milliseconds. */
    private static final long TICKS = 2_000;

    /**
     * A run whose begin was accepted.
     *
     * @param end null if it did not come, or was refused
     */
    private record Run(TaskNote begin, @Nullable TaskNote end) {

        boolean isOpen() {
            return end == null;
        }
    }

    private final List<TaskNote> notes;
    private final List<Run> runs = new ArrayList<>();
    private final List<TaskNote> refused = new ArrayList<>();

    TaskProof(List<TaskNote> notes) {
        this.notes = notes;
        Map<Long, TaskNote> ends = new HashMap<>();
        for (TaskNote note : notes) {
            if (!note.isAccepted()) {
                refused.add(note);
            } else if (!note.isBegin()) {
                assertThat(ends.put(note.token(), note)).as("end of %s", note).isNull();
            }
        }
        for (TaskNote note : notes) {
            if (note.isAccepted() && note.isBegin()) {
                runs.add(new Run(note, ends.remove(note.token())));
            }
        }
        assertThat(ends).as("ends without a begin").isEmpty();
    }

    private static Duration between(TaskNote from, TaskNote to) {
        return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(to.micros() - from.micros()));
    }

    /** The times from each begin to the next. */
    private List<Duration> gaps() {
        List<Duration> gaps = new ArrayList<>();
        for (int i = 1; i < runs.size(); i++) {
            gaps.add(between(runs.get(i - 1).begin, runs.get(i).begin));
        }
        return gaps;
    }

    int runs() {
        return runs.size();
    }

    long openRuns() {
        return runs.stream().filter(Run::isOpen).count();
    }

    int refused() {
        return refused.size();
    }

    Duration longestGap() {
        return gaps().stream().max(Duration::compareTo).orElseThrow();
    }

    private List<Duration> breaks() {
        return gaps().stream()
                .filter(gap -> gap.compareTo(TaskReplica.INTERVAL.multipliedBy(2)) > 0)
                .toList();
    }

    private Duration idle() {
        return breaks().stream().reduce(Duration.ZERO, Duration::plus);
    }

    /** Checks that no two runs were there at once, but for those that could not end. */
    void assertOneAfterTheOther(Set<String> killed, Set<String> frozen, Duration lease) {
        for (TaskNote note : refused) {
            assertThat(frozen).as("refused though it was not frozen: %s", note).contains(note.replica());
        }
        long held = (long) (TimeUnit.NANOSECONDS.toMicros(lease.toNanos()) * HELD) - TICKS;
        for (int i = 1; i < runs.size(); i++) {
            Run run = runs.get(i - 1);
            TaskNote next = runs.get(i).begin;
            assertThat(next.token()).as("token of %s after %s", next, run).isGreaterThan(run.begin.token());
            if (run.end != null) {
                assertThat(notes.indexOf(next))
                        .as("%s begins before the end of %s", next, run)
                        .isGreaterThan(notes.indexOf(run.end));
            } else {
                assertThat(killed.contains(run.begin.replica()) || frozen.contains(run.begin.replica()))
                        .as("it has not ended, though it could: %s", run)
                        .isTrue();
                // A token is the time at which the lease was taken.
                assertThat(next.token() - run.begin.token())
                        .as("%s takes the lease of %s before it is over", next, run)
                        .isGreaterThanOrEqualTo(held);
            }
        }
    }

    /** Checks that somebody began a run at least as often as that. */
    void assertNoGapOver(Duration most) {
        for (int i = 1; i < runs.size(); i++) {
            Run run = runs.get(i - 1);
            Run next = runs.get(i);
            assertThat(between(run.begin, next.begin))
                    .as("from %s to %s; %s", run, next, this)
                    .isLessThanOrEqualTo(most);
        }
    }

    /** Checks that there was about one run for each interval that was not lost to a takeover. */
    void assertPlausibleNumber() {
        Duration span = between(runs.get(0).begin, runs.get(runs.size() - 1).begin);
        double expected = 1 + breaks().size() + (double) span.minus(idle()).toNanos() / TaskReplica.INTERVAL.toNanos();
        assertThat((double) runs.size()).as(toString()).isBetween(0.8 * expected, 1.05 * expected + 1);
    }

    @Override
    public String toString() {
        return "%d runs, %d of them without an end, %d notes refused, longest gap %d ms, %d ms in %d breaks"
                .formatted(runs(), openRuns(), refused(), longestGap().toMillis(), idle().toMillis(), breaks().size());
    }
}
