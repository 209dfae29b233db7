/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static dev.cyanotype.http.javalin.cases.Answers.is;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.http.javalin.BothWays;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Behaviour cases 407 to 411: events inside the app, which are broadcasts on its own bus here.
 *
 * <p>Listeners run on the thread that publishes, so that a request's answer tells that they have run.
 */
class Cases25EventsIT {

    private static final String CHANNEL = "foo.bar.baz";

    private final Trace trace = new Trace();

    record Amount(int amount) {}

    // Sanic: an event of a blueprint may be limited to that blueprint; here: a channel belongs to the app, because
    // with a broker it reaches other processes too.
    @Test
    @DisplayName("case 407: blueprint listener alone hears broadcasts of app and blueprint")
    void blueprint_listener_alone() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .prefix("/bp")
                .listen(CHANNEL, Amount.class, (message, ctx) -> trace.add("bp"))
                .get("/", broadcast(1))
                .build();
        run(App.named("test").register(bp).get("/", broadcast(2)), client -> {
            is(client.get("/"), 200, "heard by 1");
            assertThat(trace.taken()).containsExactly("bp");
            is(client.get("/bp"), 200, "heard by 1");
            assertThat(trace.taken()).containsExactly("bp");
        });
    }

    @Test
    @DisplayName("case 407, near: listeners of one channel in app and blueprint both hear it, those of others don't")
    void listeners_of_app_and_blueprint() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .listen(CHANNEL, Amount.class, (message, ctx) -> trace.add("bp"))
                .listen("foo.bar.other", Amount.class, (message, ctx) -> trace.add("other"))
                .build();
        run(
                App.named("test")
                        .listen(CHANNEL, Amount.class, (message, ctx) -> trace.add("app"))
                        .register(bp)
                        .get("/", broadcast(1)),
                client -> {
                    is(client.get("/"), 200, "heard by 2");
                    assertThat(trace.taken()).containsExactlyInAnyOrder("app", "bp");
                });
    }

    // Sanic: something may wait for one event; here: a listener hears them all, because a wait would hold a request.
    @Test
    @DisplayName("case 409: context of an event (here: the message)")
    void context_of_an_event() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .listen(CHANNEL, Amount.class, (message, ctx) -> trace.add(ctx.channel() + " " + message.amount()))
                .build();
        run(App.named("test").register(bp).get("/", broadcast(9)), client -> {
            client.get("/");
            assertThat(trace.taken()).containsExactly("foo.bar.baz 9");
        });
    }

    @Test
    @DisplayName("case 409, near: what a message lacks is an error of the listener's blueprint, not of the request")
    void message_of_another_type() throws Exception {
        Blueprint bp = Blueprint.named("bp")
                .listen(CHANNEL, Amount.class, (message, ctx) -> trace.add("heard"))
                .error(400, (exchange, error) -> {
                    trace.add("error of " + exchange.operation());
                    return "noted";
                })
                .build();
        run(
                App.named("test").register(bp).get("/", ctx -> {
                    ctx.broadcast(CHANNEL, Map.of("amount", "many"));
                    return Response.text("sent");
                }),
                client -> {
                    is(client.get("/"), 200, "sent");
                    assertThat(trace.taken()).containsExactly("error of bp.foo.bar.baz");
                });
    }

    // Sanic: waiting on a blueprint that is not mounted is an error; here: nobody hears the broadcast, and its sender
    // is told so, because a listener of another process might.
    @Test
    @DisplayName("case 411: event on an unmounted blueprint (here: nobody hears it)")
    void unmounted_blueprint() throws Exception {
        Blueprint.named("bp")
                .listen(CHANNEL, Amount.class, (message, ctx) -> trace.add("bp"))
                .build();
        run(App.named("test").get("/", broadcast(1)), client -> {
            is(client.get("/"), 200, "heard by 0");
            assertThat(trace.taken()).isEmpty();
        });
    }

    private static void run(App.Builder app, BothWays.Body body) throws Exception {
        BothWays.with(app.executor(Runnable::run)).run(body);
    }

    private static RouteHandler broadcast(int amount) {
        return ctx -> Response.text("heard by " + ctx.broadcast(CHANNEL, new Amount(amount)));
    }
}
