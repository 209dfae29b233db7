/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.exchange.TemplateException;
import dev.cyanotype.http.javalin.BothWays;
import dev.cyanotype.spi.TemplateEngine;
import dev.cyanotype.spi.TemplateEngineProvider;
import dev.cyanotype.spi.TemplateFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behaviour cases 324 to 327: templates and the values they show. */
class Cases19TemplatesIT {

    private static final String BOTH = "{{ notanswer }} & {{ answer }}";

    @TempDir
    private Path folder;

    @Test
    @DisplayName("case 324: templates of a sample app")
    void templates_of_a_sample_app() throws Exception {
        List<String> errors = new ArrayList<>();
        Blueprint admin = Blueprint.named("admin")
                .prefix("/admin")
                .templates(templates("admin", Map.of("admin/index.html", "Hello from the Admin")))
                .get("/", ctx -> Response.view("admin/index.html"))
                .get("/index2", ctx -> Response.view("admin/index.html"))
                .build();
        Blueprint frontend = Blueprint.named("frontend")
                .templates(templates("frontend", Map.of("frontend/index.html", "Hello from the Frontend")))
                .get("/", ctx -> Response.view("frontend/index.html"))
                .get("/missing", ctx -> Response.view("missing.html"))
                .error(TemplateException.class, (ctx, e) -> {
                    errors.add(e.getMessage());
                    return Response.text("no such page").status(500);
                })
                .build();
        BothWays.with(admin, frontend).run(client -> {
            assertThat(client.get("/").text()).isEqualTo("Hello from the Frontend");
            assertThat(client.get("/admin/").text()).isEqualTo("Hello from the Admin");
            assertThat(client.get("/admin/index2").text()).isEqualTo("Hello from the Admin");
            assertThat(client.get("/missing").status()).isEqualTo(500);
        });
        String message = "template 'missing.html' is missing (searched: %s, %s)."
                .formatted(
                        folder.toRealPath().resolve("frontend"),
                        folder.toRealPath().resolve("admin"));
        assertThat(errors).containsExactly(message, message);
    }

    /** Lists what it could render. */
    private static final class Listing implements TemplateEngineProvider {

        @Override
        public String id() {
            return "listing";
        }

        @Override
        public TemplateEngine create(TemplateFolders folders) {
            return (call, out) -> out.write(String.join(", ", folders.names()));
        }
    }

    @Test
    @DisplayName("case 324: the list of templates of a sample app")
    void list_of_templates_of_a_sample_app() throws Exception {
        App.Builder app = App.named("test")
                .templateEngine(new Listing())
                .register(Blueprint.named("frontend")
                        .templates(templates("frontend", Map.of("frontend/index.html", "")))
                        .get("/", ctx -> Response.view("frontend/index.html"))
                        .build())
                .register(Blueprint.named("admin")
                        .templates(templates("admin", Map.of("admin/index.html", "")))
                        .build());
        BothWays.with(app)
                .run(client -> assertThat(client.get("/").text()).isEqualTo("admin/index.html, frontend/index.html"));
    }

    @Test
    @DisplayName("case 325: local and app-wide context values")
    void local_and_app_wide_values() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .appWide(hooks -> hooks.model(ctx -> Map.of("notanswer", 43)))
                .model(ctx -> Map.of("answer", 42))
                .get("/bp", ctx -> Response.view("both.html"))
                .build();
        App.Builder app = App.named("test")
                .templates(templates("views", Map.of("both.html", BOTH)))
                .get("/", ctx -> Response.view("both.html"))
                .register(bp);
        BothWays.with(app).run(client -> {
            assertThat(client.get("/").text()).isEqualTo("43 & ");
            assertThat(client.get("/bp").text()).isEqualTo("43 & 42");
        });
    }

    @Test
    @DisplayName("case 327: explicit value beats all context functions")
    void explicit_value_beats_all() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .appWide(hooks -> hooks.model(ctx -> Map.of("foo", "from the app")))
                .model(ctx -> Map.of("foo", "from the blueprint"))
                .templates(templates("views", Map.of("foo.html", "{{ foo }}")))
                .get("/", ctx -> Response.view("foo.html", Map.of("foo", 42)))
                .build();
        BothWays.with(bp).run(client -> assertThat(client.get("/").text()).isEqualTo("42"));
    }

    private Path templates(String name, Map<String, String> texts) throws IOException {
        Path views = folder.resolve(name);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = views.resolve(text.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.getValue());
        }
        return views;
    }
}
