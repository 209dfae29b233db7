/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.spi.TransportProvider;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transports as ServiceLoader finds them; each test declares its own in a class loader of its own. */
class DiscoveryTest {

    @TempDir
    private Path folder;

    /** Found by its name. */
    public static class Found implements TransportProvider {

        @Override
        public String id() {
            return "http";
        }

        @Override
        public Set<OperationKind> carries() {
            return Set.of(OperationKind.HTTP);
        }

        @Override
        public Transport create(TransportContext context) {
            return new Transport() {
                @Override
                public void start() {}

                @Override
                public Optional<URI> address() {
                    return Optional.of(URI.create(
                            "found:" + getClass().getEnclosingMethod().getName()));
                }

                @Override
                public void drain(Duration budget) {}

                @Override
                public void close() {}
            };
        }
    }

    public static final class Other extends Found {}

    public static final class NeedsWhatIsMissing extends Found {
        public NeedsWhatIsMissing() {
            throw new NoClassDefFoundError("redis/clients/jedis/UnifiedJedis");
        }
    }

    public static final class Fails extends Found {
        public Fails() {
            throw new IllegalStateException("boom");
        }
    }

    @Test
    void a_found_transport_is_started() throws Exception {
        try (App app = App.named("shop").get("/x", ctx -> "x").build()) {
            with(declaring(Found.class.getName()), app::start);

            assertThat(app.address("http")).isEqualTo(URI.create("found:create"));
        }
    }

    @Test
    void discovery_can_be_switched_off() throws Exception {
        App app = App.named("shop").discovery(false).get("/x", ctx -> "x").build();

        with(
                declaring(Found.class.getName()),
                () -> assertThatThrownBy(app::start)
                        .isInstanceOf(TransportException.class)
                        .hasMessage("app 'shop' declares 1 route, but no transport carries HTTP."
                                + " Add dev.cyanotype:cyanotype-http-javalin (found: none)."));
    }

    @Test
    void an_explicit_one_beats_a_found_one_of_its_id() throws Exception {
        FakeTransports transports = new FakeTransports();
        try (App app = App.named("shop")
                .transport(transports.fake("http", OperationKind.HTTP).address("explicit:here"))
                .get("/x", ctx -> "x")
                .build()) {
            with(declaring(Found.class.getName()), app::start);

            assertThat(app.address("http")).isEqualTo(URI.create("explicit:here"));
        }
    }

    @Test
    void two_found_ones_of_one_id_are_a_conflict() throws Exception {
        App app = App.named("shop").build();

        with(
                declaring(Found.class.getName(), Other.class.getName()),
                () -> assertThatThrownBy(app::start)
                        .isInstanceOf(TransportException.class)
                        .hasMessage("two transports have the id 'http': " + Found.class.getName() + " (test-classes/), "
                                + Other.class.getName() + " (test-classes/). Remove one jar or pass one explicitly."));
    }

    @Test
    void a_provider_that_lacks_a_library_is_named_with_what_it_lacks() throws Exception {
        App app = App.named("shop").build();

        with(
                declaring(NeedsWhatIsMissing.class.getName()),
                () -> assertThatThrownBy(app::start)
                        .isInstanceOf(TransportException.class)
                        .hasMessage("transport provider " + NeedsWhatIsMissing.class.getName()
                                + " (test-classes/) could not be loaded: NoClassDefFoundError redis/clients/jedis/UnifiedJedis."
                                + " Add the missing jar, or remove this one.")
                        .hasCauseInstanceOf(ServiceConfigurationError.class));
    }

    @Test
    void a_provider_that_fails_is_named_with_its_failure() throws Exception {
        App app = App.named("shop").build();

        with(
                declaring(Fails.class.getName()),
                () -> assertThatThrownBy(app::start)
                        .isInstanceOf(TransportException.class)
                        .hasMessage(
                                "transport provider " + Fails.class.getName() + " (test-classes/) could not be loaded:"
                                        + " IllegalStateException boom. Repair or remove its jar."));
    }

    @Test
    void a_declaration_of_a_class_that_is_not_there_is_refused() throws Exception {
        App app = App.named("shop").build();

        with(
                declaring("com.example.Missing"),
                () -> assertThatThrownBy(app::start)
                        .isInstanceOf(TransportException.class)
                        .hasMessage("transport provider com.example.Missing is declared in " + folder.getFileName()
                                + "/, but is not there. Repair or remove that jar."));
    }

    @Test
    void a_declaration_of_another_class_is_refused() throws Exception {
        App app = App.named("shop").build();

        with(
                declaring(DiscoveryTest.class.getName()),
                () -> assertThatThrownBy(app::start)
                        .isInstanceOf(TransportException.class)
                        .hasMessage("transport provider " + DiscoveryTest.class.getName()
                                + " (test-classes/) is declared in " + folder.getFileName()
                                + "/, but does not implement " + TransportProvider.class.getName()
                                + ". Repair or remove that jar."));
    }

    @Test
    void a_failed_discovery_leaves_an_app_that_is_stopped() throws Exception {
        App app = App.named("shop").build();
        with(
                declaring(Fails.class.getName()),
                () -> assertThatThrownBy(app::start).isInstanceOf(TransportException.class));

        assertThat(app.isRunning()).isFalse();
        assertThatThrownBy(app::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("app 'shop' is stopped, and an app runs once. Use toBuilder().build() for another.");
    }

    @Test
    void a_thread_without_a_class_loader_finds_what_the_library_sees() throws Exception {
        App app = App.named("shop").build();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(null);
        try (app) {
            app.start();

            assertThat(app.isRunning()).isTrue();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private URLClassLoader declaring(String... providers) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(TransportProvider.class.getName()), String.join("\n", providers));
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
    }

    private static void with(URLClassLoader loader, Runnable action) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try (loader) {
            action.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
