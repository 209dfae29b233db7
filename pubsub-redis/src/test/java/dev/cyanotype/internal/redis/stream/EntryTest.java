/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.util.KeyValue;

class EntryTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Entry entry(String... namesAndValues) {
        return Entry.of(
                "1-0", List.of(namesAndValues).stream().map(EntryTest::bytes).toList());
    }

    private static List<Object> answered(String id, String data) {
        return List.of(bytes(id), List.of(bytes("data"), bytes(data)));
    }

    @Test
    void has_the_first_value_of_a_name() {
        Entry entry = entry("a", "1", "data", "2", "data", "3");

        assertThat(entry.field(Entry.DATA)).isEqualTo(bytes("2"));
        assertThat(entry.field(Entry.KEY)).isNull();
    }

    @Test
    void does_not_take_a_value_for_a_name() {
        assertThat(entry("a", "data", "b", "key").field(Entry.DATA)).isNull();
        assertThat(entry("a", "data", "b", "key").key()).isNull();
    }

    @Test
    void has_a_key_of_any_bytes() {
        assertThat(entry("key", "order-1").key()).isEqualTo("order-1");
        assertThat(entry("key", "").key()).isNull();
        Entry high = Entry.of("1-0", List.of(Entry.KEY, new byte[] {(byte) 0xff}));
        Entry other = Entry.of("1-0", List.of(Entry.KEY, new byte[] {(byte) 0xfe}));
        assertThat(high.key()).isNotEqualTo(other.key());
    }

    @Test
    void is_read_from_the_answer_of_each_protocol() {
        List<Object> entries = List.of(answered("1-0", "a"), answered("1-1", "b"));
        Object two = List.of(List.of(bytes("orders"), entries));
        Object three = List.of(new KeyValue<>(bytes("orders"), entries));

        for (Object answer : List.of(two, three)) {
            List<Entry> read = Entry.ofOneStream(answer);
            assertThat(read).extracting(Entry::id).containsExactly("1-0", "1-1");
            assertThat(read.get(1).field(Entry.DATA)).isEqualTo(bytes("b"));
        }
    }

    @Test
    void is_not_read_from_an_answer_without_entries() {
        assertThat(Entry.ofOneStream(null)).isEmpty();
        assertThat(Entry.ofOneStream(List.of())).isEmpty();
    }

    @Test
    void has_no_fields_where_it_was_deleted() {
        assertThat(Entry.of("1-0", null).fields()).isEmpty();
    }

    @Test
    void shows_nothing_of_what_it_holds() {
        assertThat(entry("data", "a secret")).hasToString("Entry[1-0]");
    }
}
