/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The table against a map, with strings whose hash codes collide. */
class LiteralTableTest {

    @Property
    void finds_what_was_added_and_nothing_else(
            @ForAll("literals") List<String> added, @ForAll("literals") List<String> asked) {
        LiteralTable<Integer> table = new LiteralTable<>();
        Map<String, Integer> model = new HashMap<>();
        for (String literal : added) {
            if (!model.containsKey(literal)) {
                model.put(literal, model.size());
                table.add(literal, model.get(literal));
            }
            for (String text : asked) {
                assertThat(table.get(text)).as(text).isEqualTo(model.get(text));
                assertThat(table.get("/" + text + "?", 1, 1 + text.length()))
                        .as(text)
                        .isEqualTo(model.get(text));
            }
        }
        model.forEach((literal, value) -> {
            assertThat(table.get(literal)).isEqualTo(value);
            assertThat(table.get(literal, 0, literal.length())).isEqualTo(value);
        });
    }

    @Test
    void holds_many() {
        LiteralTable<Integer> table = new LiteralTable<>();
        for (int i = 0; i < 10_000; i++) {
            table.add("res" + i, i);
        }

        for (int i = 0; i < 10_000; i++) {
            assertThat(table.get("res" + i)).isEqualTo(i);
        }
        assertThat(table.get("res10000")).isNull();
        assertThat(table.get("")).isNull();
    }

    @Provide
    Arbitrary<List<String>> literals() {
        return Arbitraries.of("", "a", "b", "Aa", "BB", "AaAa", "AaBB", "BBAa", "BBBB", "c", "1", "/a", "/a/", "é")
                .list()
                .ofMaxSize(14);
    }
}
