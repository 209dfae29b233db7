/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.examples;

import static dev.cyanotype.http.javalin.examples.Checks.is;
import static dev.cyanotype.http.javalin.examples.Checks.notFound;
import static dev.cyanotype.http.javalin.examples.Checks.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.http.javalin.BothWays;

/**
 * Groups that mimic directories, the example of both of Sanic's documents:
 *
 * <pre>
 * api/
 * ├── content/
 * │   ├── authors
 * │   └── static
 * └── info
 * </pre>
 */
final class SanicDirectories {

    private static final Blueprint AUTHORS = leaf("content_authors", "/authors");

    private static final Blueprint STATIC = leaf("content_static", "/static");

    private static final Blueprint CONTENT =
            Blueprint.group(STATIC, AUTHORS).prefix("/content").build();

    private static final Blueprint INFO = leaf("info", "/info");

    static final Blueprint API = Blueprint.group(CONTENT, INFO).prefix("/api").build();

    private SanicDirectories() {}

    private static Blueprint leaf(String name, String prefix) {
        return Blueprint.named(name)
                .prefix(prefix)
                .get("/", text(name), r -> r.name("index"))
                .build();
    }

    static void areWhereTheirDirectoriesAre() throws Exception {
        App app = App.named("app").register(API).build();
        assertThat(Checks.paths(app)).containsExactly("/api/content/static/", "/api/content/authors/", "/api/info/");
        assertThat(Checks.names(app)).containsExactly("content_static.index", "content_authors.index", "info.index");
        BothWays.with(app.toBuilder()).run(client -> {
            is(client.get("/api/content/authors"), 200, "content_authors");
            is(client.get("/api/content/static"), 200, "content_static");
            is(client.get("/api/info"), 200, "info");
            notFound(
                    client, "/authors", "/static", "/info", "/content/authors", "/api/authors", "/api/content", "/api");
        });
    }
}
