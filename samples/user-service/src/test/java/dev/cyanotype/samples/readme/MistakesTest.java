/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.readme;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import org.junit.jupiter.api.Test;

/** The mistakes that the README shows, with exactly its messages. */
class MistakesTest {

    @Test
    void two_routes_on_one_path() {
        Blueprint users = Blueprint.named("users").get("/u/{id}", ctx -> 1).build();
        Blueprint admin = Blueprint.named("admin").get("/u/{name}", ctx -> 2).build();
        App.Builder app = App.named("shop").register(users).register(admin);
        assertThatThrownBy(app::build)
                .hasMessageMatching("app 'shop': GET /u/\\{name}: declared by 'users' \\(MistakesTest.java:\\d+\\)"
                        + " and 'admin' \\(MistakesTest.java:\\d+\\)\\. Change one path or method\\.");
    }

    @Test
    void no_transport_for_http() {
        Blueprint users = Blueprint.named("users").get("/u", ctx -> 1).build();
        App app = App.named("shop").register(users).discovery(false).build();
        assertThatThrownBy(app::start)
                .hasMessage("blueprint 'users' declares 1 route, but no transport carries HTTP."
                        + " Add dev.cyanotype:cyanotype-http-javalin (found: none).");
    }

    @Test
    void a_setting_that_nobody_knows() {
        App app = App.named("shop").get("/", ctx -> 1).setting("http.prot", "0").build();
        assertThatThrownBy(app::start)
                .hasMessage("setting 'http.prot' (given to the app's builder) is unknown. Did you mean 'http.port'?");
    }
}
