/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static dev.cyanotype.internal.dispatch.InMemoryRequest.get;
import static dev.cyanotype.internal.dispatch.InMemoryRequest.of;
import static dev.cyanotype.internal.dispatch.InMemoryRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.spi.RenderedResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MethodsTest {

    private final List<String> record = new ArrayList<>();

    @Test
    void each_has_its_shortcut() {
        Assembled app = Assembled.of(Blueprint.named("a")
                .get("/x", ctx -> "get")
                .post("/x", ctx -> "post")
                .put("/x", ctx -> "put")
                .patch("/x", ctx -> "patch")
                .delete("/x", ctx -> "delete")
                .head("/x", ctx -> Response.of(203))
                .options("/x", ctx -> "options")
                .build());

        for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            assertThat(app.send(of(method, "/x"))).hasToString("200 \"" + method.toLowerCase(Locale.ROOT) + "\"");
        }
        assertThat(app.send(of("HEAD", "/x")).status()).isEqualTo(203);
    }

    @Test
    void several_may_share_a_handler_on_several_paths() {
        Assembled app = Assembled.of(Blueprint.named("a")
                .prefix("/p")
                .route(
                        Set.of(HttpMethod.PUT, HttpMethod.POST),
                        List.of("/a", "/b/{id}"),
                        ctx -> ctx.method() + " " + ctx.pattern())
                .build());

        assertThat(app.send(of("PUT", "/p/a")).text()).isEqualTo("\"PUT /p/a\"");
        assertThat(app.send(post("/p/b/1")).text()).isEqualTo("\"POST /p/b/{id}\"");
        assertThat(app.get("/p/a").status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"})
    void no_header_overrides_the_one_of_the_request(String header) {
        Assembled app = Assembled.of(Blueprint.named("a")
                .post("/x", ctx -> "post")
                .delete("/x", ctx -> "delete")
                .build());

        assertThat(app.send(post("/x").header(header, "DELETE")).text()).isEqualTo("\"post\"");
    }

    @Nested
    class Head {

        @Test
        void runs_the_get_handler_and_drops_the_body_but_not_its_length() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .after((ctx, response) ->
                            response.header("X-Method", ctx.method().name()))
                    .get("/x", ctx -> {
                        record.add("handler " + ctx.method());
                        return "body";
                    })
                    .build());

            RenderedResponse response = app.rendered(of("HEAD", "/x"));

            assertThat(record).containsExactly("handler HEAD");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.contentLength()).isEqualTo(6);
            assertThat(response.contentType()).isEqualTo("application/json");
            assertThat(response.headers().first("X-Method")).isEqualTo("HEAD");
            assertThat(response.bytes()).isNull();
            assertThat(response.stream()).isNull();
        }

        @Test
        void of_an_error_has_no_body_either() {
            RenderedResponse response = Assembled.of(App.named("a")).rendered(of("HEAD", "/none"));

            assertThat(response.status()).isEqualTo(404);
            assertThat(response.bytes()).isNull();
            assertThat(response.contentType()).isEqualTo("application/problem+json");
            assertThat(response.contentLength()).isPositive();
        }

        @Test
        void has_a_route_of_its_own_if_one_is_declared() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .get("/x", ctx -> "get")
                    .head("/x", ctx -> Response.empty().header("X-Head", "yes"))
                    .build());

            assertThat(app.send(of("HEAD", "/x")).header("X-Head")).isEqualTo("yes");
            assertThat(app.get("/x").header("X-Head")).isNull();
        }

        @Test
        void is_not_allowed_where_there_is_no_get() {
            Assembled app =
                    Assembled.of(Blueprint.named("a").post("/x", ctx -> "post").build());

            assertThat(app.send(of("HEAD", "/x")).status()).isEqualTo(405);
        }

        @Test
        void alone_is_allowed_without_get() {
            Assembled app = Assembled.of(
                    Blueprint.named("a").head("/x", ctx -> Response.empty()).build());

            assertThat(app.get("/x").header("Allow")).isEqualTo("HEAD, OPTIONS");
        }
    }

    @Nested
    class Options {

        @Test
        void is_answered_with_what_is_allowed_over_all_blueprints() {
            Assembled app = Assembled.of(App.named("shop")
                    .before(ctx -> {
                        record.add("app");
                        return null;
                    })
                    .register(Blueprint.named("a")
                            .before(ctx -> {
                                record.add("a");
                                return null;
                            })
                            .get("/x", ctx -> "x")
                            .build())
                    .register(Blueprint.named("b").delete("/{id}", ctx -> "x").build()));

            Answer answer = app.send(of("OPTIONS", "/x"));

            assertThat(answer).hasToString("204 ");
            assertThat(answer.header("Allow")).isEqualTo("GET, DELETE, HEAD, OPTIONS");
            assertThat(record).containsExactly("app");
        }

        @Test
        void of_nothing_is_not_found() {
            assertThat(Assembled.of(App.named("a")).send(of("OPTIONS", "/x")).status())
                    .isEqualTo(404);
        }
    }

    @Nested
    class A_method_that_is_not_allowed {

        private final Assembled app = Assembled.of(
                Blueprint.named("a").prefix("/p").get("/x", ctx -> "x").build(),
                Blueprint.named("b").prefix("/p").put("/x", ctx -> "x").build(),
                Blueprint.named("c").prefix("/p").post("/{any}", ctx -> "x").build());

        @ParameterizedTest
        @CsvSource({
            "DELETE,/p/x,'GET, POST, PUT, HEAD, OPTIONS'",
            "PATCH,/p/x/,'GET, POST, PUT, HEAD, OPTIONS'",
            "GET,/p/y,'POST, OPTIONS'",
            "BREW,/p/y,'POST, OPTIONS'",
            "get,/p/x,'GET, POST, PUT, HEAD, OPTIONS'"
        })
        void is_answered_with_those_that_are(String method, String path, String allow) {
            Answer answer = app.send(of(method, path));

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).isEqualTo(allow);
            assertThat(answer.text()).contains("\"detail\":\"Allowed here: " + allow + "\"");
        }

        @Test
        void is_not_found_where_no_method_is() {
            assertThat(app.send(of("BREW", "/none")).status()).isEqualTo(404);
        }

        @Test
        void goes_to_the_handlers_of_the_app() {
            Assembled handled = Assembled.of(App.named("shop")
                    .error(405, (exchange, e) -> Response.of(405, "no").headers(e.headers()))
                    .get("/x", ctx -> "x"));

            Answer answer = handled.send(post("/x"));

            assertThat(answer).hasToString("405 \"no\"");
            assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        }

        @ParameterizedTest
        @EnumSource(HttpMethod.class)
        void is_none_where_all_are(HttpMethod method) {
            Assembled all = Assembled.of(App.named("shop")
                    .route(
                            EnumSet.allOf(HttpMethod.class),
                            List.of("/x"),
                            ctx -> ctx.method().name()));

            assertThat(all.send(of(method.name(), "/x")).status()).isEqualTo(200);
        }
    }

    @Nested
    class An_address_that_nobody_has {

        @Test
        void is_not_found() {
            Answer answer = Assembled.of(App.named("a").get("/x", ctx -> "x")).get("/y");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text()).contains("\"detail\":\"There is nothing at this address\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/%", "/%c0%af", "/x/%zz"})
        void but_is_badly_encoded_is_a_bad_request_that_the_hooks_of_the_app_see(String path) {
            Assembled app = Assembled.of(App.named("a")
                    .before(ctx -> {
                        record.add(ctx.path());
                        return null;
                    })
                    .error(400, (exchange, e) -> "bad")
                    .get("/x", ctx -> "x"));

            assertThat(app.get(path)).hasToString("400 \"bad\"");
            assertThat(record).containsExactly(path);
        }

        @Test
        void and_is_too_long_is_refused() {
            Assembled app = Assembled.of(
                    App.named("a").get("/{path*}", ctx -> "x"),
                    HttpOptions.builder().maxUrlLength(20).build());

            assertThat(app.get("/" + "a".repeat(19)).status()).isEqualTo(200);
            assertThat(app.get("/" + "a".repeat(20)).status()).isEqualTo(414);
            assertThat(app.get("/a?" + "b".repeat(17)).status()).isEqualTo(200);
            assertThat(app.get("/a?" + "b".repeat(18)).text())
                    .contains("\"detail\":\"the URL is longer than 20 characters\"");
        }
    }

    @Nested
    class A_host {

        private final Assembled app = Assembled.of(
                Blueprint.named("api")
                        .host("API.Example.com")
                        .get("/x", ctx -> "api")
                        .build(),
                Blueprint.named("any")
                        .get("/x", ctx -> "any")
                        .get("/y", ctx -> "any y")
                        .build());

        @ParameterizedTest
        @ValueSource(strings = {"api.example.com", "API.EXAMPLE.COM", "api.example.com:8080", "Api.Example.Com:443"})
        void is_compared_without_port_and_letter_case(String host) {
            assertThat(app.send(get("/x").host(host)).text()).isEqualTo("\"api\"");
            assertThat(app.send(get("/y").host(host)).text()).isEqualTo("\"any y\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"example.com", "www.api.example.com", "api.example.com.evil", "", "[::1]:80"})
        void that_is_another_gets_what_has_none(String host) {
            assertThat(app.send(get("/x").host(host)).text()).isEqualTo("\"any\"");
        }

        @Test
        void that_the_client_does_not_name_gets_what_has_none() {
            assertThat(app.get("/x").text()).isEqualTo("\"any\"");
        }

        @Test
        void that_is_another_is_not_found_where_all_have_one() {
            Assembled hosted = Assembled.of(
                    Blueprint.named("a").host("a.com").get("/x", ctx -> "x").build());

            assertThat(hosted.send(get("/x").host("b.com")).status()).isEqualTo(404);
            assertThat(hosted.send(post("/x").host("b.com")).status()).isEqualTo(404);
            assertThat(hosted.send(post("/x").host("a.com")).status()).isEqualTo(405);
        }

        @Test
        void may_be_an_address() {
            Assembled hosted = Assembled.of(Blueprint.named("a")
                    .host("[::1]")
                    .get("/x", ctx -> ctx.host())
                    .build());

            assertThat(hosted.send(get("/x").host("[::1]:8080")).text()).isEqualTo("\"[::1]\"");
        }
    }

    @Nested
    class A_trailing_slash {

        @Test
        void does_not_count_by_default() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .get("/get", ctx -> "OK")
                    .post("/post/", ctx -> "OK")
                    .build());

            assertThat(app.get("/get/").status()).isEqualTo(200);
            assertThat(app.send(post("/post")).status()).isEqualTo(200);
        }

        @Test
        void is_not_found_in_the_other_form_where_strict() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .get("/get", ctx -> "OK", route -> route.strictSlashes(true))
                    .post("/post/", ctx -> "OK", route -> route.strictSlashes(true))
                    .build());

            assertThat(app.get("/get").status()).isEqualTo(200);
            assertThat(app.get("/get/").status()).isEqualTo(404);
            assertThat(app.send(post("/post/")).status()).isEqualTo(200);
            assertThat(app.send(post("/post")).status()).isEqualTo(404);
        }
    }
}
