/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.readme;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.testkit.TestApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotesTest {

    @Test
    void shows_its_own_page() {
        try (TestApp app = TestApp.of(Notes.blueprint())) {
            assertThat(app.get("/notes"))
                    .hasStatus(200)
                    .hasContentType("text/html")
                    .hasText("""
                            <title>Notes</title>

                            <ul>

                            <li><a href="/notes/1">buy &lt;tea&gt;</a></li>

                            </ul>

                            """);
        }
    }

    @Test
    void shows_the_page_of_the_app_that_replaces_it(@TempDir Path theme) throws IOException {
        Files.writeString(theme.resolve("layout.html"), "{% block body %}{% endblock %}<footer>{{ site }}</footer>");
        App shop =
                App.named("shop").templates(theme).register(Notes.blueprint()).build();
        try (TestApp app = TestApp.of(shop)) {
            assertThat(app.get("/notes")).hasText("""

                    <ul>

                    <li><a href="/notes/1">buy &lt;tea&gt;</a></li>

                    </ul>
                    <footer>Notes</footer>""");
        }
    }
}
