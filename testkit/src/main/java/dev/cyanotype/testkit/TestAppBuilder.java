/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.internal.testkit.real.RealApp;
import dev.cyanotype.internal.testkit.real.RealSetup;
import dev.cyanotype.internal.testkit.real.TestTime;
import dev.cyanotype.spi.AppClock;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says how an app is to be tested.
 *
 * <p>Not thread-safe.
 *
 * @since 0.1
 */
public final class TestAppBuilder {

    private final App.Builder app;
    private final Set<String> settings = new HashSet<>();
    private @Nullable TestClock clock;
    private Transports transports = Transports.DEFAULT;

    TestAppBuilder(App.Builder app) {
        this.app = app;
    }

    /** An app named {@code test}. */
    static App.Builder app(Blueprint... blueprints) {
        App.Builder app = App.named("test");
        for (Blueprint blueprint : blueprints) {
            app.register(blueprint);
        }
        return app;
    }

    /**
     * Sets the app's time, which others may share.
     *
     * @param testClock default: that of {@link TestClock#of(Transports)}
     * @return this
     */
    public TestAppBuilder clock(TestClock testClock) {
        clock = Objects.requireNonNull(testClock, "testClock");
        return this;
    }

    /**
     * Says what the app is reached by.
     *
     * @param by default {@link Transports#DEFAULT}
     * @return this
     */
    public TestAppBuilder transports(Transports by) {
        transports = Objects.requireNonNull(by, "by");
        return this;
    }

    /**
     * Sets a setting of the app, such as one that its transports read. In memory there are none that read it.
     *
     * @param key the full key
     * @param value its text
     * @return this
     */
    public TestAppBuilder setting(String key, String value) {
        app.setting(key, value);
        settings.add(key);
        return this;
    }

    /**
     * Starts the app.
     *
     * @return the running app
     * @throws dev.cyanotype.AppBuildException if its blueprints do not fit together
     * @throws IllegalArgumentException if the system property or environment variable of {@link Transports#DEFAULT} has
     *     another value
     */
    public TestApp start() {
        return transports.resolved() == Transports.REAL ? onRealTransports() : inMemory();
    }

    private TestApp inMemory() {
        TestClock time = clock == null ? TestClock.of(Transports.IN_MEMORY) : clock;
        return inMemory(time, time, new InMemoryTransport());
    }

    /**
     * Starts it in memory.
     *
     * @param own the app's own view of that time
     */
    TestApp inMemory(TestClock time, AppClock own, InMemoryTransport transport) {
        Recorder recorder = new Recorder(time);
        Replacements replacements = new Replacements(recorder);
        App copy = recorded(recorder, replacements)
                .noTransports()
                .discovery(false)
                .executor(Runnable::run)
                .clock(own)
                .transport(transport)
                .build();
        copy.start();
        return new TestApp(copy, time, new InMemoryDoor(transport, recorder), recorder, replacements);
    }

    private TestApp onRealTransports() {
        TestClock time = clock == null ? TestClock.of(Transports.REAL) : clock;
        Recorder recorder = new Recorder(time);
        Replacements replacements = new Replacements(recorder);
        RealSetup setup = new RealSetup(new TestTime(time, time::isAwaitedBy, time::isSomethingDue), settings);
        app.decorate(setup::observe).decorateExecutor(setup::counting).clock(time);
        App copy = recorded(recorder, replacements).build();
        RealDoor door = new RealDoor(new RealApp(copy.name(), setup), time, recorder);
        try {
            copy.start();
            setup.started();
        } catch (Throwable e) {
            door.close();
            throw e;
        }
        door.settle();
        return new TestApp(copy, time, door, recorder, replacements);
    }

    private App.Builder recorded(Recorder recorder, Replacements replacements) {
        return app.decorate(provider -> new RecordedProvider(provider, recorder))
                .interceptHandlers(replacements)
                .onState(state -> recorder.add(TestEvent.Kind.STATE, state.name(), ""));
    }
}
