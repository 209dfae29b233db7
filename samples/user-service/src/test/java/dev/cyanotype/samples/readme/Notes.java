/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.readme;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import java.util.List;
import java.util.Map;

/** The pages shown in the document on templates. */
final class Notes {

    public record Note(int id, String text) {}

    private static final List<Note> NOTES = List.of(new Note(1, "buy <tea>"));

    private Notes() {}

    static Blueprint blueprint() {
        return Blueprint.named("notes")
                .prefix("/notes")
                .templates("classpath:/notes/views")
                .model(ctx -> Map.of("site", "Notes"))
                .get("/", ctx -> Response.view("notes/list.html", Map.of("notes", NOTES)))
                .get("/{id:int}", ctx -> Response.view("notes/show.html"), r -> r.name("show"))
                .build();
    }
}
