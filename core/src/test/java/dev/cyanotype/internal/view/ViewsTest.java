/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.Blueprint;
import dev.cyanotype.CapturedLog;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.exchange.TemplateException;
import dev.cyanotype.exchange.View;
import dev.cyanotype.internal.dispatch.Answer;
import dev.cyanotype.internal.dispatch.InMemoryRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** Views as answers to requests, rendered by Pebble. */
class ViewsTest {

    @TempDir
    private Path temporary;

    private TemplateFiles files;

    @BeforeEach
    void files() {
        files = new TemplateFiles(temporary);
    }

    /** A record as models hold it. */
    public record User(String name, int age) {}

    /** A class with getters, and with what templates must not reach. */
    public static final class Account {

        public final String plan = "free";
        private final String secret = "s3cret";

        public String getOwner() {
            return "ann";
        }

        public boolean isActive() {
            return true;
        }

        public int balance() {
            return 7;
        }
    }

    private Assembled rendering(String text, Map<String, ?> model) {
        Path folder = files.folder("views", "page.html", text);
        return Assembled.of(Blueprint.named("a")
                .templates(folder)
                .get("/", ctx -> Response.view("page.html", model))
                .build());
    }

    @Nested
    class A_view {

        @Test
        void is_rendered_with_its_model() {
            Answer answer =
                    rendering("Hello {{ name }}!", Map.of("name", "Zoë")).get("/");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("Hello Zoë!");
            assertThat(answer.contentType()).isEqualTo("text/html;charset=utf-8");
            assertThat(answer.length()).isEqualTo(11);
        }

        @Test
        void shows_nothing_for_a_value_that_is_missing_or_null() {
            Map<String, Object> model = new HashMap<>();
            model.put("nothing", null);

            assertThat(rendering("[{{ nothing }}{{ missing }}]", model).get("/").text())
                    .isEqualTo("[]");
        }

        @Test
        void shows_records_and_public_members_of_objects() {
            Map<String, Object> model = Map.of("user", new User("ann", 42), "account", new Account());

            assertThat(rendering(
                                    "{{ user.name }} {{ user.age }} {{ account.owner }} {{ account.active }}"
                                            + " {{ account.balance }} {{ account.plan }} [{{ account.secret }}]",
                                    model)
                            .get("/")
                            .text())
                    .isEqualTo("ann 42 ann true 7 free []");
        }

        @Test
        void keeps_its_lines() {
            assertThat(rendering("{{ a }}\n{% if a == 1 %}\nb\n{% endif %}\n", Map.of("a", 1))
                            .get("/")
                            .text())
                    .isEqualTo("1\n\nb\n\n");
        }

        @Test
        void has_the_status_and_the_fields_of_its_response() {
            Path folder = files.folder("views", "page.html", "x");
            Answer answer = Assembled.of(Blueprint.named("a")
                            .templates(folder)
                            .get(
                                    "/",
                                    ctx -> Response.view("page.html")
                                            .status(418)
                                            .header("A", "b")
                                            .contentType("text/x-page"))
                            .build())
                    .get("/");

            assertThat(answer).hasToString("418 x");
            assertThat(answer.header("A")).isEqualTo("b");
            assertThat(answer.contentType()).isEqualTo("text/x-page");
        }

        @Test
        void answers_HEAD_with_its_length_and_without_its_body() {
            Answer answer = rendering("Hello", Map.of()).send(InMemoryRequest.of("HEAD", "/"));

            assertThat(answer).hasToString("200 ");
            assertThat(answer.length()).isEqualTo(5);
        }

        @ParameterizedTest
        @CsvSource({"204", "205", "304"})
        void is_not_rendered_where_there_is_no_body(int status) {
            List<String> ran = new ArrayList<>();
            Path folder = files.folder("views", "page.html", "{{ 1 / 0 }}");
            Answer answer = Assembled.of(Blueprint.named("a")
                            .templates(folder)
                            .model(ctx -> {
                                ran.add("model");
                                return Map.of();
                            })
                            .get("/", ctx -> Response.view("page.html").status(status))
                            .build())
                    .get("/");

            assertThat(answer).hasToString(status + " ");
            assertThat(ran).isEmpty();
        }

        @Test
        void can_be_looked_at_and_replaced_by_after_hooks() {
            Path folder = files.folder("views", "page.html", "{{ a }}{{ b }}");
            Answer answer = Assembled.of(Blueprint.named("a")
                            .templates(folder)
                            .after((ctx, response) -> {
                                View view = (View) response.body();
                                Map<String, Object> more = new HashMap<>(view.model());
                                more.put("b", 2);
                                return Response.view(view.template(), more);
                            })
                            .get("/", ctx -> Response.view("page.html", "a", 1))
                            .build())
                    .get("/");

            assertThat(answer.text()).isEqualTo("12");
        }

        @Test
        void may_come_from_an_error_handler_and_from_a_stage() {
            Path folder = files.folder("views", "error.html", "Sorry: {{ what }}", "page.html", "later");
            Assembled app = Assembled.of(Blueprint.named("a")
                    .templates(folder)
                    .get("/later", ctx -> CompletableFuture.completedFuture(Response.view("page.html")))
                    .get("/gone", ctx -> {
                        throw new NotFoundException("gone");
                    })
                    .error(
                            404,
                            (ctx, e) -> Response.view("error.html", "what", e.getMessage())
                                    .status(404))
                    .build());

            assertThat(app.get("/later")).hasToString("200 later");
            assertThat(app.get("/gone")).hasToString("404 Sorry: gone");
        }

        @Test
        void on_an_action_is_an_error_that_says_so() {
            Path folder = files.folder("views", "page.html", "x");
            Assembled app = Assembled.of(Blueprint.named("a")
                    .templates(folder)
                    .action("show", ctx -> Response.view("page.html"))
                    .build());
            try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
                assertThat(app.action("show", JsonNodeFactory.instance.objectNode())
                                .status())
                        .isEqualTo(500);

                assertThat(log.events().get(0).getThrowableProxy().getMessage())
                        .isEqualTo("action a.show: a VIEW body can't be a reply (expected: JSON or text)");
            }
        }
    }

    @Nested
    class Escaping {

        private static final String NASTY = "<script>alert(\"x\" + 'y' & 1)</script>";

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                delimiter = '|',
                value = {
                    "page.html | &lt;script&gt;alert(&quot;x&quot; + &#39;y&#39; &amp; 1)&lt;/script&gt;",
                    "page.xml | &lt;script&gt;alert(&quot;x&quot; + &#39;y&#39; &amp; 1)&lt;/script&gt;",
                    "page | &lt;script&gt;alert(&quot;x&quot; + &#39;y&#39; &amp; 1)&lt;/script&gt;",
                    "page.json | <script>alert(\\\"x\\\" + 'y' \\u0026 1)<\\/script>",
                    "page.js | <script>alert(\\\"x\\\" + \\'y\\' \\x26 1)<\\/script>",
                    "page.txt | <script>alert(\"x\" + 'y' & 1)</script>"
                })
        void follows_from_the_name_of_the_view(String name, String shown) {
            Path folder = files.folder("views", name, "{{ text }}");
            Assembled app = Assembled.of(Blueprint.named("a")
                    .templates(folder)
                    .get("/", ctx -> Response.view(name, "text", NASTY))
                    .build());

            assertThat(app.get("/").text()).isEqualTo(shown);
        }

        @Test
        void is_that_of_the_page_in_all_that_it_includes() {
            Path folder = files.folder(
                    "views",
                    "page.html",
                    "{% include \"part.txt\" %}",
                    "mail.txt",
                    "{% include \"part.txt\" %}",
                    "part.txt",
                    "{{ text }}");
            Assembled app = Assembled.of(Blueprint.named("a")
                    .templates(folder)
                    .get("/page", ctx -> Response.view("page.html", "text", "<b>"))
                    .get("/mail", ctx -> Response.view("mail.txt", "text", "<b>"))
                    .build());

            assertThat(app.get("/page").text()).isEqualTo("&lt;b&gt;");
            assertThat(app.get("/mail").text()).isEqualTo("<b>");
        }

        @Test
        void is_left_out_only_where_the_template_says_so() {
            assertThat(rendering("{{ text | raw }}{{ text }}", Map.of("text", "<b>"))
                            .get("/")
                            .text())
                    .isEqualTo("<b>&lt;b&gt;");
        }
    }

    @Nested
    class A_locale {

        @Test
        void is_english_whatever_the_machine_says() {
            assertThat(rendering("{{ n | numberformat(\"#,##0.00\") }}", Map.of("n", 1234.5))
                            .get("/")
                            .text())
                    .isEqualTo("1,234.50");
        }

        @Test
        void is_the_one_in_the_model() {
            assertThat(rendering(
                                    "{{ n | numberformat(\"#,##0.00\") }} {{ locale }}",
                                    Map.of("n", 1234.5, "locale", Locale.GERMANY))
                            .get("/")
                            .text())
                    .isEqualTo("1.234,50 de_DE");
        }
    }

    @Nested
    class Model_functions {

        private Blueprint blueprint(String name, Map<String, ?> values) {
            return Blueprint.named(name)
                    .model(ctx -> values)
                    .get("/" + name, ctx -> Response.view("page.html"))
                    .build();
        }

        private final String page = "{{ a }} {{ b }} {{ c }} {{ d }} {{ e }}";

        @Test
        void apply_from_the_app_inwards_and_later_ones_win() {
            Blueprint inner = Blueprint.named("inner")
                    .model(ctx -> Map.of("c", "inner", "d", "inner", "e", "inner"))
                    .model(ctx -> Map.of("d", "second", "e", "second"))
                    .get("/x", ctx -> Response.view("page.html", "e", "explicit"))
                    .build();
            Blueprint outer = Blueprint.named("outer")
                    .register(inner)
                    .model(ctx -> Map.of("b", "outer", "c", "outer"))
                    .build();
            Assembled app = Assembled.of(App.named("app")
                    .templates(files.folder("views", "page.html", page))
                    .register(outer)
                    .model(ctx -> Map.of("a", "app", "b", "app")));

            assertThat(app.get("/x").text()).isEqualTo("app outer inner second explicit");
        }

        @Test
        void of_one_blueprint_do_not_touch_another() {
            Assembled app = Assembled.of(App.named("app")
                    .templates(files.folder("views", "page.html", page))
                    .register(blueprint("one", Map.of("a", 1)))
                    .register(blueprint("two", Map.of("b", 2))));

            assertThat(app.get("/one").text()).isEqualTo("1    ");
            assertThat(app.get("/two").text()).isEqualTo(" 2   ");
        }

        @Test
        void that_a_blueprint_adds_to_the_app_take_its_place_there() {
            Blueprint adding = Blueprint.named("adding")
                    .appWide(hooks -> hooks.model(ctx -> Map.of("a", "added", "b", "added"))
                            .model(ctx -> Map.of("b", "again")))
                    .build();
            Assembled app = Assembled.of(App.named("app")
                    .templates(files.folder("views", "page.html", page))
                    .model(ctx -> Map.of("a", "first", "c", "first"))
                    .register(adding)
                    .model(ctx -> Map.of("c", "last"))
                    .get("/x", ctx -> Response.view("page.html")));

            assertThat(app.get("/x").text()).isEqualTo("added again last  ");
        }

        @Test
        void see_the_request_and_run_only_for_views() {
            List<String> ran = Collections.synchronizedList(new ArrayList<>());
            Assembled app = Assembled.of(App.named("app")
                    .templates(files.folder("views", "page.html", page))
                    .model(ctx -> {
                        ran.add(ctx.path());
                        return Map.of("a", ctx.pathParam("id"));
                    })
                    .get("/plain/{id}", ctx -> Response.text("x"))
                    .get("/view/{id}", ctx -> Response.view("page.html")));

            assertThat(app.get("/plain/1").text()).isEqualTo("x");
            assertThat(app.get("/view/2").text()).isEqualTo("2    ");
            assertThat(ran).containsExactly("/view/2");
        }

        @Test
        void that_fail_hand_the_request_to_the_error_handlers() {
            Blueprint failing = Blueprint.named("failing")
                    .model(ctx -> {
                        throw new NotFoundException("no such user");
                    })
                    .templates(files.folder("views", "page.html", page))
                    .get("/x", ctx -> Response.view("page.html"))
                    .error(NotFoundException.class, (ctx, e) -> Response.text("caught: " + e.getMessage()))
                    .build();

            assertThat(Assembled.of(failing).get("/x").text()).isEqualTo("caught: no such user");
        }

        @Test
        void that_return_null_are_told_so() {
            Blueprint failing = Blueprint.named("failing")
                    .model(ctx -> null)
                    .templates(files.folder("views", "page.html", page))
                    .get("/x", ctx -> Response.view("page.html"))
                    .error(IllegalStateException.class, (ctx, e) -> Response.text(e.getMessage()))
                    .build();

            assertThat(Assembled.of(failing).get("/x").text())
                    .isEqualTo("http GET /x: a model function returned null. Return an empty map.");
        }
    }

    @Nested
    class An_error {

        private String messageOf(String... namesAndTexts) {
            Path folder = files.folder("views", namesAndTexts);
            return Assembled.of(Blueprint.named("a")
                            .templates(folder)
                            .get("/", ctx -> Response.view("page.html", "user", new User("ann", 42)))
                            .error(
                                    TemplateException.class,
                                    (ctx, e) -> Response.text(e.getMessage()).status(500))
                            .build())
                    .get("/")
                    .text();
        }

        @Test
        void in_a_template_is_a_500_and_never_half_a_page() {
            Assembled app = rendering("Hello {{ user.name }} {{ 1 / 0 }}", Map.of("user", new User("ann", 42)));
            try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
                Answer answer = app.get("/");

                assertThat(answer.status()).isEqualTo(500);
                assertThat(answer.contentType()).isEqualTo("application/problem+json");
                assertThat(answer.text()).doesNotContain("Hello", "page.html");
                assertThat(log.events()).hasSize(1);
            }
        }

        @Test
        void names_the_template_and_the_line() {
            assertThat(messageOf(
                            "page.html", "one\n{% include \"part.html\" %}", "part.html", "\n\n{{ user.name | no }}"))
                    .isEqualTo("template 'part.html' line 3: Filter [no] does not exist.");
        }

        @Test
        void of_syntax_names_the_template_and_the_line() {
            assertThat(messageOf("page.html", "one\n{% if %}"))
                    .isEqualTo("template 'page.html' line 2: Unexpected token \"EXECUTE_END\" of value \"%}\"");
        }

        @Test
        void in_an_error_page_ends_in_the_last_resort() {
            Path folder = files.folder("views", "error.html", "{{ 1 / 0 }}");
            Assembled app = Assembled.of(Blueprint.named("a")
                    .templates(folder)
                    .get("/", ctx -> Response.view("missing.html"))
                    .error(500, (ctx, e) -> Response.view("error.html"))
                    .build());
            try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
                Answer answer = app.send(InMemoryRequest.get("/").header("X-Request-Id", "r1"));

                assertThat(answer).hasToString("500 Internal Server Error (correlation id r1)");
                assertThat(log.events()).hasSize(1);
            }
        }

        @Test
        void of_a_template_that_includes_itself_is_answered() {
            Assembled app = rendering("{% include \"page.html\" %}", Map.of());
            try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
                assertThat(app.get("/").status()).isEqualTo(500);
                assertThat(log.events()).hasSize(1);
            }
        }

        @Test
        void of_a_missing_template_lists_where_it_was_looked_for_and_what_is_close() {
            Path one = files.folder("one", "users/lists.html", "x");
            Path two = files.folder("two", "other.html", "x");
            Assembled app = Assembled.of(Blueprint.named("a")
                    .templates(one)
                    .templates(two)
                    .get("/", ctx -> Response.view("users/list.html"))
                    .get("/include", ctx -> Response.view("include.html"))
                    .error(TemplateException.class, (ctx, e) -> Response.text(e.getMessage()))
                    .build());

            assertThat(app.get("/").text())
                    .isEqualTo("template 'users/list.html' is missing (searched: %s, %s).".formatted(one, two)
                            + " Did you mean 'users/lists.html'?");
        }

        @Test
        void of_a_view_without_any_templates_says_what_to_declare() {
            Assembled app = Assembled.of(Blueprint.named("a")
                    .get("/", ctx -> Response.view("page.html"))
                    .error(TemplateException.class, (ctx, e) -> Response.text(e.getMessage()))
                    .build());

            assertThat(app.get("/").text())
                    .isEqualTo("template 'page.html': this app has no templates."
                            + " Declare templates(…) on it or on a blueprint.");
        }

        @ParameterizedTest
        @CsvSource({"../secret.txt", "/etc/passwd", "a/../../secret.txt", "file:/etc/passwd"})
        void is_what_an_included_name_gets_that_leads_out_of_the_folder(String name) throws Exception {
            Files.writeString(temporary.resolve("secret.txt"), "secret");

            assertThat(messageOf("page.html", "{% include \"" + name + "\" %}"))
                    .isEqualTo(
                            "template '" + name
                                    + "' (expected: names joined by '/', such as 'users/list.html', without '..', ':' and '\\')");
        }

        @Test
        void is_what_a_template_gets_that_reaches_for_classes() {
            assertThat(messageOf("page.html", "{{ user.getClass().forName(\"java.lang.Runtime\") }}"))
                    .startsWith("template 'page.html' line 1: ")
                    .contains("getClass");
        }

        @Test
        void of_a_template_in_another_charset_says_so() throws Exception {
            Path folder = files.folder("views", "page.html", "x");
            Files.write(folder.resolve("page.html"), new byte[] {'Z', 'o', (byte) 0xeb});

            assertThat(messageOf()).isEqualTo("template 'page.html' in " + folder + " is not UTF-8. Save it as UTF-8.");
        }
    }

    @Test
    void many_render_at_the_same_time() {
        Path folder = files.folder(
                "views",
                "page.html",
                "{% extends \"layout.html\" %}{% block body %}{{ n }}{% set n = n + 1 %},{{ n }}{% endblock %}",
                "layout.html",
                "<{% block body %}{% endblock %}>");
        Assembled app = Assembled.of(Blueprint.named("a")
                .templates(folder)
                .get("/{n}", ctx -> Response.view("page.html", "n", ctx.pathParam("n", Integer.class)))
                .build());

        List<CompletableFuture<String>> pages = IntStream.range(0, 500)
                .mapToObj(n ->
                        CompletableFuture.supplyAsync(() -> app.get("/" + n).text()))
                .toList();

        for (int n = 0; n < pages.size(); n++) {
            assertThat(pages.get(n).join()).isEqualTo("<" + n + "," + (n + 1) + ">");
        }
    }
}
