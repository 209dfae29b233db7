/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.junit;

import dev.cyanotype.App;
import dev.cyanotype.message.Caller;
import dev.cyanotype.testkit.Simulation;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestClock;
import dev.cyanotype.testkit.TestSocket;
import dev.cyanotype.testkit.Transports;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * What {@link CyanotypeTest} does, for test classes that rather say it in code:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final CyanotypeExtension APPS = CyanotypeExtension.of(clock -> UserService.app(clock));
 * }</pre>
 *
 * <p>Thread-safe: each test has an app of its own, unless its class has one instance.
 *
 * @since 0.1
 */
public final class CyanotypeExtension implements ParameterResolver, TestExecutionExceptionHandler {

    private static final Namespace NAMESPACE = Namespace.create(CyanotypeExtension.class);
    private static final Set<Class<?>> GIVEN = Set.of(
            TestApp.class, App.class, TestClock.class, Clock.class, TestSocket.class, Caller.class, Simulation.class);

    private final @Nullable Function<TestClock, App> factory;
    private final Transports transports;

    private CyanotypeExtension(@Nullable Function<TestClock, App> factory, Transports transports) {
        this.factory = factory;
        this.transports = transports;
    }

    /** Called by JUnit for {@link CyanotypeTest}. */
    CyanotypeExtension() {
        this(null, Transports.DEFAULT);
    }

    /**
     * Gives each test the app that a function makes.
     *
     * @param factory is given the app's time, and called once for each test that needs its app
     * @return for a field with {@code @RegisterExtension}
     */
    public static CyanotypeExtension of(Function<TestClock, App> factory) {
        return new CyanotypeExtension(Objects.requireNonNull(factory, "factory"), Transports.DEFAULT);
    }

    /**
     * The same on other transports.
     *
     * @param by what apps are reached by
     * @return another extension
     */
    public CyanotypeExtension transports(Transports by) {
        return new CyanotypeExtension(factory, Objects.requireNonNull(by, "by"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return GIVEN.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (context.getTestMethod().isEmpty()
                && !(isPerClass(context) && parameter.getDeclaringExecutable() instanceof Method)) {
            throw new ParameterResolutionException(
                    "%s: parameter '%s' of %s (expected: a test, or what runs before or after each). Each test has an app of its own, unless the class has @TestInstance(PER_CLASS)."
                            .formatted(
                                    context.getRequiredTestClass().getName(),
                                    parameter.getParameter().getName(),
                                    parameter.getDeclaringExecutable().getName()));
        }
        Class<?> type = parameter.getParameter().getType();
        if (type == Simulation.class) {
            return context.getStore(NAMESPACE)
                    .computeIfAbsent(Simulation.class, key -> Simulation.create(), Simulation.class);
        }
        AppOfTest app = of(context);
        if (type == TestClock.class || type == Clock.class) {
            return app.clock();
        }
        if (type == TestApp.class) {
            return app.started();
        }
        if (type == App.class) {
            return app.started().app();
        }
        if (type == Caller.class) {
            App started = app.started().app();
            return started.caller(started.name());
        }
        TestSocket socket = app.started()
                .open(parameter.findAnnotation(Opened.class).map(Opened::value).orElse("/ws"));
        if (isPerClass(context)) {
            // The app goes on without this test.
            context.getStore(NAMESPACE).put(socket, socket);
        }
        return socket;
    }

    private AppOfTest of(ExtensionContext context) {
        ExtensionContext owner = owner(context);
        return owner.getStore(NAMESPACE)
                .computeIfAbsent(key(owner), key -> new AppOfTest(owner, factory, transports), AppOfTest.class);
    }

    /** What has an app: the class of a test where it has one instance, or else the test. */
    private static ExtensionContext owner(ExtensionContext context) {
        ExtensionContext owner = context;
        while (isPerClass(context) && owner.getTestMethod().isPresent()) {
            owner = owner.getParent().orElseThrow();
        }
        return owner;
    }

    /** Stores have what is in those around them, too, and an app is nobody else's. */
    private static Object key(ExtensionContext owner) {
        return owner.getTestMethod().isPresent() ? AppOfTest.class : owner.getUniqueId();
    }

    private static boolean isPerClass(ExtensionContext context) {
        return context.getTestInstanceLifecycle()
                .filter(Lifecycle.PER_CLASS::equals)
                .isPresent();
    }

    /** Adds what has happened to the app or in the simulation to the failure of its test. */
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        ExtensionContext owner = owner(context);
        AppOfTest app = owner.getStore(NAMESPACE).get(key(owner), AppOfTest.class);
        if (app != null) {
            app.explain(failure);
        }
        Simulation simulation = context.getStore(NAMESPACE).get(Simulation.class, Simulation.class);
        if (simulation != null) {
            failure.addSuppressed(new WhatHappened(
                    "seed %1$d. Run it again with -Dcyanotype.test.seed=%1$d".formatted(simulation.seed()),
                    simulation.timeline()));
        }
        throw failure;
    }
}
