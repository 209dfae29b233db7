/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.examples;

import static dev.cyanotype.http.javalin.examples.Checks.is;
import static dev.cyanotype.http.javalin.examples.Checks.notFound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.javalin.BothWays;
import dev.cyanotype.internal.testkit.wire.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The resources of blueprints in a description of Flask's; the rest of it is in {@link FlaskBlueprintsIT}. */
class FlaskResourcesIT {

    @TempDir
    private Path root;

    private Path write(String folder, String file, String text) throws IOException {
        Path directory = Files.createDirectories(root.resolve(folder));
        Files.writeString(directory.resolve(file), text);
        return directory;
    }

    private Blueprint pages(String name) throws IOException {
        return Blueprint.named(name)
                .prefix("/" + name)
                .templates(write(name, "login.html", name + "'s page for {{ user }}"))
                .get("/login", ctx -> Response.view("login.html", Map.of("user", "ann")))
                .build();
    }

    @Test
    @DisplayName("Resource Management: a blueprint shows its own templates")
    void own_templates() throws Exception {
        // here: also where another blueprint, registered earlier, has one of the same name, because it is nearer
        BothWays.with(pages("auth"), pages("admin")).run(client -> {
            Answer page = client.get("/auth/login");
            is(page, 200, "auth's page for ann");
            assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=utf-8");
            is(client.get("/admin/login"), 200, "admin's page for ann");
        });
    }

    @Test
    @DisplayName("Resource Management: the app's templates have precedence over those of a blueprint")
    void templates_of_the_app() throws Exception {
        Path templates = write("app", "login.html", "The app's page for {{ user }}");
        BothWays.with(App.named("app").templates(templates).register(pages("auth")))
                .run(client -> is(client.get("/auth/login"), 200, "The app's page for ann"));
    }

    @Test
    @DisplayName("Resource Management: a static folder has a route of the name static")
    void static_folder() throws Exception {
        Blueprint auth = Blueprint.named("auth")
                .prefix("/auth")
                .files("/static", write("static", "style.css", "body {}"))
                .get(
                        "/",
                        ctx -> Response.redirect(
                                ctx.urls().file("auth.static", "style.css").path()))
                .build();
        write("static/icons", "a.svg", "<svg/>");
        App app = App.named("app").register(auth).build();

        assertThat(app.urls().file("auth.static", "icons/a.svg").path()).isEqualTo("/auth/static/icons/a.svg");
        BothWays.with(app.toBuilder()).run(client -> {
            assertThat(client.get("/auth").header("Location")).isEqualTo("/auth/static/style.css");
            Answer style = client.get("/auth/static/style.css");
            is(style, 200, "body {}");
            assertThat(style.header("Content-Type")).startsWith("text/css");
            is(client.get("/auth/static/icons/a.svg"), 200, "<svg/>");
            notFound(client, "/static/style.css", "/auth/style.css", "/auth/static/none.css");
        });
    }
}
