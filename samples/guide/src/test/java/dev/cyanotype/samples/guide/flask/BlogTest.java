/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.flask;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;

import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BlogTest {

    private static TestResponse get(TestApp app, String path) {
        return app.request(HttpMethod.GET, path).header("X-User", "ann").send();
    }

    @Test
    void posts_are_made_and_found() {
        try (TestApp client = TestApp.of(Blog.app())) {
            assertThat(client.request(HttpMethod.POST, "/v1/posts/")
                            .header("X-User", "ann")
                            .json(Map.of("text", "hello"))
                            .send())
                    .hasStatus(201)
                    .hasHeader("Location", "/v1/posts/1");
            assertThat(get(client, "/v1/posts/1")).hasJson("{\"id\": 1, \"by\": \"ann\", \"text\": \"hello\"}");
        }
    }

    @Test
    void errors_and_hooks_reach_whatever_stands_below_the_prefix() {
        try (TestApp client = TestApp.of(Blog.app())) {
            assertThat(client.get("/v1/posts/1")).isProblem(401).hasHeader("X-Blog", "mine");
            assertThat(get(client, "/v1/posts/1")).hasStatus(404).hasJson("{\"error\": \"No such post\"}");
            assertThat(get(client, "/v1/posts/not/there"))
                    .hasStatus(404)
                    .hasHeader("X-Blog", "mine")
                    .hasJson("{\"error\": \"There is nothing at this address\"}");
            assertThat(client.get("/elsewhere")).isProblem(404).hasNoHeader("X-Blog");
        }
    }
}
