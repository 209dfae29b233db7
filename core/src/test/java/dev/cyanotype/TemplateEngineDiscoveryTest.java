/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.exchange.Response;
import dev.cyanotype.exchange.TemplateException;
import dev.cyanotype.internal.dispatch.Answer;
import dev.cyanotype.internal.dispatch.InMemoryRequest;
import dev.cyanotype.internal.view.TemplateFiles;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.TemplateCall;
import dev.cyanotype.spi.TemplateEngine;
import dev.cyanotype.spi.TemplateEngineProvider;
import dev.cyanotype.spi.TemplateFolders;
import java.io.IOException;
import java.io.Writer;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Template engines as an app finds them, beside Pebble, which stands on the class path of these tests. */
class TemplateEngineDiscoveryTest {

    @TempDir
    private Path temporary;

    private Path views;

    @BeforeEach
    void views() {
        views = new TemplateFiles(temporary).folder("views", "page.html", "page {{ n }}");
    }

    /** Shows the text of templates as it is. */
    public static class Plain implements TemplateEngineProvider {

        @Override
        public String id() {
            return "plain";
        }

        @Override
        public TemplateEngine create(TemplateFolders folders) {
            return (call, out) -> out.write("%s %s %s %s: %s"
                    .formatted(id(), call.template(), call.format(), call.model(), folders.read(call.template())));
        }
    }

    public static final class AlsoPebble extends Plain {
        @Override
        public String id() {
            return "pebble";
        }
    }

    public static final class NeedsWhatIsMissing extends Plain {
        public NeedsWhatIsMissing() {
            throw new NoClassDefFoundError("freemarker/template/Configuration");
        }
    }

    public static final class Nameless extends Plain {
        @Override
        public String id() {
            return null;
        }
    }

    public static final class Fails extends Plain {
        public Fails() {
            throw new IllegalStateException("boom");
        }
    }

    private App.Builder app() {
        return App.named("shop")
                .discovery(false)
                .templates(views)
                .get("/", ctx -> Response.view("page.html", "n", 1))
                .error(TemplateException.class, (ctx, e) -> Response.text(e.getMessage()));
    }

    /** Starts an app where providers are declared, and asks it for a page. */
    private String page(App.Builder builder, String... providers) throws IOException {
        FakeTransports transports = new FakeTransports();
        try (App app =
                builder.transport(transports.fake("http", OperationKind.HTTP)).build()) {
            declaring(app::start, providers);
            return Answer.of(transports
                            .dispatcher("http")
                            .http(InMemoryRequest.get("/"))
                            .join())
                    .text();
        }
    }

    @Test
    void pebble_is_found() throws IOException {
        assertThat(page(app())).isEqualTo("page 1");
    }

    @Test
    void the_given_one_beats_what_would_be_found() throws IOException {
        assertThat(page(app().templateEngine(new Plain()), Fails.class.getName()))
                .isEqualTo("plain page.html HTML {n=1}: page {{ n }}");
    }

    @Test
    void the_given_one_goes_with_a_derived_app() throws IOException {
        assertThat(page(app().templateEngine(new Plain()).build().toBuilder()))
                .isEqualTo("plain page.html HTML {n=1}: page {{ n }}");
    }

    @Test
    void several_are_a_conflict() {
        assertThatThrownBy(() -> page(app(), Plain.class.getName()))
                .isInstanceOf(TemplateException.class)
                .hasMessage("app 'shop' has templates in " + views + ", and there are several template engines:"
                        + " dev.cyanotype.internal.pebble.PebbleProvider (classes/), " + Plain.class.getName()
                        + " (test-classes/). Choose one with templateEngine(…).");
    }

    @Test
    void two_of_one_id_are_a_conflict() {
        assertThatThrownBy(() -> page(app(), AlsoPebble.class.getName()))
                .isInstanceOf(TemplateException.class)
                .hasMessage("two template engines have the id 'pebble': dev.cyanotype.internal.pebble.PebbleProvider"
                        + " (classes/), " + AlsoPebble.class.getName()
                        + " (test-classes/). Remove one jar or pass one explicitly.");
    }

    @Test
    void one_that_lacks_a_library_is_passed_over() throws IOException {
        assertThat(page(app(), NeedsWhatIsMissing.class.getName())).isEqualTo("page 1");
    }

    @Test
    void one_that_fails_is_named_with_its_failure() {
        assertThatThrownBy(() -> page(app(), Fails.class.getName()))
                .isInstanceOf(TemplateException.class)
                .hasMessage("template engine " + Fails.class.getName() + " (test-classes/) could not be loaded:"
                        + " IllegalStateException boom. Repair or remove its jar.")
                .hasCauseInstanceOf(ServiceConfigurationError.class);
    }

    @Test
    void one_without_an_id_is_named_whether_it_is_found_or_given() {
        String message = "template engine " + Nameless.class.getName() + " (test-classes/): id() is null"
                + " (expected: lower-case letters, digits and hyphens, e.g. 'pebble'). Repair or remove it.";

        assertThatThrownBy(() -> page(app(), Nameless.class.getName()))
                .isInstanceOf(TemplateException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> page(app().templateEngine(new Nameless())))
                .isInstanceOf(TemplateException.class)
                .hasMessage(message);
    }

    @Test
    void one_whose_id_fails_is_named() {
        assertThatThrownBy(() -> page(app().templateEngine(new Plain() {
                    @Override
                    public String id() {
                        throw new NoSuchMethodError("'void dev.cyanotype.spi.TemplateFolders.more()'");
                    }
                })))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("template engine " + TemplateEngineDiscoveryTest.class.getName() + "$")
                .hasMessageEndingWith(" (test-classes/): id() failed: NoSuchMethodError"
                        + " 'void dev.cyanotype.spi.TemplateFolders.more()'. It was built for another version of"
                        + " Cyanotype than this one ((unpackaged)). Take the one that fits.");
    }

    @Test
    void no_engine_is_named_when_it_is_needed() throws IOException {
        assertThat(page(app().templateEngine(new Plain() {
                    @Override
                    public TemplateEngine create(TemplateFolders folders) {
                        return null;
                    }
                })))
                .isEqualTo("template engine 'plain' could not be made: create(…) returned null (expected: an engine)");
    }

    @Test
    void a_declaration_of_a_class_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> page(app(), "com.example.Missing"))
                .isInstanceOf(TemplateException.class)
                .hasMessage("template engine com.example.Missing is declared in " + temporary.getFileName()
                        + "/, but is not there. Repair or remove that jar.");
    }

    @Test
    void nothing_is_looked_for_without_templates() throws IOException {
        assertThat(page(App.named("shop").discovery(false).get("/", ctx -> Response.text("x")), Fails.class.getName()))
                .isEqualTo("x");
    }

    @Test
    void one_that_can_not_be_made_is_named_when_it_is_needed() throws IOException {
        assertThat(page(app().templateEngine(new Plain() {
                    @Override
                    public TemplateEngine create(TemplateFolders folders) {
                        throw new NoClassDefFoundError("x/Y");
                    }
                })))
                .isEqualTo("template engine 'plain' could not be made: java.lang.NoClassDefFoundError: x/Y");
    }

    @Test
    void there_is_one_engine_for_each_search_order_made_when_it_is_needed() throws IOException {
        List<Set<String>> made = new CopyOnWriteArrayList<>();
        TemplateEngineProvider counting = new Plain() {
            @Override
            public TemplateEngine create(TemplateFolders folders) {
                made.add(folders.names());
                assertThat(folders.cached()).isTrue();
                return super.create(folders);
            }
        };
        TemplateFiles files = new TemplateFiles(temporary);
        FakeTransports transports = new FakeTransports();
        Blueprint plain = Blueprint.named("plain")
                .get("/plain", ctx -> Response.view("page.html"))
                .build();
        Blueprint own = Blueprint.named("own")
                .templates(files.folder("own", "own.html", "own"))
                .get("/own", ctx -> Response.view("own.html"))
                .build();
        Blueprint unused = Blueprint.named("unused")
                .templates(files.folder("unused", "unused.html", "unused"))
                .build();
        try (App app = app().register(plain)
                .register(unused)
                .register(own)
                .templateEngine(counting)
                .transport(transports.fake("http", OperationKind.HTTP))
                .build()) {
            app.start();
            assertThat(made).isEmpty();
            List<String> texts = new ArrayList<>();
            for (String path : List.of("/", "/plain", "/own", "/own", "/")) {
                texts.add(Answer.of(transports
                                .dispatcher("http")
                                .http(InMemoryRequest.get(path))
                                .join())
                        .text());
            }

            assertThat(texts)
                    .containsExactly(
                            "plain page.html HTML {n=1}: page {{ n }}",
                            "plain page.html HTML {}: page {{ n }}",
                            "plain own.html HTML {}: own",
                            "plain own.html HTML {}: own",
                            "plain page.html HTML {n=1}: page {{ n }}");
        }
        Set<String> all = Set.of("own.html", "page.html", "unused.html");
        assertThat(made).containsExactly(all, all);
    }

    @Test
    void what_is_half_written_when_an_engine_fails_is_thrown_away() throws IOException {
        assertThat(page(app().templateEngine(new Plain() {
                    @Override
                    public TemplateEngine create(TemplateFolders folders) {
                        return (call, out) -> {
                            out.write("half a page");
                            throw new IOException("boom");
                        };
                    }
                })))
                .isEqualTo("template 'page.html' can't be rendered: java.io.IOException: boom");
    }

    @Test
    void the_model_can_not_be_changed_by_an_engine() throws IOException {
        assertThat(page(app().templateEngine(new Plain() {
                    @Override
                    public TemplateEngine create(TemplateFolders folders) {
                        return (TemplateCall call, Writer out) -> call.model().put("n", 2);
                    }
                })))
                .isEqualTo("template 'page.html' can't be rendered: java.lang.UnsupportedOperationException");
    }

    @Test
    void templates_are_read_anew_if_the_setting_says_so() throws IOException {
        FakeTransports transports = new FakeTransports();
        try (App app = app().setting("templates.cache", "false")
                .transport(transports.fake("http", OperationKind.HTTP))
                .build()) {
            app.start();
            Answer before = Answer.of(
                    transports.dispatcher("http").http(InMemoryRequest.get("/")).join());
            Files.writeString(views.resolve("page.html"), "changed");
            Answer after = Answer.of(
                    transports.dispatcher("http").http(InMemoryRequest.get("/")).join());

            assertThat(List.of(before.text(), after.text())).containsExactly("page 1", "changed");
        }
    }

    @Test
    void the_setting_is_checked() {
        assertThatThrownBy(() -> page(app().setting("templates.cache", "no")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("setting 'templates.cache' (given to the app's builder): 'no' (expected: true or false)");
    }

    private void declaring(Runnable action, String... providers) throws IOException {
        Path services = Files.createDirectories(temporary.resolve("META-INF/services"));
        Files.writeString(services.resolve(TemplateEngineProvider.class.getName()), String.join("\n", providers));
        Thread thread = Thread.currentThread();
        @Nullable ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {temporary.toUri().toURL()}, getClass().getClassLoader())) {
            thread.setContextClassLoader(loader);
            action.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
