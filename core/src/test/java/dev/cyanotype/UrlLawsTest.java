/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.Url;
import dev.cyanotype.http.UrlBuildException;
import dev.cyanotype.internal.dispatch.Answer;
import dev.cyanotype.internal.dispatch.InMemoryRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

/** What a URL is built of comes back when it is asked for. */
class UrlLawsTest {

    /** A segment with the value that its parameter gets, or none for a literal. */
    record Part(String pattern, @Nullable String value) {}

    /** A route behind a literal of its own, so that no other one is in its way. */
    record Rule(
            List<Part> parts,
            boolean slash,
            @Nullable String version,
            @Nullable String host) {}

    /** What a route says it was reached with. */
    private record Seen(String name, Map<String, String> values, Map<String, List<String>> query) {}

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void a_built_url_leads_back_to_its_route_with_the_same_values(
            @ForAll("rules") List<Rule> rules, @ForAll("texts") List<String> extras) {
        List<Seen> seen = new ArrayList<>();
        Blueprint.Builder inner = Blueprint.named("inner").prefix("/in");
        List<Map<String, String>> values = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            values.add(declare(inner, i, rules.get(i), seen));
        }
        App.Builder builder = App.named("app")
                .register(Blueprint.named("outer")
                        .prefix("/{tenant}")
                        .urlDefault("tenant", "t 1")
                        .register(inner.build())
                        .build());
        Assembled assembled = Assembled.of(builder);
        App app = app(rules);

        for (int i = 0; i < rules.size(); i++) {
            Url url = app.urls().to("outer.inner.r" + i);
            for (Map.Entry<String, String> value : values.get(i).entrySet()) {
                url = url.with(value.getKey(), value.getValue());
            }
            url = url.query("extra", extras.toArray()).anchor("x y");
            String absolute = url.absolute("http://base.test:81");
            URI uri = URI.create(absolute);

            assertThat(absolute).endsWith(url.path());
            seen.clear();
            Answer answer = assembled.send(
                    InMemoryRequest.get(uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()))
                            .host(uri.getAuthority()));

            assertThat(answer.status()).as(absolute).isEqualTo(200);
            Map<String, String> all = new LinkedHashMap<>(Map.of("tenant", "t 1"));
            all.putAll(values.get(i));
            assertThat(seen)
                    .as(absolute)
                    .containsExactly(
                            new Seen("outer.inner.r" + i, all, extras.isEmpty() ? Map.of() : Map.of("extra", extras)));
        }
    }

    /** The same again, because a builder builds one app. */
    private static App app(List<Rule> rules) {
        Blueprint.Builder inner = Blueprint.named("inner").prefix("/in");
        for (int i = 0; i < rules.size(); i++) {
            declare(inner, i, rules.get(i), new ArrayList<>());
        }
        return App.named("app")
                .register(Blueprint.named("outer")
                        .prefix("/{tenant}")
                        .urlDefault("tenant", "t 1")
                        .register(inner.build())
                        .build())
                .build();
    }

    private static Map<String, String> declare(Blueprint.Builder builder, int id, Rule rule, List<Seen> seen) {
        StringBuilder path = new StringBuilder("/l" + id);
        Map<String, String> values = new LinkedHashMap<>();
        for (Part part : rule.parts()) {
            String name = "p" + values.size();
            path.append('/').append(part.pattern().replace("NAME", name));
            if (part.value() != null) {
                values.put(name, part.value());
            }
        }
        path.append(rule.slash() && path.indexOf("*") < 0 ? "/" : "");
        builder.get(
                path.toString(),
                ctx -> {
                    seen.add(new Seen(
                            ctx.operation(), ctx.pathParams(), ctx.query().toMap()));
                    return Response.text("");
                },
                route -> {
                    route.name("r" + id);
                    if (rule.version() != null) {
                        route.version(rule.version());
                    }
                    if (rule.host() != null) {
                        route.host(rule.host());
                    }
                });
        return values;
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void any_value_comes_back_or_is_refused(@ForAll("anything") String value) {
        List<String> seen = new ArrayList<>();
        App.Builder one = App.named("app").get("/{x}/end", ctx -> seen.add(ctx.pathParam("x")), r -> r.name("x"));
        App.Builder same = App.named("app").get("/{x}/end", ctx -> "", r -> r.name("x"));
        String path;
        try {
            path = same.build().urls().to("x").with("x", value).path();
        } catch (UrlBuildException e) {
            return;
        }

        assertThat(Assembled.of(one).get(path).status()).isEqualTo(200);
        assertThat(seen).containsExactly(value);
        assertThat(URI.create("http://h" + path).normalize().getRawPath()).isEqualTo(path);
    }

    // What is generated. ------------------------------------------------------------------------------------------

    @Provide
    Arbitrary<List<Rule>> rules() {
        return rule().list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return text().list().ofMaxSize(2);
    }

    @Provide
    Arbitrary<String> anything() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(6),
                Arbitraries.strings().withChars("./\\;%+ aä\uD83D\uDE00\uD800").ofMaxLength(6));
    }

    private static Arbitrary<Rule> rule() {
        Arbitrary<List<Part>> parts = Arbitraries.oneOf(literal(), plain(), integer(), letters(), pair())
                .list()
                .ofMaxSize(3);
        return Combinators.combine(
                        parts,
                        rest().injectNull(0.7),
                        Arbitraries.of(true, false),
                        Arbitraries.of("1", "2.1").injectNull(0.6),
                        Arbitraries.of("a.test", "b.test").injectNull(0.6))
                .as((front, rest, slash, version, host) -> {
                    List<Part> all = new ArrayList<>(front);
                    if (rest != null) {
                        all.add(rest);
                    }
                    return new Rule(all, slash, version, host);
                });
    }

    private static Arbitrary<Part> literal() {
        return Arbitraries.of("a", "ü", "x-y", "a+b", "a;b", "~").map(text -> new Part(text, null));
    }

    private static Arbitrary<Part> plain() {
        return segment().map(value -> new Part("{NAME}", value));
    }

    private static Arbitrary<Part> integer() {
        return Arbitraries.integers().map(value -> new Part("{NAME:int}", value.toString()));
    }

    private static Arbitrary<Part> letters() {
        return Arbitraries.strings()
                .alpha()
                .ofMinLength(1)
                .ofMaxLength(4)
                .map(value -> new Part("{NAME:alpha}", value));
    }

    private static Arbitrary<Part> pair() {
        return Arbitraries.of("ab", "zz").map(value -> new Part("{NAME:regex([a-z]{2})}", value));
    }

    private static Arbitrary<Part> rest() {
        return segment().list().ofMinSize(1).ofMaxSize(3).map(all -> new Part("{NAME*}", String.join("/", all)));
    }

    private static Arbitrary<String> segment() {
        return text().filter(text -> !text.isEmpty()
                && !text.equals(".")
                && !text.equals("..")
                && !text.startsWith(".;")
                && !text.startsWith("..;")
                && text.indexOf('/') < 0);
    }

    private static Arbitrary<String> text() {
        return Arbitraries.strings().withChars("ab./;%+ ?#&=@:'\"<>äß\u4e2d").ofMaxLength(5);
    }
}
