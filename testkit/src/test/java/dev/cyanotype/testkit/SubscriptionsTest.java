/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.spi.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What hears channels of an app in memory besides its listeners. */
class SubscriptionsTest {

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final InMemoryTransport bus = new InMemoryTransport();
    private final App app = App.named("shop")
            .discovery(false)
            .executor(Runnable::run)
            .transport(bus)
            .listen("steps", (message, ctx) -> log.add("listener " + message.path("n")))
            .build();

    @BeforeEach
    void start() {
        app.start();
    }

    @AfterEach
    void stop() {
        app.stop();
    }

    private static ObjectNode step(int n) {
        return JsonNodeFactory.instance.objectNode().put("n", n);
    }

    private Consumer<JsonNode> as(String name) {
        return message -> log.add(name + " " + message.path("n"));
    }

    @Test
    void hear_a_channel_beside_its_listeners_until_they_are_closed() {
        Subscription closed = bus.subscribe("steps", as("closed"));
        bus.subscribe("steps", as("open"));
        bus.subscribe("others", as("never"));

        assertThat(bus.publish("steps", step(1))).isEqualTo(3);
        closed.close();
        closed.close();
        assertThat(bus.publish("steps", step(2))).isEqualTo(2);

        assertThat(log).containsExactly("closed 1", "open 1", "listener 1", "open 2", "listener 2");
        assertThat(bus.isShared()).isFalse();
    }

    @Test
    void hear_what_they_publish_after_what_they_hear() {
        bus.subscribe("steps", message -> {
            if (message.path("n").asInt() == 1) {
                bus.publish("steps", step(2));
            }
        });
        bus.subscribe("steps", as("second"));

        bus.publish("steps", step(1));

        assertThat(log).containsExactly("second 1", "listener 1", "second 2", "listener 2");
    }

    @Test
    void hurt_nobody_when_their_listener_throws() {
        bus.subscribe("steps", message -> {
            throw new StackOverflowError("the listener is broken");
        });
        bus.subscribe("steps", as("good"));

        bus.publish("steps", step(1));

        assertThat(log).containsExactly("good 1", "listener 1");
    }

    @Test
    void are_refused_after_the_end() {
        app.stop();

        assertThatThrownBy(() -> bus.subscribe("steps", as("late")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("app 'shop' is stopped, so it can't hear channels");
    }
}
