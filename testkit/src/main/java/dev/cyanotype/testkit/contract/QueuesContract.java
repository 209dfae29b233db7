/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.message.CallException;
import dev.cyanotype.message.Gap;
import dev.cyanotype.message.ListenerOptions;
import dev.cyanotype.message.Overflow;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What waits for a listener, and what becomes of it when too much does. */
@Rule({26, 27})
abstract class QueuesContract extends ContractApps {

    private final String channel = own("burst");
    private final CountDownLatch gate = gate();

    /** What another listener of the channel, one that is quick, has heard. */
    private final List<String> watched = new CopyOnWriteArrayList<>();

    private final List<Gap> gaps = new CopyOnWriteArrayList<>();

    /** An app whose listener hears the first message until the gate is opened, and lets two wait. */
    private App start(Overflow overflow, Consumer<ListenerOptions.Builder> more) {
        return start(app().register(Blueprint.named("slow")
                        .listen(
                                channel,
                                JsonNode.class,
                                (message, ctx) -> {
                                    seen.add("heard " + message.path("n"));
                                    pass(gate);
                                },
                                options -> more.accept(
                                        options.capacity(2).overflow(overflow).onGap(gap -> {
                                            gaps.add(gap);
                                            seen.add("gap");
                                        })))
                        .build())
                .register(Blueprint.named("watch")
                        .listen(
                                channel,
                                (message, ctx) -> watched.add(message.path("n").asString()))
                        .build()));
    }

    /** Messages 1 to 10, of which all but the last have reached both listeners. */
    private void burst(App app) {
        send(app, channel, 1, 1);
        eventually().until(() -> seen.contains("heard 1"));
        send(app, channel, 2, 10);
        eventually().until(() -> watched.contains("10"));
    }

    private void checkGap() {
        assertThat(gaps).singleElement().satisfies(gap -> {
            assertThat(gap.channel()).isEqualTo(channel);
            assertThat(gap.cause()).isEqualTo(Gap.Cause.QUEUE_FULL);
            assertThat(gap.from()).isBeforeOrEqualTo(gap.to());
        });
    }

    @Test
    void the_oldest_is_lost_and_the_listener_is_told() {
        App app = start(Overflow.DROP_OLDEST, options -> {});

        burst(app);
        gate.countDown();

        eventually().until(() -> seen.contains("heard 10"));
        assertThat(seen).startsWith("heard 1", "gap").endsWith("heard 9", "heard 10");
        assertThat(seen).doesNotContain("heard 2", "heard 3", "heard 4", "heard 5", "heard 6", "heard 7");
        checkGap();
    }

    @Test
    void the_newest_is_lost_and_the_listener_is_told() {
        App app = start(Overflow.DROP_NEW, options -> {});

        burst(app);
        gate.countDown();

        eventually().until(() -> seen.contains("gap"));
        assertThat(seen).startsWith("heard 1", "heard 2", "heard 3", "gap");
        send(app, channel, 11, 11);
        eventually().until(() -> seen.contains("heard 11"));
        assertThat(seen)
                .doesNotContain("heard 4", "heard 5", "heard 6", "heard 7", "heard 8", "heard 9")
                .endsWith("heard 11");
        checkGap();
    }

    @Test
    void to_be_lost_may_be_an_error_and_later_ones_are_heard() {
        App app = start(Overflow.FAIL, options -> {});

        send(app, channel, 1, 1);
        eventually().until(() -> seen.contains("heard 1"));
        for (int n = 2; n <= 10; n++) {
            try {
                send(app, channel, n, n);
            } catch (CallException e) {
                // Within a process the sender learns of it, from a broker nobody does.
                watched.add("refused");
            }
        }
        eventually().until(() -> watched.contains("10"));
        gate.countDown();

        eventually().until(() -> seen.contains("gap"));
        send(app, channel, 11, 11);
        eventually().until(() -> seen.contains("heard 11"));
        assertThat(seen)
                .startsWith("heard 1", "heard 2", "heard 3", "gap")
                .doesNotContain("heard 4", "heard 5", "heard 6", "heard 7", "heard 8", "heard 9")
                .endsWith("heard 11");
        checkGap();
    }

    @Test
    @Rule(26)
    void nothing_is_lost_where_the_sender_waits() {
        App app = start(Overflow.BLOCK, options -> {});
        gate.countDown();

        send(app, channel, 1, 1_000);

        eventually().until(() -> seen.size() == 1_000);
        assertThat(seen)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 1_000)
                        .mapToObj(n -> "heard " + n)
                        .toList());
        assertThat(gaps).isEmpty();
    }

    @Test
    @Rule(27)
    void a_gap_listener_that_throws_hurts_nobody() {
        App app = start(
                Overflow.DROP_NEW,
                options -> options.onGap(gap -> {
                    seen.add("gap");
                    throw new AssertionError("broken");
                }));

        burst(app);
        gate.countDown();
        eventually().until(() -> seen.contains("gap"));
        send(app, channel, 11, 11);

        eventually().until(() -> seen.contains("heard 11"));
    }
}
