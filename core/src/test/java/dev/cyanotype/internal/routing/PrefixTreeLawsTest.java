/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The tree finds what looking at one prefix after the other finds. */
class PrefixTreeLawsTest {

    record Claim(@Nullable String host, List<String> segments) {

        String text() {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < segments.size(); i++) {
                text.append('/').append(segments.get(i).replace("{", "{p" + i));
            }
            return text.toString();
        }

        boolean covers(@Nullable String asked, List<String> path) {
            boolean fits = (host == null || host.equals(asked)) && segments.size() <= path.size();
            for (int i = 0; fits && i < segments.size(); i++) {
                String segment = segments.get(i);
                fits = switch (segment) {
                    case "{}" -> !path.get(i).isEmpty();
                    case "{:int}" -> path.get(i).matches("[0-9]+");
                    default -> segment.equals(path.get(i));
                };
            }
            return fits;
        }

        /** Smaller is better: deeper, then of the asked host, then segment by segment more specific. */
        String rank() {
            StringBuilder rank = new StringBuilder();
            rank.append((char) ('z' - segments.size())).append(host == null ? 'b' : 'a');
            segments.forEach(segment -> rank.append(segment.equals("{}") ? 'c' : segment.equals("{:int}") ? 'b' : 'a'));
            return rank.toString();
        }
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void the_deepest_and_then_most_specific_prefix_owns_a_path(
            @ForAll("claims") List<Claim> claims,
            @ForAll("paths") List<List<String>> paths,
            @ForAll("hosts") @Nullable String host) {
        PrefixTree<List<Integer>> tree = new PrefixTree<>(Map.of(), (a, b) -> {
            List<Integer> both = new ArrayList<>(a);
            both.addAll(b);
            return both;
        });
        for (int i = 0; i < claims.size(); i++) {
            tree.add(claims.get(i).host(), PathPattern.parse(claims.get(i).text()), List.of(i));
        }

        for (List<String> path : paths) {
            Match<PrefixTree.Owner<List<Integer>>> found = tree.find(host, "/" + String.join("/", path));

            List<Integer> expected = best(claims, host, path);
            assertThat(found == null ? List.of() : found.target().owner())
                    .as("%s", path)
                    .isEqualTo(expected);
            if (found != null) {
                Claim claim = claims.get(expected.get(0));
                List<String> values = new ArrayList<>();
                for (int i = 0; i < claim.segments().size(); i++) {
                    if (claim.segments().get(i).startsWith("{")) {
                        values.add(path.get(i));
                    }
                }
                assertThat(Arrays.asList(found.values())).isEqualTo(values);
            }
        }
    }

    /** All that claim the best prefix. */
    private static List<Integer> best(List<Claim> claims, @Nullable String host, List<String> path) {
        List<Integer> best = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            if (claims.get(i).covers(host, path)) {
                int order = best.isEmpty()
                        ? -1
                        : claims.get(i).rank().compareTo(claims.get(best.get(0)).rank());
                if (order < 0) {
                    best.clear();
                }
                if (order <= 0) {
                    best.add(i);
                }
            }
        }
        return best;
    }

    @Provide
    Arbitrary<List<Claim>> claims() {
        return Combinators.combine(
                        hosts(),
                        Arbitraries.of("a", "b", "1", "{}", "{:int}").list().ofMaxSize(3))
                .as(Claim::new)
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<List<String>>> paths() {
        return Arbitraries.of("a", "b", "c", "1", "2", "")
                .list()
                .ofMaxSize(4)
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> hosts() {
        return Arbitraries.of("x.test", "y.test").injectNull(0.5);
    }
}
