/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import java.time.Duration;
import java.util.List;

/**
 * What became of what was under way when an app was told to stop.
 *
 * @param failed hooks that threw something
 * @param unended what was abandoned, each with its kind and name
 */
public record StopOutcome(
        Duration budget,
        Duration took,
        Work requests,
        Work actions,
        Work messages,
        Work entries,
        Work websocketMessages,
        Work tasks,
        long refused,
        long socketsClosed,
        long socketsCut,
        List<String> failed,
        List<String> unended) {

    /** How much of one kind has ended, and how much was cut off. */
    public record Work(long finished, long cut) {

        static Work of(long before, long after) {
            long cut = Math.min(before, after);
            return new Work(before - cut, cut);
        }

        private String text(String noun) {
            return noun + " " + finished + (cut == 0 ? "" : " (" + cut + " cut)");
        }
    }

    public StopOutcome {
        failed = List.copyOf(failed);
        unended = List.copyOf(unended);
    }

    /** How much has ended as it should. */
    public long finished() {
        return requests.finished()
                + actions.finished()
                + messages.finished()
                + entries.finished()
                + websocketMessages.finished()
                + tasks.finished();
    }

    /** How much was cut off. */
    public long cut() {
        return requests.cut()
                + actions.cut()
                + messages.cut()
                + entries.cut()
                + websocketMessages.cut()
                + tasks.cut()
                + socketsCut;
    }

    @Override
    public String toString() {
        return "%d ms of %d ms: finished %d (%s, %s, %s, %s, %s, %s), refused %d, cut %d, websockets closed %d%s%s"
                .formatted(
                        took.toMillis(),
                        budget.toMillis(),
                        finished(),
                        requests.text("requests"),
                        actions.text("actions"),
                        messages.text("messages"),
                        entries.text("entries"),
                        websocketMessages.text("websocket messages"),
                        tasks.text("tasks"),
                        refused,
                        cut(),
                        socketsClosed,
                        failed.isEmpty() ? "" : "; failed: " + String.join(", ", failed),
                        unended.isEmpty() ? "" : "; abandoned: " + String.join(", ", unended));
    }
}
