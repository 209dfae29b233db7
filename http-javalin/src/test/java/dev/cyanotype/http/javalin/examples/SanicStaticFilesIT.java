/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.examples;

import static dev.cyanotype.http.javalin.examples.Checks.is;
import static dev.cyanotype.http.javalin.examples.Checks.notFound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.AppBuildException;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.javalin.BothWays;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The static files of blueprints in Sanic's guide and its earlier manual. */
class SanicStaticFilesIT {

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws Exception {
        Files.writeString(folder.resolve("file.txt"), "served");
    }

    @Test
    @DisplayName("Static files: a folder is served under the prefix of its blueprint")
    void under_the_prefix() throws Exception {
        Blueprint bp =
                Blueprint.named("bp").prefix("/bp").files("/web/path", folder).build();
        BothWays.with(bp).run(client -> {
            is(client.get("/bp/web/path/file.txt"), 200, "served");
            notFound(client, "/web/path/file.txt", "/bp/file.txt", "/bp/web/path/none.txt");
        });
    }

    @Test
    @DisplayName("Static files: the URL of a file is built by the name that its folder was given")
    void urls() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .prefix("/bp")
                .files("/web/path", folder, files -> files.name("uploads"))
                .get(
                        "/",
                        ctx -> Response.text(
                                ctx.urls().file(".uploads", "file.txt").path()))
                .build();
        App app = App.named("app").register(bp).build();

        assertThat(app.urls().file("bp.uploads", "file.txt").path()).isEqualTo("/bp/web/path/file.txt");
        BothWays.with(app.toBuilder()).run(client -> is(client.get("/bp"), 200, "/bp/web/path/file.txt"));
    }

    @Test
    @DisplayName("Static files: two folders, the second with a name of its own")
    void two_folders() throws Exception {
        Path second = Files.createDirectories(folder.resolve("second"));
        Files.writeString(second.resolve("file.txt"), "second");
        Blueprint bp = Blueprint.named("bp")
                .prefix("/bp")
                .files("/web/path", folder)
                .files("/web/uploads", second, files -> files.name("uploads"))
                .build();
        BothWays.with(bp).run(client -> {
            is(client.get("/bp/web/path/file.txt"), 200, "served");
            is(client.get("/bp/web/uploads/file.txt"), 200, "second");
        });
    }

    @Test
    @DisplayName("Static files: two folders on one path")
    void two_folders_on_one_path() {
        Blueprint bp = Blueprint.named("bp")
                .prefix("/bp")
                .files("/web/path", folder)
                .files("/web/path", folder, files -> files.name("uploads"))
                .build();
        // here: refused, because the second folder would never be asked
        assertThatThrownBy(() -> App.named("app").register(bp).build())
                .isInstanceOfSatisfying(
                        AppBuildException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.replaceAll(" \\(\\w+\\.java:\\d+\\)", ""))
                                .containsExactly(
                                        "GET /bp/web/path: declared by 'bp' and 'bp'. Change one path or method.",
                                        "GET /bp/web/path/{path*}: declared by 'bp' and 'bp'. Change one path or method."));
    }
}
