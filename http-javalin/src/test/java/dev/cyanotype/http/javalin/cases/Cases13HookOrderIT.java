/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static dev.cyanotype.http.javalin.cases.Handlers.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.javalin.BothWays;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Behaviour cases 195 to 214: in what order hooks run. */
class Cases13HookOrderIT {

    private static final String CHILD_ROUTE = "/a";

    private final Trace trace = new Trace();

    @Test
    @DisplayName("case 195: order on the app")
    void order_on_the_app() throws Exception {
        App.Builder app = App.named("test");
        for (String step : List.of("1", "2", "3")) {
            app.before(trace.before(step));
        }
        for (String step : List.of("6", "5", "4")) {
            app.after(trace.after(step));
        }
        BothWays.with(app.get("/", text("ok"))).run(client -> {
            assertThat(client.get("/").status()).isEqualTo(200);
            assertThat(trace.taken()).containsExactly("1", "2", "3", "4", "5", "6");
        });
    }

    @Test
    @DisplayName("case 197: app, parent, child: before hooks inwards, teardown hooks outwards")
    void app_parent_child() throws Exception {
        Deque<String> entered = new ArrayDeque<>();
        Blueprint child = entering(Blueprint.named("child"), "child", entered)
                .get(CHILD_ROUTE, ctx -> Response.text(String.join(", ", outermostFirst(entered))))
                .build();
        Blueprint parent = entering(Blueprint.named("parent"), "parent", entered)
                .register(child)
                .build();
        App.Builder app = App.named("test");
        for (String step : List.of("app_1", "app_2")) {
            app.before(ctx -> {
                entered.push(step);
                return null;
            });
            app.teardown((ctx, unhandled) -> trace.add(step + " popped " + entered.pop()));
        }
        BothWays.with(app.register(parent)).run(client -> {
            assertThat(client.get(CHILD_ROUTE).text()).isEqualTo("app_1, app_2, parent_1, parent_2, child_1, child_2");
            assertThat(trace.taken())
                    .containsExactly(
                            "child_2 popped child_2",
                            "child_1 popped child_1",
                            "parent_2 popped parent_2",
                            "parent_1 popped parent_1",
                            "app_2 popped app_2",
                            "app_1 popped app_1");
            assertThat(entered).isEmpty();
        });
    }

    @Test
    @DisplayName("case 199: an app-wide hook of a blueprint takes its place among the app's")
    void app_wide_hooks() throws Exception {
        Blueprint p = Blueprint.named("p")
                .before(trace.before("p.own"))
                .after(trace.after("p.own out"))
                .appWide(hooks -> hooks.before(trace.before("p.app")).after(trace.after("p.app out")))
                .get("/p", text("p"))
                .build();
        BothWays.with(App.named("test")
                        .before(trace.before("app1"))
                        .after(trace.after("app1 out"))
                        .register(p)
                        .before(trace.before("app2"))
                        .after(trace.after("app2 out"))
                        .get("/app", text("app")))
                .run(client -> {
                    client.get("/p");
                    assertThat(trace.taken())
                            .containsExactly(
                                    "app1", "p.app", "app2", "p.own", "p.own out", "app2 out", "p.app out", "app1 out");
                    client.get("/app");
                    assertThat(trace.taken())
                            .containsExactly("app1", "p.app", "app2", "app2 out", "p.app out", "app1 out");
                });
    }

    // Sanic: bp1, app1, bp2, handler, bpr2, appr1, bpr1, in the order of declaration; here: in the order of the
    // structure, as in Flask, because moving a line must not change what a hook may rely on.
    @Test
    @DisplayName("case 200: declaration order across app and blueprint (here: the app's hooks are outside)")
    void declaration_order_across_levels() throws Exception {
        Blueprint.Builder bp = Blueprint.named("bp");
        App.Builder app = App.named("test");
        bp.before(trace.before("bp1"));
        app.before(trace.before("app1"));
        bp.before(trace.before("bp2"));
        bp.after(trace.after("bpr1"));
        app.after(trace.after("appr1"));
        bp.after(trace.after("bpr2"));
        bp.get("/", trace.handler("handler", "ok"));
        BothWays.with(app.register(bp.build())).run(client -> {
            client.get("/");
            assertThat(trace.taken()).containsExactly("app1", "bp1", "bp2", "handler", "bpr2", "bpr1", "appr1");
        });
    }

    @ParameterizedTest(name = "case {0}: before hooks with priorities [{1}, {2}, {3}]")
    @CsvSource(
            nullValues = "none",
            value = {
                "204, 1, 1, 1, 0 1 2",
                "206, 3, 2, 1, 0 1 2",
                "208, 3, 1, 2, 0 2 1",
                "210, none, 1, 1, 1 2 0",
            })
    void priorities_of_before_hooks(int number, Integer first, Integer second, Integer third, String order)
            throws Exception {
        Blueprint bp = withPriorities(Arrays.asList(first, second, third));
        BothWays.with(bp).run(client -> {
            client.get("/");
            assertThat(trace.taken().subList(0, 3)).containsExactly(order.split(" "));
        });
    }

    @ParameterizedTest(name = "case 212: after hooks with priorities [{0}, {1}, {2}]")
    @CsvSource({"3, 2, 1, 2 1 0", "1, 2, 3, 0 1 2"})
    void priorities_of_after_hooks(int first, int second, int third, String order) throws Exception {
        BothWays.with(withPriorities(List.of(first, second, third))).run(client -> {
            client.get("/");
            assertThat(trace.taken().subList(3, 6)).containsExactly(order.split(" "));
        });
    }

    @Test
    @DisplayName("cases 204 to 212, near: all combinations of none, -1, 1, 2 and 3, after hooks in the reverse order")
    void all_priorities() throws Exception {
        List<Integer> values = Arrays.asList(null, -1, 1, 2, 3);
        List<List<Integer>> combinations = values.stream()
                .flatMap(a -> values.stream().flatMap(b -> values.stream().map(c -> Arrays.asList(a, b, c))))
                .toList();
        App.Builder app = App.named("test");
        for (int i = 0; i < combinations.size(); i++) {
            String place = "p" + i;
            app.register(
                    withPriorities(combinations.get(i)),
                    mount -> mount.named(place).prefix(place));
        }
        BothWays.with(app).run(client -> {
            for (int i = 0; i < combinations.size(); i++) {
                client.get("/p" + i);
                List<String> inward = byPriority(combinations.get(i));
                List<String> outward = new ArrayList<>(inward);
                Collections.reverse(outward);
                assertThat(trace.taken())
                        .as("priorities %s", combinations.get(i))
                        .containsExactlyElementsOf(
                                Stream.of(inward, outward).flatMap(List::stream).toList());
            }
        });
    }

    @Test
    @DisplayName("cases 204 to 212, near: priorities count within a level only")
    void priorities_across_levels() throws Exception {
        Blueprint child = Blueprint.named("child")
                .before(9, trace.before("child 9"))
                .after(9, trace.after("child 9 out"))
                .get("/", text("ok"))
                .build();
        Blueprint parent = Blueprint.named("parent")
                .before(trace.before("parent 0"))
                .before(5, trace.before("parent 5"))
                .after(trace.after("parent 0 out"))
                .after(5, trace.after("parent 5 out"))
                .register(child)
                .build();
        BothWays.with(App.named("test")
                        .before(-1, trace.before("app -1"))
                        .after(-1, trace.after("app -1 out"))
                        .register(parent))
                .run(client -> {
                    client.get("/");
                    assertThat(trace.taken())
                            .containsExactly(
                                    "app -1",
                                    "parent 5",
                                    "parent 0",
                                    "child 9",
                                    "child 9 out",
                                    "parent 0 out",
                                    "parent 5 out",
                                    "app -1 out");
                });
    }

    // Sanic: a1, g, a2, in the order of declaration; here: the group's hook is outside, because the group is.
    @Test
    @DisplayName("case 214: group hook between two blueprint hooks (here: the group's runs first)")
    void group_hook() throws Exception {
        Blueprint a = Blueprint.named("a")
                .before(trace.before("a1"))
                .before(trace.before("a2"))
                .get("/", text("ok"))
                .build();
        Blueprint group = Blueprint.group(a).before(trace.before("g")).build();
        BothWays.with(group).run(client -> {
            client.get("/");
            assertThat(trace.taken()).containsExactly("g", "a1", "a2");
        });
    }

    /** Two before hooks that enter a level, and two teardown hooks, declared in the same order, that leave it. */
    private Blueprint.Builder entering(Blueprint.Builder builder, String level, Deque<String> entered) {
        for (String step : List.of(level + "_1", level + "_2")) {
            builder.before(ctx -> {
                entered.push(step);
                return null;
            });
            builder.teardown((ctx, unhandled) -> trace.add(step + " popped " + entered.pop()));
        }
        return builder;
    }

    private static List<String> outermostFirst(Deque<String> entered) {
        List<String> all = new ArrayList<>();
        for (Iterator<String> steps = entered.descendingIterator(); steps.hasNext(); ) {
            all.add(steps.next());
        }
        return all;
    }

    /** Before and after hooks 0, 1 and 2; null is no priority. */
    private Blueprint withPriorities(List<Integer> priorities) {
        Blueprint.Builder builder = Blueprint.named("bp").get("/", text("ok"));
        for (int i = 0; i < priorities.size(); i++) {
            String step = Integer.toString(i);
            Integer priority = priorities.get(i);
            if (priority == null) {
                builder.before(trace.before(step)).after(trace.after(step));
            } else {
                builder.before(priority, trace.before(step)).after(priority, trace.after(step));
            }
        }
        return builder.build();
    }

    /** The higher number first, ties by declaration. */
    private static List<String> byPriority(List<Integer> priorities) {
        return Stream.of(0, 1, 2)
                .sorted(Comparator.comparing(i -> priorities.get(i) == null ? 0 : -priorities.get(i)))
                .map(i -> Integer.toString(i))
                .toList();
    }
}
