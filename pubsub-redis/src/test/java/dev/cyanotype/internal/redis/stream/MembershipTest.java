/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.util.JedisClusterCRC16;

class MembershipTest {

    private static Membership of(String stream, String group) {
        return new Membership(stream, group, "me", "{" + stream + "}:dead");
    }

    @ParameterizedTest
    @CsvSource({
        "orders, cyanotype:{orders}:handled:orders:stock:k",
        "{shop}:orders, cyanotype:{shop}:handled:{shop}:orders:stock:k",
        "a{b}c{d}, cyanotype:{b}:handled:a{b}c{d}:stock:k",
        "a{b, cyanotype:{a{b}:handled:a{b:stock:k"
    })
    void the_note_of_a_key_is_where_the_stream_is(String stream, String note) {
        byte[] key = of(stream, "stock").note("k");

        assertThat(new String(key, StandardCharsets.UTF_8)).isEqualTo(note);
        assertThat(JedisClusterCRC16.getSlot(key))
                .isEqualTo(JedisClusterCRC16.getSlot(stream.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({"65, A", "255, \u00ff"})
    void the_note_of_a_key_has_the_bytes_of_the_key(int last, String key) {
        byte[] note = of("orders", "stock").note(key);

        assertThat(note[note.length - 1]).isEqualTo((byte) last);
        assertThat(note).hasSize("cyanotype:{orders}:handled:orders:stock:".length() + 1);
    }
}
