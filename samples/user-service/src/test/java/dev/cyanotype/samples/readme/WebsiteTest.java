/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.readme;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.testkit.TestApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide to static files shows. */
class WebsiteTest {

    static Blueprint website(Path dist) {
        return Blueprint.named("website")
                .files(
                        "/assets",
                        dist.resolve("assets"),
                        f -> f.name("assets").cacheAge(Duration.ofDays(365)).precompressed(true))
                .files("/app", dist, f -> f.name("app").fallback("index.html"))
                .file("/robots.txt", dist.resolve("robots.txt"), f -> f.name("robots"))
                .get("/invoices/{id:int}/pdf", ctx -> Response.file(dist.resolve("invoice.pdf")))
                .build();
    }

    @Test
    void serves_a_website(@TempDir Path dist) throws IOException {
        Files.createDirectory(dist.resolve("assets"));
        Files.writeString(dist.resolve("assets/app.js"), "start()");
        Files.writeString(dist.resolve("assets/app.js.gz"), "packed");
        Files.writeString(dist.resolve("index.html"), "<p>app</p>");
        Files.writeString(dist.resolve("robots.txt"), "User-agent: *");
        Files.writeString(dist.resolve("invoice.pdf"), "%PDF");
        try (TestApp app = TestApp.of(website(dist))) {
            assertThat(app.get("/assets/app.js")).hasStatus(200).hasText("start()");
            assertThat(app.request("GET", "/assets/app.js")
                            .header("Accept-Encoding", "gzip")
                            .send())
                    .hasText("packed");
            assertThat(app.request("GET", "/app/users/3")
                            .header("Accept", "text/html")
                            .send())
                    .hasText("<p>app</p>");
            assertThat(app.get("/robots.txt")).hasText("User-agent: *");
            assertThat(app.request("GET", "/invoices/7/pdf")
                            .header("Range", "bytes=1-3")
                            .send())
                    .hasStatus(206)
                    .hasText("PDF");
        }
    }
}
