/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static dev.cyanotype.internal.dispatch.InMemoryRequest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.Cookie;
import dev.cyanotype.exchange.Exchange;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.message.ActionContext;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextTest {

    private final List<Object> record = new ArrayList<>();

    @Nested
    class The_request {

        @Test
        void shows_its_parts() {
            record(
                    "/users/{id}",
                    ctx -> record.addAll(Arrays.asList(
                            ctx.method(),
                            ctx.path(),
                            ctx.pattern(),
                            ctx.host(),
                            ctx.scheme(),
                            ctx.remoteAddress(),
                            ctx.header("x-one"),
                            ctx.header("X-None"),
                            ctx.operation())),
                    get("/users/a%20b?x=1")
                            .host("Example.COM:8080")
                            .scheme("https")
                            .remoteAddress(InetSocketAddress.createUnresolved("client", 5))
                            .header("X-One", "1")
                            .header("X-One", "2"));

            assertThat(record)
                    .containsExactly(
                            HttpMethod.GET,
                            "/users/a%20b",
                            "/users/{id}",
                            "example.com",
                            "https",
                            InetSocketAddress.createUnresolved("client", 5),
                            "1",
                            null,
                            "GET /users/{id}");
        }

        @Test
        void has_no_pattern_while_no_route_has_matched() {
            Assembled app = Assembled.of(App.named("a").before(ctx -> {
                record.addAll(List.of(ctx.pattern(), ctx.pathParams(), ctx.operation(), ctx.host()));
                return null;
            }));

            app.get("/none");

            assertThat(record).containsExactly("", Map.of(), "GET (no route)", "");
        }

        @Test
        void has_the_full_pattern_and_name_of_its_route() {
            Blueprint inner = Blueprint.named("inner")
                    .prefix("/in")
                    .get("/{id}", ctx -> ctx.operation() + " " + ctx.pattern(), route -> route.name("show"))
                    .build();
            Blueprint outer = Blueprint.named("outer")
                    .version(2)
                    .prefix("/out")
                    .register(inner)
                    .build();

            assertThat(Assembled.of(outer).get("/v2/out/in/5").text())
                    .isEqualTo("\"outer.inner.show /v2/out/in/{id}\"");
        }
    }

    @Nested
    class Path_parameters {

        @Test
        void come_decoded_and_in_order() {
            record(
                    "/{b}/{a:int}/{rest*}",
                    ctx -> {
                        record.add(ctx.pathParams().toString());
                        record.add(ctx.pathParam("b"));
                        record.add(ctx.pathParam("rest"));
                    },
                    get("/x%20y/7/p/q"));

            assertThat(record).containsExactly("{b=x y, a=7, rest=p/q}", "x y", "p/q");
        }

        @Test
        void can_be_of_other_types() {
            UUID uuid = UUID.fromString("3f2b1c4e-0000-4000-8000-000000000001");
            record(
                    "/{a}/{b}/{c}/{d}",
                    ctx -> record.addAll(List.of(
                            ctx.pathParam("a", Integer.class),
                            ctx.pathParam("b", Long.class),
                            ctx.pathParam("c", UUID.class),
                            ctx.pathParam("d", String.class),
                            ctx.pathParam("a", int.class))),
                    get("/7/9000000000/" + uuid + "/x"));

            assertThat(record).containsExactly(7, 9000000000L, uuid, "x", 7);
        }

        @ParameterizedTest
        @CsvSource({"/x,Integer", "/1.5,Integer", "/99999999999,Integer", "/x,UUID", "/x,Boolean"})
        void that_are_no_such_thing_are_a_bad_request(String path, String type) throws Exception {
            Class<?> wanted = Class.forName((type.equals("UUID") ? "java.util." : "java.lang.") + type);
            Answer answer = Assembled.of(App.named("a").get("/{id}", ctx -> ctx.pathParam("id", wanted)))
                    .get(path);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).contains("\"detail\":\"the path parameter 'id' is no " + type + "\"");
        }

        @Test
        void that_are_unknown_are_a_fault_of_the_program() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .error(IllegalArgumentException.class, (exchange, e) -> Response.of(500, e.getMessage()))
                    .get("/{id}/{name}", ctx -> ctx.pathParam("nmae"), route -> route.name("show"))
                    .build());

            assertThat(app.get("/1/2").text())
                    .isEqualTo("\"a.show: path parameter 'nmae' is unknown (expected: one of [id, name])\"");
        }

        @Test
        void can_not_be_changed_by_the_handler() {
            record(
                    "/{id}",
                    ctx -> assertThatThrownBy(() -> ctx.pathParams().put("id", "x"))
                            .isInstanceOf(UnsupportedOperationException.class),
                    get("/1"));
        }

        @Test
        void can_be_taken_out_before_everything_else() {
            Attribute<String> tenant = Attribute.named("tenant", String.class);
            Assembled app = Assembled.of(App.named("shop")
                    .before(ctx -> {
                        record.add("before " + ctx.pathParams() + " " + ctx.attribute(tenant));
                        return null;
                    })
                    .register(Blueprint.named("p")
                            .prefix("/{tenant}")
                            .urlValues((ctx, values) -> ctx.attribute(tenant, values.remove("tenant")))
                            .register(Blueprint.named("c")
                                    .prefix("/c")
                                    .urlValues((ctx, values) -> values.replaceAll((name, value) -> value + "!"))
                                    .get(
                                            "/{id}",
                                            ctx -> ctx.attribute(tenant) + " " + ctx.pathParams() + " "
                                                    + ctx.pathParam("id"))
                                    .build())
                            .build()));

            assertThat(app.get("/7/c/3").text()).isEqualTo("\"7 {id=3!} 3!\"");
            assertThat(record).containsExactly("before {id=3!} 7");
        }

        @Test
        void that_were_taken_out_are_unknown() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .urlValues((ctx, values) -> values.clear())
                    .error(IllegalArgumentException.class, (exchange, e) -> Response.of(500, e.getMessage()))
                    .get("/{id}", ctx -> ctx.pathParam("id"))
                    .build());

            assertThat(app.get("/1").text())
                    .isEqualTo("\"GET /{id}: path parameter 'id' is unknown (expected: one of [])\"");
        }

        @Test
        void of_an_unmatched_request_are_none_for_the_hooks_of_the_app() {
            Assembled app = Assembled.of(App.named("a").urlValues((ctx, values) -> record.add(values.toString())));

            app.get("/none");

            assertThat(record).containsExactly("{}");
        }
    }

    @Nested
    class Cookies {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        a=1              | 1
                        b=2; a=1         | 1
                        b=2;a=1          | 1
                        a = 1            | 1
                        aa=2; a=1        | 1
                        a=1; a=2         | 1
                        a=x=y            | x=y
                        a="q"            | "q"
                        a=%20            | %20
                        a; a=1           | 1
                        =x; a=1          | 1
                        A=1              | null
                        ba=1             | null
                        a                | null
                        """)
        void are_read_as_they_were_sent(String header, String value) {
            record(
                    "/x",
                    ctx -> record.add(String.valueOf(ctx.cookie("a"))),
                    get("/x").header("Cookie", header));

            assertThat(record).containsExactly(value);
        }

        @Test
        void may_come_in_several_headers() {
            record(
                    "/x",
                    ctx -> record.addAll(Arrays.asList(ctx.cookie("a"), ctx.cookie("b"), ctx.cookie("c"))),
                    get("/x").header("Cookie", "a=1").header("cookie", "b=2"));

            assertThat(record).containsExactly("1", "2", null);
        }

        @Test
        void are_set_one_header_each() {
            Assembled app = Assembled.of(App.named("a")
                    .after((ctx, response) -> response.cookie(Cookie.of("b", "2")))
                    .get("/x", ctx -> Response.text("x").cookie(Cookie.of("a", "1"))));

            assertThat(app.get("/x").headers().all("Set-Cookie"))
                    .containsExactly("a=1; Path=/; HttpOnly; SameSite=Lax", "b=2; Path=/; HttpOnly; SameSite=Lax");
        }
    }

    @Nested
    class An_exchange {

        @Test
        void can_be_asked_for_as_the_context_of_its_kind() {
            record(
                    "/x",
                    ctx -> {
                        Exchange exchange = ctx;
                        assertThat(exchange.as(HttpContext.class)).isSameAs(ctx);
                        assertThat(exchange.as(Exchange.class)).isSameAs(ctx);
                    },
                    get("/x"));
        }

        @Test
        void can_be_asked_for_as_what_the_transport_offers() {
            StringBuilder transport = new StringBuilder("transport's own");

            record(
                    "/x",
                    ctx -> record.add(ctx.as(StringBuilder.class)),
                    get("/x").transport(transport));

            assertThat(record).containsExactly(transport);
        }

        @Test
        void says_if_it_is_no_such_thing() {
            record(
                    "/x/{id}",
                    ctx -> assertThatThrownBy(() -> ctx.as(ActionContext.class))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessage("GET /x/{id}: there is no dev.cyanotype.message.ActionContext here."
                                    + " Ask for it only where its transport carries it."),
                    get("/x/1"));
        }

        @Test
        void of_an_action_says_so_too() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .action("do_it", ctx -> {
                        assertThat(ctx.as(ActionContext.class)).isSameAs(ctx);
                        assertThatThrownBy(() -> ctx.as(HttpContext.class))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessage("a.do_it: there is no dev.cyanotype.http.HttpContext here."
                                        + " Ask for it only where its transport carries it.");
                        return "fine";
                    })
                    .build());

            assertThat(app.action("do_it").payload().asString()).isEqualTo("fine");
        }

        @Test
        void keeps_attributes_by_identity_and_type() {
            Attribute<String> one = Attribute.named("same", String.class);
            Attribute<String> other = Attribute.named("same", String.class);
            record(
                    "/x",
                    ctx -> {
                        assertThat(ctx.attribute(one)).isNull();
                        ctx.attribute(one, null);
                        ctx.attribute(one, "1");
                        assertThat(ctx.attribute(one)).isEqualTo("1");
                        assertThat(ctx.attribute(other)).isNull();
                        ctx.attribute(one, null);
                        assertThat(ctx.attribute(one)).isNull();
                    },
                    get("/x"));
        }

        @Test
        void can_not_send_messages_where_nothing_is_started() {
            record(
                    "/x",
                    ctx -> assertThatThrownBy(() -> ctx.broadcast("c", Map.of()))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessage("app 'test_app' is not started, so it can't send messages. Start it."),
                    get("/x"));
        }

        @Test
        void has_a_text_form_without_content() {
            record("/x/{id}", ctx -> record.add(ctx.toString()), get("/x/secret"));

            assertThat(record).containsExactly("http GET /x/{id}");
        }
    }

    /** Runs a check as a handler; its failures fail the test. */
    private interface Check {
        void run(HttpContext ctx) throws Exception;
    }

    private void record(String pattern, Check check, InMemoryRequest request) {
        RouteHandler handler = ctx -> {
            check.run(ctx);
            return "ok";
        };
        List<Throwable> failures = new ArrayList<>();
        App.Builder app = App.named("a").get(pattern, handler).error(Throwable.class, (exchange, e) -> {
            failures.add(e);
            return "failed";
        });

        Answer answer = Assembled.of(app).send(request);

        assertThat(failures).isEmpty();
        assertThat(answer.text()).isEqualTo("\"ok\"");
    }
}
