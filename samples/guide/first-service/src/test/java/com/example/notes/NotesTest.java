/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.notes;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;

import dev.cyanotype.testkit.TestApp;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotesTest {

    @Test
    void keeps_what_was_noted() {
        try (TestApp app = TestApp.of(Notes.blueprint())) {
            assertThat(app.post("/notes", Map.of("text", "Buy milk"))).hasStatus(201);
            assertThat(app.get("/notes/1")).hasStatus(200).hasJson("{\"id\": 1, \"text\": \"Buy milk\"}");
        }
    }

    @Test
    void refuses_an_empty_note() {
        try (TestApp app = TestApp.of(Notes.blueprint())) {
            assertThat(app.post("/notes", Map.of("text", " ")))
                    .hasStatus(422)
                    .hasJson("{\"error\": \"A note needs a text\"}");
            assertThat(app.get("/notes/1")).isProblem(404);
        }
    }
}
