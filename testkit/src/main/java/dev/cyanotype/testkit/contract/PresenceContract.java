/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.spi.PresenceStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Who is there, for all apps to see. */
@Rule(39)
abstract class PresenceContract extends ContractApps {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final String set = own("room");
    private final App app = start(on(App.named(own("one"))));
    private final PresenceStore one = store(app);
    private final PresenceStore two = store(start(on(App.named(own("two")))));

    private static PresenceStore store(App app) {
        return offered(app, PresenceStore.class, "rules 39 to 41");
    }

    private static JsonNode value(int n) {
        return JsonNodeFactory.instance.objectNode().put("n", n).put("text", "Ärger {…}");
    }

    private static Map<String, JsonNode> members(int from, int to, int value) {
        Map<String, JsonNode> members = new HashMap<>();
        IntStream.range(from, to).forEach(n -> members.put("member " + n, value(value)));
        return members;
    }

    @Test
    void what_one_app_puts_the_other_one_sees() {
        assertThat(two.entries(set)).isEmpty();

        one.put(set, Map.of("ada", value(1), "", value(2)), MINUTE);
        two.put(set, Map.of("böb {}", JsonNodeFactory.instance.stringNode("text")), MINUTE);

        assertThat(two.entries(set))
                .isEqualTo(one.entries(set))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("ada", value(1), "", value(2), "böb {}", JsonNodeFactory.instance.stringNode("text")));
        assertThat(two.entries(set + "2")).isEmpty();
    }

    @Test
    void what_is_put_again_is_what_was_put_last() {
        one.put(set, Map.of("ada", value(1)), MINUTE);
        two.put(set, Map.of("ada", value(2)), MINUTE);

        assertThat(one.entries(set)).containsExactly(Map.entry("ada", value(2)));
    }

    @Test
    void what_is_removed_is_gone_and_the_rest_is_not() {
        one.put(set, members(0, 600, 1), MINUTE);

        two.remove(set, List.of("member 7", "nobody"));
        assertThat(one.entries(set)).hasSize(599).doesNotContainKey("member 7");
        two.remove(set, members(1, 600, 1).keySet());

        assertThat(one.entries(set)).containsOnlyKeys("member 0");
    }

    @Test
    void nothing_may_be_put_and_nobody_removed() {
        one.put(set, Map.of(), MINUTE);
        one.remove(set, List.of());

        assertThat(one.entries(set)).isEmpty();
    }

    @Test
    void what_is_not_put_again_is_gone_when_its_time_is_over() {
        one.put(set, Map.of("short", value(1), "renewed", value(1)), Duration.ofMillis(800));
        one.put(set, Map.of("long", value(1)), MINUTE);
        assertThat(one.entries(set)).containsOnlyKeys("short", "renewed", "long");

        two.put(set, Map.of("renewed", value(2)), MINUTE);

        eventually().untilAsserted(() -> assertThat(one.entries(set)).containsOnlyKeys("renewed", "long"));
    }

    @Test
    @Rule({39, 41})
    void many_members_are_put_seen_and_removed() {
        one.put(set, members(0, 5000, 1), MINUTE);
        two.put(set, members(2500, 7500, 2), MINUTE);

        Map<String, JsonNode> entries = one.entries(set);
        assertThat(entries).hasSize(7500);
        assertThat(entries.values().stream().filter(value(2)::equals)).hasSize(5000);

        one.remove(set, members(0, 7499, 1).keySet());
        assertThat(two.entries(set)).containsOnlyKeys("member 7499");
    }

    @Test
    void who_is_put_again_while_they_are_read_is_not_missed() throws InterruptedException {
        Map<String, JsonNode> members = members(0, 2000, 1);
        one.put(set, members, MINUTE);
        AtomicBoolean over = new AtomicBoolean();
        Thread renewing = new Thread(() -> {
            while (!over.get()) {
                one.put(set, members, MINUTE);
            }
        });
        renewing.start();
        try {
            for (int n = 0; n < 10; n++) {
                assertThat(two.entries(set)).hasSize(2000);
            }
        } finally {
            over.set(true);
            renewing.join();
        }
    }

    @Test
    void names_of_sets_may_have_any_characters() {
        List<String> names = List.of("}", "{", "{}", "a{b}c", "%7B", "ä:*", " ");
        names.forEach(name -> one.put(own(name), Map.of(name, value(1)), MINUTE));

        names.forEach(name -> assertThat(two.entries(own(name))).containsOnlyKeys(name));
        names.forEach(name -> one.put(name, Map.of(name, value(1)), Duration.ofMillis(1)));
    }

    @Test
    void what_makes_no_sense_is_refused() {
        Map<String, JsonNode> ada = Map.of("ada", value(1));

        assertThatThrownBy(() -> one.put("", ada, MINUTE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("presence: the set has an empty name (expected: at least one character)");
        for (Duration time : List.of(Duration.ZERO, Duration.ofNanos(999_999), Duration.ofDays(-1))) {
            assertThatThrownBy(() -> one.put("room", ada, time))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("presence in 'room': time to live " + time + " (expected: 1 ms or more)");
        }
    }

    @Test
    void a_time_without_end_is_a_long_one() {
        one.put(set, Map.of("ada", value(1)), Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(two.entries(set)).containsOnlyKeys("ada");
        one.remove(set, List.of("ada"));
    }

    @Test
    void a_bus_that_is_closed_says_nothing() {
        app.stop();

        assertThatThrownBy(() -> one.entries(set))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("app '" + app.name() + "' is stopped, so it can't say who is there");
        assertThatThrownBy(() -> one.put(set, Map.of(), MINUTE)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> one.remove(set, List.of())).isInstanceOf(IllegalStateException.class);
    }
}
