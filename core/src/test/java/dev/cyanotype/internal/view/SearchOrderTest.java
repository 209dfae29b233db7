/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.exchange.TemplateException;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.ModelHook;
import dev.cyanotype.internal.pebble.PebbleProvider;
import dev.cyanotype.internal.spec.TemplateLocation;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

/** Where templates are looked for, and in which order. */
class SearchOrderTest {

    @TempDir
    private Path temporary;

    private TemplateFiles files;

    @BeforeEach
    void files() {
        files = new TemplateFiles(temporary);
    }

    /** A blueprint that answers its own path with {@code page.html}. */
    private static Blueprint.Builder showing(String name) {
        return Blueprint.named(name).prefix("/" + name).get("/", ctx -> Response.view("page.html"));
    }

    private Path page(String text) {
        return files.folder(text, "page.html", text);
    }

    @Nested
    class A_view {

        @Test
        void of_two_blueprints_with_one_name_is_each_ones_own() {
            Assembled app = Assembled.of(
                    showing("one").templates(page("one's")).build(),
                    showing("two").templates(page("two's")).build());

            assertThat(app.get("/one").text()).isEqualTo("one's");
            assertThat(app.get("/two").text()).isEqualTo("two's");
        }

        @Test
        void is_the_apps_where_the_app_has_it() {
            Assembled app = Assembled.of(App.named("app")
                    .register(showing("one").templates(page("one's")).build())
                    .templates(page("the app's")));

            assertThat(app.get("/one").text()).isEqualTo("the app's");
        }

        @Test
        void is_looked_for_from_near_to_far_and_then_in_mounting_order() {
            Blueprint inner = showing("inner").build();
            Blueprint.Builder middle = Blueprint.named("middle").register(inner);
            Blueprint.Builder outer = Blueprint.named("outer");
            Blueprint first =
                    Blueprint.named("first").templates(page("first's")).build();

            Blueprint bare = outer.register(middle.build()).build();
            assertThat(Assembled.of(first, bare).get("/inner").text()).isEqualTo("first's");

            Blueprint parents = bare.toBuilder().templates(page("outer's")).build();
            assertThat(Assembled.of(first, parents).get("/inner").text()).isEqualTo("outer's");

            Blueprint nearer = Blueprint.named("outer")
                    .templates(page("outer's"))
                    .register(Blueprint.named("middle")
                            .register(inner)
                            .templates(page("middle's"))
                            .build())
                    .build();
            assertThat(Assembled.of(first, nearer).get("/inner").text()).isEqualTo("middle's");

            Blueprint own = Blueprint.named("outer")
                    .templates(page("outer's"))
                    .register(inner.toBuilder().templates(page("its own")).build())
                    .build();
            assertThat(Assembled.of(first, own).get("/inner").text()).isEqualTo("its own");
        }

        @Test
        void of_others_comes_in_mounting_order_an_outer_one_before_its_members() {
            Blueprint member =
                    Blueprint.named("member").templates(page("member's")).build();
            Blueprint outer = Blueprint.named("outer")
                    .register(member)
                    .templates(page("outer's"))
                    .build();
            Blueprint last = Blueprint.named("last").templates(page("last's")).build();

            assertThat(Assembled.of(showing("x").build(), outer, last).get("/x").text())
                    .isEqualTo("outer's");
            assertThat(Assembled.of(showing("x").build(), last, outer).get("/x").text())
                    .isEqualTo("last's");
            assertThat(Assembled.of(
                                    showing("x").build(),
                                    Blueprint.group(member).build(),
                                    last)
                            .get("/x")
                            .text())
                    .isEqualTo("member's");
        }

        @Test
        void is_the_groups_for_members_that_lack_it() {
            Assembled app = Assembled.of(
                    Blueprint.named("first").templates(page("first's")).build(),
                    Blueprint.group(
                                    showing("one").build(),
                                    showing("two").templates(page("two's")).build())
                            .templates(page("the group's"))
                            .build());

            assertThat(app.get("/one").text()).isEqualTo("the group's");
            assertThat(app.get("/two").text()).isEqualTo("two's");
        }

        @Test
        void is_in_the_folder_declared_first() {
            Path empty = files.folder("empty");

            assertThat(Assembled.of(showing("x")
                                    .templates(empty)
                                    .templates(page("one"))
                                    .templates(page("two"))
                                    .build())
                            .get("/x")
                            .text())
                    .isEqualTo("one");
        }

        @Test
        void is_the_same_wherever_its_blueprint_is_mounted() {
            Blueprint shared = showing("shared").templates(page("its own")).build();
            Assembled app = Assembled.of(App.named("app")
                    .register(
                            Blueprint.named("other").templates(page("other's")).build())
                    .register(shared)
                    .register(Blueprint.named("outer")
                            .prefix("/outer")
                            .templates(page("outer's"))
                            .register(shared, mount -> mount.named("again"))
                            .build()));

            assertThat(app.get("/shared").text()).isEqualTo("its own");
            assertThat(app.get("/outer/shared").text()).isEqualTo("its own");
        }

        @Test
        void answers_a_missing_page_from_the_folders_of_the_blueprint_that_owns_it() {
            Assembled app = Assembled.of(
                    Blueprint.named("other").templates(page("other's")).build(),
                    showing("one")
                            .templates(page("one's"))
                            .error(404, (ctx, e) -> Response.view("page.html").status(404))
                            .build());

            assertThat(app.get("/one/missing")).hasToString("404 one's");
        }

        @Test
        void of_a_copy_is_looked_for_in_the_folders_of_both() {
            Blueprint one = showing("one").templates(page("one's")).build();
            Blueprint copy = one.copy("two")
                    .prefix("/two")
                    .templates(files.folder("more", "more.html", "more"))
                    .get("/more", ctx -> Response.view("more.html"))
                    .build();

            Assembled app = Assembled.of(copy);
            assertThat(app.get("/two").text()).isEqualTo("one's");
            assertThat(app.get("/two/more").text()).isEqualTo("more");
        }
    }

    @Nested
    class A_template {

        private final String extending = "{% extends \"layout.html\" %}{% block body %}{{ name }}{% endblock %}";

        private Path layout(String tag) {
            return files.folder(
                    "layout of " + tag,
                    "layout.html",
                    "<" + tag + ">{% block body %}{% endblock %}{% include \"footer.html\" %}");
        }

        private Blueprint named(String name) {
            return Blueprint.named(name)
                    .prefix("/" + name)
                    .get("/", ctx -> Response.view("page.html", "name", name))
                    .build();
        }

        @Test
        void extends_and_includes_by_the_search_of_the_request() {
            Path pages = files.folder("pages", "page.html", extending, "footer.html", "shared footer");
            Blueprint.Builder one = named("one").toBuilder()
                    .templates(layout("one"))
                    .templates(files.folder("footer of one", "footer.html", "one's footer"));
            Blueprint.Builder two = named("two").toBuilder().templates(layout("two"));
            Assembled app = Assembled.of(
                    one.build(),
                    two.build(),
                    Blueprint.named("pages").templates(pages).build());

            assertThat(app.get("/one").text()).isEqualTo("<one>oneone's footer");
            assertThat(app.get("/two").text()).isEqualTo("<two>twoone's footer");
        }

        @Test
        void imports_macros_by_the_same_search() {
            Path macros = files.folder("macros", "macros.html", "{% macro hi(name) %}Hi {{ name }}{% endmacro %}");
            Path pages = files.folder("pages", "page.html", "{% import \"macros.html\" %}{{ hi(name) }}");
            Assembled app = Assembled.of(
                    named("one").toBuilder().templates(pages).build(),
                    Blueprint.named("macros").templates(macros).build());

            assertThat(app.get("/one").text()).isEqualTo("Hi one");
        }

        @Test
        void is_not_found_beside_the_one_that_names_it() {
            Path folder = files.folder("views", "a/page.html", "{% include \"part.html\" %}", "a/part.html", "x");
            Assembled app = Assembled.of(Blueprint.named("a")
                    .templates(folder)
                    .get("/", ctx -> Response.view("a/page.html"))
                    .error(TemplateException.class, (ctx, e) -> Response.text(e.getMessage()))
                    .build());

            assertThat(app.get("/").text())
                    .isEqualTo("template 'part.html' is missing (searched: %s). Did you mean 'a/part.html'?"
                            .formatted(folder));
        }
    }

    @Nested
    class A_directory {

        @Test
        void has_to_be_there_when_it_is_declared() {
            Path missing = temporary.resolve("missing");

            assertThatThrownBy(() -> Blueprint.named("a").templates(missing))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("blueprint 'a': templates '%s' is no directory (working directory: %s)."
                                    .formatted(missing, Path.of("").toAbsolutePath())
                            + " Create it, or name another.");
        }

        @Test
        void may_not_be_a_file() {
            Path file = page("x").resolve("page.html");

            assertThatThrownBy(() -> App.named("a").templates(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("app 'a': templates '" + file + "' is no directory");
        }

        @Test
        void shows_nothing_that_a_link_leads_out_to() throws IOException {
            Path folder = files.folder("views", "real.html", "inside");
            Files.writeString(temporary.resolve("secret.html"), "secret");
            Files.createSymbolicLink(folder.resolve("out.html"), temporary.resolve("secret.html"));
            Files.createSymbolicLink(folder.resolve("in.html"), folder.resolve("real.html"));
            Assembled app = Assembled.of(Blueprint.named("a")
                    .templates(folder)
                    .get("/{name}", ctx -> Response.view(ctx.pathParam("name")))
                    .error(TemplateException.class, (ctx, e) -> Response.text("missing"))
                    .build());

            assertThat(app.get("/in.html").text()).isEqualTo("inside");
            assertThat(app.get("/out.html").text()).isEqualTo("missing");
        }

        @Test
        void is_no_template_itself() {
            Path folder = files.folder("views", "users/list.html", "x");
            SearchedFolders folders = new SearchedFolders(List.of(TemplateLocation.of("test", folder)), true);

            assertThat(folders.has("users")).isFalse();
            assertThat(folders.has("users/list.html")).isTrue();
            assertThat(folders.has("users/list.html/x")).isFalse();
            assertThat(folders.has("../views/users/list.html")).isFalse();
        }
    }

    @Nested
    class A_location_on_the_class_path {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "views",
                    "/views",
                    "classpath:",
                    "classpath:/",
                    "classpath:/a//b",
                    "classpath:../x",
                    "classpath:/a/./b",
                    "classpath:/a\\b",
                    "file:/views"
                })
        void is_refused_if_it_is_none(String location) {
            assertThatThrownBy(() -> Blueprint.named("a").templates(location))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "blueprint 'a': templates '" + location
                                    + "' (expected: a location such as 'classpath:/users/views'). For a directory pass a Path.");
        }

        @Test
        void is_read_from_a_jar_and_from_a_folder() throws IOException {
            Path jar = jar("views/users/list.html", "in the jar: {{ n }}", "views/page.html", "jar");
            Path folder = files.folder("classes", "views/page.html", "folder");
            for (Path root : List.of(jar, folder)) {
                Blueprint.Builder blueprint = Blueprint.named("a")
                        .get("/list", ctx -> Response.view("users/list.html", "n", 1))
                        .get("/page", ctx -> Response.view("page.html"))
                        .get("/users", ctx -> Response.view("users"))
                        .error(TemplateException.class, (ctx, e) -> Response.text(e.getMessage()));
                try (URLClassLoader loader = loader(root)) {
                    Assembled app = Assembled.of(with(loader, () -> blueprint.templates("classpath:/views/"))
                            .build());

                    if (root.equals(jar)) {
                        assertThat(app.get("/list").text()).isEqualTo("in the jar: 1");
                        assertThat(app.get("/page").text()).isEqualTo("jar");
                    } else {
                        assertThat(app.get("/page").text()).isEqualTo("folder");
                    }
                    assertThat(app.get("/users").text())
                            .isEqualTo("template 'users' is missing (searched: classpath:/views).");
                }
            }
        }

        @Test
        void is_listed_in_a_jar_and_in_a_folder() throws IOException {
            Path jar = jar("views/b.html", "x", "views/sub/c.html", "x", "other/d.html", "x");
            Path folder = files.folder("classes", "views/a.html", "x");
            try (URLClassLoader loader = loader(jar, folder)) {
                TemplateLocation location = with(loader, () -> TemplateLocation.of("test", "classpath:views"));

                assertThat(new SearchedFolders(List.of(location), true).names())
                        .containsExactly("a.html", "b.html", "sub/c.html");
            }
        }

        private Path jar(String... namesAndTexts) throws IOException {
            Path jar = temporary.resolve("views.jar");
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream entries = new JarOutputStream(out)) {
                entries.putNextEntry(new JarEntry("views/"));
                entries.putNextEntry(new JarEntry("views/users/"));
                for (int i = 0; i < namesAndTexts.length; i += 2) {
                    entries.putNextEntry(new JarEntry(namesAndTexts[i]));
                    entries.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
                }
            }
            return jar;
        }

        private static URLClassLoader loader(Path... roots) throws IOException {
            URL[] urls = new URL[roots.length];
            for (int i = 0; i < urls.length; i++) {
                urls[i] = roots[i].toUri().toURL();
            }
            return new URLClassLoader(urls, null);
        }

        private static <T> T with(ClassLoader loader, Supplier<T> action) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                return action.get();
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    @Test
    void the_order_is_shown_where_a_request_is_explained() {
        Path own = page("its own");
        Path other = page("other's");
        Path apps = page("the app's");
        Blueprint one = showing("one")
                .templates(own)
                .model(ctx -> Map.of())
                .teardown((ctx, error) -> {})
                .build();
        App app = App.named("shop")
                .register(Blueprint.named("other").templates(other).build())
                .register(one)
                .templates(apps)
                .build();

        assertThat(app.explain("GET /one").replaceAll("\\w+.java:\\d+", "S"))
                .contains("  model      'one' (S)\n"
                        + "  templates  " + apps + "\n"
                        + "             " + own + "\n"
                        + "             " + other + "\n"
                        + "  teardown   'one' (S)\n");
    }

    @Test
    void a_template_is_kept_or_read_anew() throws IOException {
        Path folder = files.folder("views", "page.html", "{% include \"part.html\" %}", "part.html", "old");
        TemplateLocation location = TemplateLocation.of("test", folder);
        Views kept = Views.of(new PebbleProvider(), true);
        Views anew = Views.of(new PebbleProvider(), false);
        assertThat(List.of(text(kept, location), text(anew, location))).containsExactly("old", "old");

        Files.writeString(folder.resolve("part.html"), "new");

        assertThat(List.of(text(kept, location), text(anew, location))).containsExactly("old", "new");
    }

    private static String text(Views views, TemplateLocation location) {
        try {
            Response rendered = views.render(
                    Mockito.mock(HttpContext.class), Response.view("page.html"), new ModelHook[0], List.of(location));
            return (String) rendered.body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
