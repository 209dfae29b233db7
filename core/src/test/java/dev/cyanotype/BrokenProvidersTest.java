/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.spi.TransportProvider;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers that don't keep their contract: each is named, by its class and jar, with what it did. */
class BrokenProvidersTest {

    private static final String WHO = "transport provider " + Odd.class.getName() + " (test-classes/): ";

    /** As good as a provider has to be, until something of it is replaced. */
    private static final class Odd implements TransportProvider {

        private Supplier<@Nullable String> id = () -> "odd";
        private Supplier<Integer> order = () -> 0;
        private Supplier<@Nullable Set<OperationKind>> carries = () -> Set.of(OperationKind.HTTP);
        private Supplier<@Nullable Set<String>> settings = Set::of;
        private Supplier<Boolean> enabled = () -> true;
        private Supplier<@Nullable Transport> create =
                () -> new FakeTransports().fake("odd").create(null);

        @Override
        public String id() {
            return id.get();
        }

        @Override
        public int order() {
            return order.get();
        }

        @Override
        public Set<OperationKind> carries() {
            return carries.get();
        }

        @Override
        public Set<String> settings() {
            return settings.get();
        }

        @Override
        public boolean isEnabled(Settings given) {
            return enabled.get();
        }

        @Override
        public Transport create(TransportContext context) {
            return create.get();
        }
    }

    private final Odd odd = new Odd();

    private void assertRefused(String message) {
        App app = App.named("shop").discovery(false).transport(odd).build();

        assertThatThrownBy(app::start).isInstanceOf(TransportException.class).hasMessage(message);
        assertThat(app.isRunning()).isFalse();
    }

    private static <T> T fail(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Http", "my_http", "http.two", "http\u00e9"})
    void an_id_of_another_form_is_refused(String id) {
        odd.id = () -> id;

        assertRefused(WHO + "id() is '" + id
                + "' (expected: lower-case letters, digits and hyphens, e.g. 'http'). Repair or remove it.");
    }

    @Test
    void an_id_can_not_forge_a_line_of_a_log() {
        odd.id = () -> "a\nb";

        assertRefused(WHO + "id() is 'a?b' (expected: lower-case letters, digits and hyphens, e.g. 'http')."
                + " Repair or remove it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "http2", "my-http", "2"})
    void an_id_of_the_documented_form_is_taken(String id) {
        odd.id = () -> id;
        try (App app = App.named("shop").discovery(false).transport(odd).build()) {
            app.start();

            assertThat(app.isRunning()).isTrue();
        }
    }

    @Test
    void null_is_no_id() {
        odd.id = () -> null;

        assertRefused(WHO + "id() is null (expected: lower-case letters, digits and hyphens, e.g. 'http')."
                + " Repair or remove it.");
    }

    @Test
    void a_provider_carries_something() {
        odd.carries = Set::of;
        assertRefused(WHO + "carries() is empty (expected: one or more kinds of operations). Repair or remove it.");

        odd.carries = () -> null;
        assertRefused(WHO + "carries() is null (expected: a set). Repair or remove it.");

        odd.carries = () -> new HashSet<>(Arrays.asList(OperationKind.HTTP, null));
        assertRefused(WHO + "carries() has null in it (expected: none). Repair or remove it.");
    }

    @Test
    void settings_are_a_set_of_keys() {
        odd.settings = () -> null;
        assertRefused(WHO + "settings() is null (expected: a set). Repair or remove it.");

        odd.settings = () -> new HashSet<>(Arrays.asList("odd.key", null));
        assertRefused(WHO + "settings() has null in it (expected: none). Repair or remove it.");
    }

    @Test
    void two_settings_of_one_environment_variable_are_a_conflict() {
        odd.settings = () -> Set.of("odd.maxSize", "odd.max-size");

        App app = App.named("shop").discovery(false).transport(odd).build();
        assertThatThrownBy(app::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("settings 'odd.max-size' and 'odd.maxSize' have one environment variable,"
                        + " CYANOTYPE_ODD_MAX_SIZE. Rename one.");
    }

    @Test
    void null_is_no_transport() {
        odd.create = () -> null;

        assertRefused(WHO + "create(…) returned null (expected: a transport). Repair or remove it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id()", "order()", "carries()", "settings()", "isEnabled(…)"})
    void a_failure_is_said_of_the_method_that_fails(String method) {
        failing(method, new IllegalStateException("boom"));

        assertRefused(WHO + method + " failed: IllegalStateException boom. Repair or remove its jar.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id()", "order()", "carries()", "settings()", "isEnabled(…)", "create(…)"})
    void a_method_that_is_missing_is_of_another_version(String method) {
        failing(
                method,
                new AbstractMethodError(
                        "Receiver class a.B does not define or inherit an implementation of the resolved"
                                + " method 'abstract java.util.Set carries()' of interface dev.cyanotype.spi.TransportProvider."));

        assertRefused(
                WHO + method + " failed: AbstractMethodError Receiver class a.B does not define or inherit an"
                        + " implementation of the resolved method 'abstract java.util.Set carries()' of interface"
                        + " dev.cyanotype.spi.TransportProvider."
                        + " It was built for another version of Cyanotype than this one ((unpackaged)). Take the one that fits.");
    }

    private void failing(String method, Throwable failure) {
        switch (method) {
            case "id()" -> odd.id = () -> fail(failure);
            case "order()" -> odd.order = () -> fail(failure);
            case "carries()" -> odd.carries = () -> fail(failure);
            case "settings()" -> odd.settings = () -> fail(failure);
            case "isEnabled(…)" -> odd.enabled = () -> fail(failure);
            default -> odd.create = () -> fail(failure);
        }
    }

    @ParameterizedTest
    @CsvSource({"enabled", "create"})
    void what_it_says_of_a_setting_is_handed_on(String where) {
        IllegalArgumentException wrong = new IllegalArgumentException("setting 'odd.x' is 'a' (expected: a number)");
        if (where.equals("enabled")) {
            odd.enabled = () -> fail(wrong);
        } else {
            odd.create = () -> fail(wrong);
        }

        App app = App.named("shop").discovery(false).transport(odd).build();
        assertThatThrownBy(app::start).isSameAs(wrong);
    }

    @Test
    void a_library_that_is_missing_when_it_starts_is_named() {
        FakeTransports transports = new FakeTransports();
        App app = App.named("shop")
                .discovery(false)
                .transport(transports.fake("odd").onStart(() -> {
                    throw new NoClassDefFoundError("redis/clients/jedis/UnifiedJedis");
                }))
                .build();

        assertThatThrownBy(app::start)
                .isInstanceOf(TransportException.class)
                .hasMessage("transport 'odd' of app 'shop' could not start: NoClassDefFoundError"
                        + " redis/clients/jedis/UnifiedJedis. Add the missing jar, or remove this one.");
        assertThat(transports.record).containsExactly("create odd", "start odd", "close odd");
    }

    @Test
    void a_provider_is_asked_once_and_may_not_change_its_mind() {
        List<String> asked = new java.util.concurrent.CopyOnWriteArrayList<>();
        odd.id = () -> {
            asked.add("id");
            return "odd" + asked.size();
        };
        odd.carries = () -> {
            asked.add("carries");
            return new HashSet<>(Set.of(OperationKind.HTTP));
        };
        try (App app = App.named("shop")
                .discovery(false)
                .transport(odd)
                .get("/x", ctx -> "x")
                .build()) {
            app.start();

            assertThat(asked).containsExactly("id", "carries");
        }
    }
}
