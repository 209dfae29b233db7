/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.internal.redis.stream.GroupCommands.Begun;
import dev.cyanotype.internal.redis.stream.GroupCommands.Swept;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.exceptions.JedisDataException;

class GroupCommandsTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Object> list(Object... items) {
        return new ArrayList<>(Arrays.asList(items));
    }

    @Test
    void what_is_taken_over_is_read_as_redis_6_answers() {
        Swept swept = Swept.of(list(bytes("5-1"), list(bytes("1-0"), bytes("2-0"))));

        assertThat(swept.cursor()).isEqualTo("5-1");
        assertThat(swept.ids()).containsExactly("1-0", "2-0");
        assertThat(swept.deleted()).isEmpty();
        assertThat(swept.isWhole()).isFalse();
    }

    @Test
    void what_is_taken_over_is_read_as_redis_7_answers() {
        Swept swept = Swept.of(list(bytes("0-0"), list(bytes("1-0")), list(bytes("3-0"))));

        assertThat(swept.ids()).containsExactly("1-0");
        assertThat(swept.deleted()).containsExactly("3-0");
        assertThat(swept.isWhole()).isTrue();
    }

    @Test
    void an_entry_that_is_no_more_is_not_taken_over() {
        // So Redis 6.2 may answer for what was deleted.
        assertThat(Swept.of(list(bytes("0-0"), list((Object) null, bytes("2-0"))))
                        .ids())
                .containsExactly("2-0");
    }

    @Test
    void an_answer_that_is_none_begins_from_the_start() {
        assertThat(Swept.of(null).ids()).isEmpty();
        assertThat(Swept.of(null).isWhole()).isTrue();
    }

    @Test
    void what_may_be_run_has_its_fields_and_how_often_it_was_delivered() {
        Begun begun = Begun.of("1-0", list(bytes("run"), 3L, list(bytes("data"), bytes("{}"))));

        assertThat(begun.outcome()).isEqualTo("run");
        assertThat(begun.deliveries()).isEqualTo(3);
        assertThat(begun.entry().id()).isEqualTo("1-0");
        assertThat(begun.entry().field(Entry.DATA)).isEqualTo(bytes("{}"));
    }

    @Test
    void what_is_somebody_elses_has_nothing() {
        assertThat(Begun.of("1-0", list(bytes("lost"))).outcome()).isEqualTo("lost");
        assertThat(Begun.of("1-0", list(bytes("lost"))).entry().fields()).isEmpty();
        assertThat(Begun.of("1-0", null).outcome()).isEqualTo("lost");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOGROUP No such key 'orders' or consumer group 'stock'",
                "NOGROUP No such key 'orders' or consumer group 'stock' in XREADGROUP with GROUP option",
                "-NOGROUP the consumer group this client was blocked on no longer exists",
                "ERR Error running script: NOGROUP No such key 'orders' or consumer group 'stock'",
                "UNBLOCKED the stream key no longer exists"
            })
    void a_group_that_vanished_is_known_by_each_way_to_say_so(String text) {
        assertThat(GroupCommands.isVanished(new JedisDataException(text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OOM command not allowed", "WRONGTYPE Operation against a key", "READONLY You can't write"})
    void other_errors_are_no_sign_of_a_group_that_vanished(String text) {
        assertThat(GroupCommands.isVanished(new JedisDataException(text))).isFalse();
    }
}
