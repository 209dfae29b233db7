/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.spi.TransportProvider;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** How a transport is found, made, started and ended. */
abstract class LifeContract {

    private static final Duration LONG = Duration.ofSeconds(20);

    /** Threads that the JVM and other tests start when they like. */
    private static final List<String> OF_OTHERS = List.of(
            "Attach Listener",
            "Common-Cleaner",
            "CompletableFutureDelayScheduler",
            "ForkJoinPool",
            "HttpClient-",
            "Read-Poller",
            "VirtualThread-",
            "Write-Poller",
            "awaitility",
            "junit-");

    /** Gives an app the transport that is tested, and nothing that is looked for. */
    abstract App.Builder on(App.Builder builder);

    abstract TransportProvider provider();

    abstract Optional<TransportProvider> providerThatCannotStart();

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet();
    }

    private static List<String> since(Set<Thread> before) {
        return threads().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> OF_OTHERS.stream().noneMatch(name::startsWith))
                .toList();
    }

    /** Waits until all threads that are younger than some have ended. */
    private static void noThreadsBut(Set<Thread> before) {
        new Eventually(LONG).untilAsserted(() -> assertThat(since(before)).isEmpty());
    }

    /** Does something with a transport that was made and not started; the app ends with that. */
    private void withMade(Consumer<Transport> use) {
        String id = provider().id();
        AtomicBoolean made = new AtomicBoolean();
        App app = on(App.named("contract"))
                .decorate(provider -> new Watched(provider, (inner, context) -> {
                    Transport transport = inner.create(context);
                    if (inner.id().equals(id)) {
                        made.set(true);
                        use.accept(transport);
                        throw new IllegalStateException("never started");
                    }
                    return transport;
                }))
                .build();

        assertThatThrownBy(app::start)
                .isInstanceOf(TransportException.class)
                .hasMessageEndingWith("IllegalStateException: never started");
        assertThat(made).isTrue();
    }

    @Rule(1)
    @Test
    void the_provider_is_found_on_the_class_path_and_on_the_module_path() throws Exception {
        String id = provider().id();
        List<? extends Class<? extends TransportProvider>> found = ServiceLoader.load(TransportProvider.class).stream()
                .filter(service -> service.get().id().equals(id))
                .map(ServiceLoader.Provider::type)
                .toList();

        assertThat(found).hasSize(1);
        Class<? extends TransportProvider> type = found.get(0);
        assertThat(type.getConstructor()).isNotNull();
        URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
        Set<String> provided = ModuleFinder.of(Path.of(place)).findAll().stream()
                .map(ModuleReference::descriptor)
                .flatMap(module -> module.provides().stream())
                .filter(provides -> provides.service().equals(TransportProvider.class.getName()))
                .map(ModuleDescriptor.Provides::providers)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        assertThat(provided).contains(type.getName());
    }

    @Rule(2)
    @Test
    void the_id_is_one_that_settings_may_begin_with() {
        assertThat(provider().id())
                .matches("[a-z0-9][a-z0-9-]*")
                .isEqualTo(provider().id());
    }

    @Rule(2)
    @Test
    void to_make_a_transport_opens_nothing() {
        // Somebody else's thread may begin just then, but not each time.
        boolean opened = true;
        for (int n = 0; n < 5 && opened; n++) {
            Set<Thread> before = threads();
            List<List<String>> begun = new ArrayList<>();
            withMade(transport -> {
                begun.add(since(before).stream()
                        .filter(name -> !name.startsWith("cyanotype-contract"))
                        .toList());
                assertThat(transport.address()).isEmpty();
                transport.close();
            });
            opened = !begun.get(0).isEmpty();
        }
        assertThat(opened).as("threads are started when a transport is made").isFalse();
    }

    @Rule(6)
    @Test
    void a_transport_that_was_not_started_may_be_closed_more_than_once() {
        Set<Thread> before = threads();

        withMade(transport -> {
            transport.close();
            transport.close();
        });

        noThreadsBut(before);
    }

    @Rule({4, 6})
    @Test
    void a_transport_that_can_not_be_opened_says_so_and_leaves_nothing() {
        TransportProvider broken = providerThatCannotStart()
                .orElseGet(
                        () -> Assumptions.abort(
                                "rules 4 and 6: the suite says nothing of a provider that can't start, so how that fails is not tested"));
        Set<Thread> before = threads();
        App app = on(App.named("contract")).noTransports().transport(broken).build();

        assertThatThrownBy(app::start)
                .isInstanceOf(TransportException.class)
                .message()
                .contains("'" + broken.id() + "'");

        assertThat(app.isRunning()).isFalse();
        noThreadsBut(before);
    }

    @Rule(6)
    @Test
    void a_stop_leaves_no_thread_however_often_it_comes() {
        Set<Thread> before = threads();
        App first = on(App.named("contract")).build();

        for (int n = 0; n < 3; n++) {
            App app = n == 0 ? first : on(App.named("contract")).build();
            app.start();
            app.stop(LONG);
            app.stop(LONG);
        }

        noThreadsBut(before);
    }

    @Rule(5)
    @Test
    void an_app_with_nothing_under_way_stops_at_once() {
        App app = on(App.named("contract")).build();
        app.start();

        Instant begin = Instant.now();
        app.stop(Duration.ofSeconds(30));

        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }
}
