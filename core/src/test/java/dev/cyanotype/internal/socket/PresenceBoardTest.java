/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.cyanotype.CapturedLog;
import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.json.JsonOptions;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.socket.Presence;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PresenceBoardTest {

    private final FakeBus store = new FakeBus();
    private final Queue<Runnable> given = new ArrayDeque<>();
    private boolean rejecting;

    private final PresenceBoard board = new PresenceBoard(store, "shop", "r1", task -> {
        if (rejecting) {
            throw new RejectedExecutionException("full");
        }
        given.add(task);
    });
    private final PresenceBoard other = new PresenceBoard(store, "shop", "r2", Runnable::run);

    private static JsonNode about(String name) {
        return new JsonCodec(JsonOptions.builder().build()).tree(Map.of("name", name));
    }

    private void write() {
        for (Runnable next = given.poll(); next != null; next = given.poll()) {
            next.run();
        }
    }

    private static List<String> ids(List<Presence> presence) {
        return presence.stream().map(Presence::clientId).sorted().toList();
    }

    @Test
    void changes_are_written_in_order_and_those_of_one_room_together() {
        board.joined("a", "1", null);
        board.joined("a", "2", about("Ann"));
        board.joined("b", "1", null);
        board.left("a", "1");
        board.left("a", "2");
        assertThat(store.asked).isEmpty();

        write();

        assertThat(store.asked)
                .containsExactly("put shop:a [1, 2] PT30S", "put shop:b [1] PT30S", "remove shop:a [1, 2]");
    }

    @Test
    void who_is_here_is_known_before_the_store_is() {
        board.joined("a", "1", about("Ann"));

        assertThat(board.in("a")).singleElement().satisfies(presence -> {
            assertThat(presence.clientId()).isEqualTo("1");
            assertThat(presence.replica()).isEqualTo("r1");
            assertThat(presence.about()).hasToString("{\"name\":\"Ann\"}");
            assertThat(presence).hasToString("Presence[1 on r1]");
        });
        assertThat(other.in("a")).isEmpty();

        write();
        assertThat(other.in("a")).containsExactlyElementsOf(board.in("a"));
    }

    @Test
    void one_who_has_left_is_not_shown_though_the_store_still_does() {
        board.joined("a", "1", null);
        write();
        other.joined("a", "2", null);
        board.left("a", "1");

        assertThat(ids(board.in("a"))).containsExactly("2");
        assertThat(ids(other.in("a"))).containsExactly("1", "2");
        write();
        assertThat(ids(other.in("a"))).containsExactly("2");
    }

    @Test
    void a_renewal_comes_in_its_turn_so_that_nobody_comes_back() {
        board.joined("a", "1", null);
        board.joined("b", "2", null);
        write();
        board.renew();
        board.left("a", "1");
        write();

        assertThat(ids(other.in("a"))).isEmpty();
        assertThat(store.asked.subList(2, 5))
                .containsExactlyInAnyOrder("put shop:a [1] PT30S", "put shop:b [2] PT30S", "remove shop:a [1]")
                .endsWith("remove shop:a [1]");
    }

    @Test
    void a_renewal_that_is_still_to_be_written_is_not_followed_by_another() {
        board.joined("a", "1", null);
        write();
        board.renew();
        board.renew();
        board.renew();
        write();
        assertThat(store.asked).hasSize(2);

        board.renew();
        write();
        assertThat(store.asked).hasSize(3);
    }

    @Test
    void what_the_store_could_not_take_is_put_right_by_the_next_renewal_and_said_once() {
        try (CapturedLog log = CapturedLog.from(Level.WARN)) {
            store.broken(true);
            board.joined("a", "1", null);
            board.joined("b", "1", null);
            write();
            board.renew();
            write();
            assertThatThrownBy(() -> board.in("a")).isInstanceOf(MessagingException.class);

            store.broken(false);
            assertThat(other.in("a")).isEmpty();
            board.renew();
            write();

            assertThat(ids(other.in("a"))).containsExactly("1");
            assertThat(log.lines()).containsExactly("WARN who is in room 'a' could not be told to other replicas");

            store.broken(true);
            board.left("b", "1");
            write();
            assertThat(log.lines()).hasSize(2);
        }
    }

    @Test
    void an_executor_that_takes_nothing_does_not_stop_later_writes() {
        rejecting = true;
        board.joined("a", "1", null);
        rejecting = false;
        board.joined("a", "2", null);
        write();

        assertThat(ids(other.in("a"))).containsExactly("1", "2");
    }

    @Test
    void without_a_store_only_those_here_are_known() {
        PresenceBoard alone = new PresenceBoard(null, "shop", "r3", task -> {
            throw new AssertionError("there is nothing to write");
        });
        alone.joined("a", "1", null);
        alone.joined("a", "2", null);
        alone.left("a", "1");
        alone.renew();

        assertThat(ids(alone.in("a"))).containsExactly("2");
        assertThat(alone.in("b")).isEmpty();
    }
}
