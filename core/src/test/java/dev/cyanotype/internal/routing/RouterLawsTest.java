/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.exchange.BadRequestException;
import dev.cyanotype.internal.routing.PathPattern.Literal;
import dev.cyanotype.internal.routing.PathPattern.Parameter;
import dev.cyanotype.internal.routing.PathPattern.Rest;
import dev.cyanotype.internal.routing.PathPattern.Segment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** The router against a model that knows no trie: it compares every pattern with the path and sorts what fits. */
class RouterLawsTest {

    private static final int SLOTS = 3;

    private static final Map<String, Predicate<String>> CUSTOM = Map.of("odd", s -> s.length() % 2 == 1);

    /** Narrow first, as the ranks and keys of the converters are documented. */
    private static final List<String> CONVERTERS = List.of("int", "long", "alpha", "slug", "odd", "regex([ab]+)");

    /** One declared route. */
    record Declared(@Nullable String host, int slot, PathPattern pattern, boolean strict) {

        /** What two routes must not share. */
        String place() {
            StringBuilder place = new StringBuilder(host + " " + slot);
            for (Segment segment : pattern.segments()) {
                place.append('/');
                if (segment instanceof Literal literal) {
                    place.append(literal.text());
                } else if (segment instanceof Parameter parameter) {
                    place.append("{").append(parameter.converter()).append("}");
                } else {
                    place.append("{*}");
                }
            }
            return place.toString();
        }

        boolean collidesWith(Declared other) {
            return place().equals(other.place())
                    && (pattern.trailingSlash() == other.pattern.trailingSlash() || !strict && !other.strict);
        }
    }

    /** A route that fits a path, with its values. */
    record Fit(Declared declared, List<String> values) {}

    /** What is expected of one path. */
    record Expected(@Nullable Declared target, List<String> values, boolean refused) {

        static final Expected NOTHING = new Expected(null, List.of(), false);
        static final Expected REFUSED = new Expected(null, List.of(), true);
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void the_router_finds_what_the_model_finds(
            @ForAll("tables") List<Declared> table,
            @ForAll("paths") List<String> paths,
            @ForAll("hosts") @Nullable String host) {
        List<Declared> valid = withoutConflicts(table);
        Router<Declared> router = router(valid);

        for (String path : paths) {
            for (int slot = 0; slot < SLOTS; slot++) {
                assertThat(actual(router, host, path, slot, Router.NO_SLOT))
                        .as("slot %d of %s", slot, path)
                        .isEqualTo(model(valid, host, path, slot, Router.NO_SLOT));
            }
            assertThat(actual(router, host, path, 2, 0))
                    .as("slot 2 or 0 of %s", path)
                    .isEqualTo(model(valid, host, path, 2, 0));
            assertThat(slots(router, host, path)).as("slots of %s", path).isEqualTo(modelSlots(valid, host, path));
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void the_order_of_adding_does_not_matter(
            @ForAll("tables") List<Declared> table,
            @ForAll("paths") List<String> paths,
            @ForAll("hosts") @Nullable String host,
            @ForAll Random random) {
        List<Declared> valid = withoutConflicts(table);
        List<Declared> shuffled = new ArrayList<>(valid);
        Collections.shuffle(shuffled, random);
        Router<Declared> one = router(valid);
        Router<Declared> other = router(shuffled);

        for (String path : paths) {
            for (int slot = 0; slot < SLOTS; slot++) {
                assertThat(actual(other, host, path, slot, Router.NO_SLOT))
                        .as("slot %d of %s", slot, path)
                        .isEqualTo(actual(one, host, path, slot, Router.NO_SLOT));
            }
            assertThat(slots(other, host, path)).isEqualTo(slots(one, host, path));
        }
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void whatever_is_in_the_way_is_reported(@ForAll("tables") List<Declared> table) {
        Router<Declared> router = new Router<>(CUSTOM);
        List<Declared> added = new ArrayList<>();
        for (Declared declared : table) {
            Declared inTheWay = add(router, declared);
            List<Declared> colliding =
                    added.stream().filter(declared::collidesWith).toList();
            if (colliding.isEmpty()) {
                assertThat(inTheWay).isNull();
                added.add(declared);
            } else {
                assertThat(colliding).contains(inTheWay);
            }
        }
    }

    private static List<Declared> withoutConflicts(List<Declared> table) {
        List<Declared> valid = new ArrayList<>();
        for (Declared declared : table) {
            if (valid.stream().noneMatch(declared::collidesWith)) {
                valid.add(declared);
            }
        }
        return valid;
    }

    private static Router<Declared> router(List<Declared> table) {
        Router<Declared> router = new Router<>(CUSTOM);
        table.forEach(declared -> assertThat(add(router, declared)).isNull());
        return router;
    }

    private static @Nullable Declared add(Router<Declared> router, Declared declared) {
        return router.add(declared.host(), declared.slot(), declared.pattern(), declared.strict(), declared, false);
    }

    private static Expected actual(Router<Declared> router, @Nullable String host, String path, int slot, int orSlot) {
        try {
            Match<Declared> match = router.match(host, path, slot, orSlot);
            return match == null ? Expected.NOTHING : new Expected(match.target(), List.of(match.values()), false);
        } catch (BadRequestException e) {
            return Expected.REFUSED;
        }
    }

    /** The slots, or -1 if the path is refused. */
    private static int slots(Router<Declared> router, @Nullable String host, String path) {
        try {
            return router.slots(host, path);
        } catch (BadRequestException e) {
            return -1;
        }
    }

    // The model. --------------------------------------------------------------------------------------------------

    private static Expected model(List<Declared> table, @Nullable String host, String path, int slot, int orSlot) {
        if (isMalformed(path)) {
            return Expected.REFUSED;
        }
        Fit best = null;
        if (host != null) {
            best = best(table, host, path, slot, orSlot);
        }
        if (best == null) {
            best = best(table, null, path, slot, orSlot);
        }
        if (best == null) {
            return Expected.NOTHING;
        }
        return isAcceptable(best) ? new Expected(best.declared(), best.values(), false) : Expected.REFUSED;
    }

    private static int modelSlots(List<Declared> table, @Nullable String host, String path) {
        if (isMalformed(path)) {
            return -1;
        }
        int slots = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            if (host != null && best(table, host, path, slot, Router.NO_SLOT) != null
                    || best(table, null, path, slot, Router.NO_SLOT) != null) {
                slots |= 1 << slot;
            }
        }
        return slots;
    }

    private static @Nullable Fit best(List<Declared> table, @Nullable String host, String path, int slot, int orSlot) {
        return table.stream()
                .filter(declared -> Objects.equals(declared.host(), host))
                .filter(declared -> declared.slot() == slot || declared.slot() == orSlot)
                .filter(declared -> answersSlash(table, declared, path))
                .map(declared -> fit(declared, path))
                .filter(Objects::nonNull)
                .min((a, b) -> {
                    int bySegments =
                            compare(a.declared().pattern(), b.declared().pattern());
                    return bySegments != 0 ? bySegments : Boolean.compare(isOther(a, slot), isOther(b, slot));
                })
                .orElse(null);
    }

    private static boolean isOther(Fit fit, int slot) {
        return fit.declared().slot() != slot;
    }

    /** A lenient route answers the form it is not written in, unless another is written so. */
    private static boolean answersSlash(List<Declared> table, Declared declared, String path) {
        if (hasRest(declared.pattern())) {
            return true;
        }
        boolean slash = path.endsWith("/");
        if (declared.pattern().trailingSlash() == slash) {
            return true;
        }
        return !declared.strict()
                && table.stream()
                        .noneMatch(other -> other.place().equals(declared.place())
                                && other.pattern().trailingSlash() == slash);
    }

    private static boolean hasRest(PathPattern pattern) {
        return pattern.segments().stream().anyMatch(segment -> segment instanceof Rest);
    }

    /** Compares two patterns that fit one path: the first segment that differs decides. */
    private static int compare(PathPattern a, PathPattern b) {
        for (int i = 0; i < Math.min(a.segments().size(), b.segments().size()); i++) {
            int byRank =
                    Integer.compare(rank(a.segments().get(i)), rank(b.segments().get(i)));
            if (byRank != 0) {
                return byRank;
            }
        }
        return 0;
    }

    private static int rank(Segment segment) {
        if (segment instanceof Literal) {
            return 0;
        }
        if (segment instanceof Parameter parameter) {
            return parameter.converter() == null ? 100 : 1 + CONVERTERS.indexOf(parameter.converter());
        }
        return 200;
    }

    private static @Nullable Fit fit(Declared declared, String path) {
        String[] parts = path.equals("/") ? new String[0] : path.substring(1).split("/", -1);
        List<Segment> segments = declared.pattern().segments();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            if (i >= parts.length) {
                return null;
            }
            Segment segment = segments.get(i);
            if (segment instanceof Rest) {
                String rest = String.join("/", List.of(parts).subList(i, parts.length));
                if (rest.isEmpty()) {
                    return null;
                }
                values.add(decode(rest));
                return new Fit(declared, values);
            }
            String part = decode(parts[i]);
            if (part.isEmpty()) {
                return null;
            }
            if (segment instanceof Literal literal) {
                if (!literal.text().equals(part)) {
                    return null;
                }
            } else if (segment instanceof Parameter parameter) {
                if (!accepts(parameter.converter(), part)) {
                    return null;
                }
                values.add(part);
            }
        }
        int left = parts.length - segments.size();
        boolean ends = left == 0 || left == 1 && !segments.isEmpty() && parts[parts.length - 1].isEmpty();
        return ends ? new Fit(declared, values) : null;
    }

    private static boolean accepts(@Nullable String converter, String value) {
        if (converter == null) {
            return true;
        }
        return switch (converter) {
            case "int" -> value.matches("-?[0-9]{1,9}");
            case "long" -> value.matches("-?[0-9]{1,18}");
            case "alpha" -> value.matches("[A-Za-z]+");
            case "slug" -> value.matches("[a-z0-9]+(-[a-z0-9]+)*");
            case "odd" -> value.length() % 2 == 1;
            case "regex([ab]+)" -> value.matches("[ab]+");
            default -> throw new IllegalArgumentException(converter);
        };
    }

    private static boolean isMalformed(String path) {
        return path.matches(".*%(?![0-9a-fA-F]{2}).*") || path.contains("%ff") || path.contains("%c0%af");
    }

    /** Of valid escapes only; all of them are ASCII. */
    private static String decode(String text) {
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                byte[] one = {(byte) Integer.parseInt(text.substring(i + 1, i + 3), 16)};
                decoded.append(new String(one, StandardCharsets.US_ASCII));
                i += 2;
            } else {
                decoded.append(text.charAt(i));
            }
        }
        return decoded.toString();
    }

    private static boolean isAcceptable(Fit fit) {
        List<Segment> parameters = fit.declared().pattern().segments().stream()
                .filter(segment -> !(segment instanceof Literal))
                .toList();
        for (int i = 0; i < parameters.size(); i++) {
            String value = fit.values().get(i);
            boolean rest = parameters.get(i) instanceof Rest;
            if (value.contains("\0")
                    || !rest && (value.contains("/") || value.contains("\\") || value.matches("\\.{1,2}(;.*)?"))) {
                return false;
            }
        }
        return true;
    }

    // What is generated: small alphabets, so that patterns overlap and paths meet them. ---------------------------

    @Provide
    Arbitrary<List<Declared>> tables() {
        return declared().list().ofMinSize(1).ofMaxSize(14);
    }

    private static Arbitrary<Declared> declared() {
        Arbitrary<@Nullable String> hosts =
                Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.just(null)), Tuple.of(1, Arbitraries.of("h", "i")));
        return Combinators.combine(hosts, Arbitraries.integers().between(0, SLOTS - 1), patterns(), strict())
                .as(Declared::new);
    }

    private static Arbitrary<Boolean> strict() {
        return Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true));
    }

    private static Arbitrary<PathPattern> patterns() {
        Arbitrary<String> parameter = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just("{p}")),
                Tuple.of(3, Arbitraries.of(CONVERTERS).map(converter -> "{p:" + converter + "}")));
        Arbitrary<String> segment = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of("a", "b", "1", "a", "b", "1", "Aa", "BB", "c")), Tuple.of(3, parameter));
        Arbitrary<List<String>> segments = segment.list().ofMaxSize(3);
        return Combinators.combine(segments, Arbitraries.of("", "", "/", "/{p*}"))
                .as((all, end) -> {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < all.size(); i++) {
                        text.append('/').append(all.get(i).replace("{p", "{p" + i));
                    }
                    return PathPattern.parse(text + end);
                });
    }

    @Provide
    Arbitrary<List<String>> paths() {
        Arbitrary<String> segment = Arbitraries.frequencyOf(
                Tuple.of(12, Arbitraries.of("a", "b", "1")),
                Tuple.of(4, Arbitraries.of("ab", "c", "Aa", "BB", "12", "-3", "aa", "A", "a-b", "bbb")),
                Tuple.of(3, Arbitraries.of("%61", "%31", "%62b", "a%20b")),
                Tuple.of(2, Arbitraries.of("", "%2F", "..", "%2e%2E", "..;x", "%5c", "a%00")),
                Tuple.of(1, Arbitraries.of("%", "%4", "%zz", "%ff", "%c0%af")));
        Arbitrary<String> path = Combinators.combine(segment.list().ofMaxSize(4), Arbitraries.of("", "", "/"))
                .as((segments, end) -> {
                    String joined = "/" + String.join("/", segments) + end;
                    return segments.isEmpty() ? "/" : joined;
                });
        return path.list().ofSize(6);
    }

    @Provide
    Arbitrary<@Nullable String> hosts() {
        return Arbitraries.of("h", "i", "other").injectNull(0.4);
    }
}
