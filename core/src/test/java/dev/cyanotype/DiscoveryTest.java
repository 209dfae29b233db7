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
import java.util.Enumeration;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.stream.Stream;
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

    /** Must not be asked for a transport. */
    public static final class NeverCreates extends Found {
        @Override
        public Transport create(TransportContext context) {
            throw new AssertionError("created");
        }
    }

    /** Works when a program makes it with options, and can't be made without. */
    public static final class NeedsOptions extends Found {
        public NeedsOptions() {
            throw new IllegalStateException("no options");
        }

        NeedsOptions(String options) {
            assertThat(options).isNotEmpty();
        }
    }

    /** Declared, and not there for others. */
    static final class Hidden extends Found {}

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
    void without_discovery_nothing_is_looked_for() throws Exception {
        ClassLoader refusing = new ClassLoader(getClass().getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                assertThat(name).doesNotContain("TransportProvider").doesNotEndWith(".class");
                return super.getResources(name);
            }
        };
        try (App app = App.named("shop")
                .discovery(false)
                .transport(new FakeTransports().fake("http", OperationKind.HTTP))
                .get("/x", ctx -> "x")
                .build()) {
            with(refusing, app::start);

            assertThat(app.isRunning()).isTrue();
        }
    }

    @Test
    void a_replaced_one_is_not_asked_for_a_transport() throws Exception {
        FakeTransports transports = new FakeTransports();
        try (App app = App.named("shop")
                .transport(transports.fake("http", OperationKind.HTTP))
                .get("/x", ctx -> "x")
                .build()) {
            with(declaring(NeverCreates.class.getName()), app::start);

            assertThat(transports.record).containsExactly("create http", "start http");
        }
    }

    @Test
    void one_that_is_given_replaces_one_of_its_class_that_can_not_be_made() throws Exception {
        try (App app = App.named("shop")
                .transport(new NeedsOptions("some"))
                .get("/x", ctx -> "x")
                .build()) {
            with(declaring(NeedsOptions.class.getName()), app::start);

            assertThat(app.address("http")).isEqualTo(URI.create("found:create"));
        }
    }

    @Test
    void one_that_can_not_be_made_is_an_error_whatever_else_is_given() throws Exception {
        App app = App.named("shop")
                .transport(new FakeTransports().fake("http", OperationKind.HTTP))
                .build();

        with(
                declaring(Fails.class.getName()),
                () -> assertThatThrownBy(app::start)
                        .isInstanceOf(TransportException.class)
                        .hasMessage(
                                "transport provider " + Fails.class.getName() + " (test-classes/) could not be loaded:"
                                        + " IllegalStateException boom. Repair or remove its jar."));
    }

    @Test
    void two_apps_at_once_have_transports_of_their_own() throws Exception {
        FakeTransports transports = new FakeTransports();
        try (App one = App.named("shop")
                        .get("/x", ctx -> "x")
                        .transport(transports.fake("a"))
                        .transport(transports.fake("b"))
                        .build();
                App other = one.toBuilder().build()) {
            with(declaring(Found.class.getName()), () -> {
                one.start();
                other.start();
            });
            assertThat(transports.record)
                    .containsExactly(
                            "create a", "create b", "start a", "start b", "create a", "create b", "start a", "start b");

            one.stop();
            assertThat(one.isRunning()).isFalse();
            assertThat(other.isRunning()).isTrue();
            assertThat(other.address("http")).isEqualTo(URI.create("found:create"));
        }
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
    void a_declaration_of_a_class_that_is_not_public_is_refused() throws Exception {
        App app = App.named("shop").build();

        with(
                declaring(Hidden.class.getName()),
                () -> assertThatThrownBy(app::start)
                        .isInstanceOf(TransportException.class)
                        .hasMessage("transport provider " + Hidden.class.getName() + " (test-classes/) can't be made"
                                + " (expected: a public class with a public constructor without parameters)."
                                + " Repair or remove its jar."));
    }

    @Test
    void a_file_of_declarations_that_can_not_be_read_is_named() throws Exception {
        App app = App.named("shop").build();

        with(
                declaring("not a class"),
                () -> assertThatThrownBy(app::start)
                        .isInstanceOf(TransportException.class)
                        .hasMessage("transport provider not a class is declared in " + folder.getFileName()
                                + "/, but is not there. Repair or remove that jar."));
    }

    @Test
    void a_provider_of_another_copy_of_the_library_is_told_from_a_wrong_one() throws Exception {
        App app = App.named("shop").build();
        URLClassLoader container = new OwnCopies(declaring(Found.class.getName()));

        with(
                container,
                () -> assertThatThrownBy(app::start)
                        .isInstanceOf(TransportException.class)
                        .hasMessage(
                                "transport provider " + Found.class.getName() + " (test-classes/) is of another copy of"
                                        + " cyanotype-core: the one of container in classes/, and this app is of the one of "
                                        + App.class.getClassLoader()
                                        + " in classes/. Keep one copy, or start the app on a thread"
                                        + " with its own context class loader."));
    }

    /** Has copies of all classes of the library, as an application in a container has. */
    private static final class OwnCopies extends URLClassLoader {

        OwnCopies(URLClassLoader declarations) {
            super(
                    Stream.of(
                                    Stream.of(declarations.getURLs()),
                                    Stream.of(App.class, DiscoveryTest.class)
                                            .map(type -> type.getProtectionDomain()
                                                    .getCodeSource()
                                                    .getLocation()))
                            .flatMap(urls -> urls)
                            .toArray(URL[]::new),
                    DiscoveryTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known != null) {
                    return known;
                }
                return name.startsWith("dev.cyanotype.") ? findClass(name) : super.loadClass(name, resolve);
            }
        }

        @Override
        public String toString() {
            return "container";
        }
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

    private static void with(ClassLoader loader, Runnable action) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            action.run();
        } finally {
            thread.setContextClassLoader(before);
            if (loader instanceof URLClassLoader closeable) {
                closeable.close();
            }
        }
    }
}
