/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.AppBuildException;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.javalin.BothWays;
import dev.cyanotype.internal.testkit.wire.Answer;
import java.util.List;
import org.assertj.core.api.Assertions;

/** What many cases have in common: apps, and short checks of answers and of problems. */
final class Cases {

    private Cases() {}

    /** Answers 200 with the full name of what runs. */
    static Object operation(HttpContext ctx) {
        return Response.text(ctx.operation());
    }

    /** A GET is answered with 200 and exactly this text. */
    static void says(BothWays.Client client, String target, String text, String... headers) {
        Answer answer = client.get(target, headers);
        assertThat(answer.status() + " " + answer.text()).as(target).isEqualTo("200 " + text);
    }

    /** GETs are answered with 404. */
    static void notFound(BothWays.Client client, String... targets) {
        statuses(client, 404, targets);
    }

    /** GETs are answered with this status. */
    static void statuses(BothWays.Client client, int status, String... targets) {
        for (String target : targets) {
            assertThat(client.get(target).status()).as(target).isEqualTo(status);
        }
    }

    /** A GET of this host is answered with this status. */
    static void status(BothWays.Client client, int status, String host, String target) {
        assertThat(client.get(target, "Host", host).status()).as(host + target).isEqualTo(status);
    }

    /** All that is wrong with an app, each with its whole message. */
    static void problems(App.Builder app, String... problems) {
        AppBuildException refused = Assertions.catchThrowableOfType(AppBuildException.class, app::build);
        assertThat(refused).as("build").isNotNull();
        assertThat(refused.problems()).isEqualTo(List.of(problems));
    }

    /** An app called {@code test} with these blueprints. */
    static App.Builder app(Blueprint... blueprints) {
        App.Builder app = App.named("test");
        for (Blueprint blueprint : blueprints) {
            app.register(blueprint);
        }
        return app;
    }
}
