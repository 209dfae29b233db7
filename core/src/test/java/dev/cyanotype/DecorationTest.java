/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.spi.ForwardingProvider;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.spi.TransportProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What stands around an app's transports, and next to its handlers. */
class DecorationTest {

    private final FakeTransports transports = new FakeTransports();
    private final List<String> seen = new ArrayList<>();

    /** Notes that it was asked for its transport. */
    private final class Noting extends ForwardingProvider {

        private final String by;

        Noting(String by, TransportProvider inner) {
            super(inner);
            this.by = by;
        }

        @Override
        public Transport create(TransportContext context) {
            seen.add(by + " makes " + id());
            return super.create(context);
        }
    }

    @Test
    void each_transport_is_decorated_and_the_bus_of_the_process_too() {
        try (App app = App.named("shop")
                .discovery(false)
                .transport(transports.fake("http", OperationKind.HTTP))
                .decorate(provider -> new Noting("inner", provider))
                .decorate(provider -> new Noting("outer", provider))
                .build()) {
            app.start();

            assertThat(seen)
                    .containsExactly("outer makes http", "inner makes http", "outer makes local", "inner makes local");
        }
    }

    @Test
    void a_decorator_has_to_return_a_provider_of_the_same_id() {
        App.Builder shop = App.named("shop").discovery(false).transport(transports.fake("http", OperationKind.HTTP));

        App other = shop.decorate(provider -> transports.fake("other")).build();
        assertThatThrownBy(other::start)
                .isInstanceOf(TransportException.class)
                .hasMessage("app 'shop': the decorator of transport 'http' returned 'other'"
                        + " (expected: a provider of the same id)");
    }

    @Test
    void the_executor_is_decorated_whether_it_is_given_or_the_apps_own() {
        UnaryOperator<Executor> inner = executor -> task -> executor.execute(() -> {
            seen.add("inner");
            task.run();
        });
        UnaryOperator<Executor> outer = executor -> task -> {
            seen.add("outer");
            executor.execute(task);
        };
        try (App own = shop().decorateExecutor(inner).decorateExecutor(outer).build();
                App given = shop().executor(Runnable::run).decorateExecutor(inner).build().toBuilder()
                        .build()) {
            own.start();
            given.start();

            assertThat(show(own)).isEqualTo("around handled");
            assertThat(seen).containsExactly("outer", "inner");
            assertThat(show(given)).isEqualTo("around handled");
            assertThat(seen).containsExactly("outer", "inner", "inner");
        }
    }

    @Test
    void a_decorator_of_the_executor_has_to_return_one() {
        App app = shop().decorateExecutor(executor -> null).build();

        assertThatThrownBy(app::start)
                .isInstanceOf(NullPointerException.class)
                .hasMessage("what the decorator of the executor returned");
    }

    private static App.Builder shop() {
        return App.named("shop")
                .discovery(false)
                .register(Blueprint.named("users")
                        .action("show", ctx -> "handled")
                        .intercept((exchange, next) -> "around " + next.proceed())
                        .build());
    }

    private static String show(App app) {
        return app.caller("shop").call("show", Map.of()).asString();
    }

    @Test
    void what_intercepts_handlers_is_inside_everything_of_a_blueprint() {
        try (App app = shop().interceptHandlers((exchange, next) -> exchange.operation() + " " + next.proceed())
                .interceptHandlers((exchange, next) -> "inner " + next.proceed())
                .build()) {
            app.start();

            assertThat(show(app)).isEqualTo("around users.show inner handled");
        }
    }

    @Test
    void what_it_answers_or_throws_takes_the_place_of_the_handlers() {
        try (App answering =
                        shop().interceptHandlers((exchange, next) -> "instead").build();
                App refusing = shop().interceptHandlers((exchange, next) -> Response.of(409, Map.of("error", "no")))
                        .build();
                App failing = shop().interceptHandlers((exchange, next) -> {
                            throw new HttpException(503, "later");
                        })
                        .build()) {
            answering.start();
            refusing.start();
            failing.start();

            assertThat(show(answering)).isEqualTo("around instead");
            assertThat(show(refusing)).startsWith("around ");
            assertThatThrownBy(() -> show(failing)).isInstanceOf(ErrorReplyException.class);
        }
    }

    @Test
    void an_app_that_is_derived_keeps_both() {
        App first = shop().decorate(provider -> new Noting("kept", provider))
                .interceptHandlers((exchange, next) -> "kept " + next.proceed())
                .build();
        try (App app = first.toBuilder().build()) {
            app.start();

            assertThat(show(app)).isEqualTo("around kept handled");
            assertThat(seen).containsExactly("kept makes local");
        }
    }
}
