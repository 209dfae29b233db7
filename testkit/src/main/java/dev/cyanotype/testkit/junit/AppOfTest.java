/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.junit;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestAppBuilder;
import dev.cyanotype.testkit.TestClock;
import dev.cyanotype.testkit.Transports;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The app of one instance of a test class, which starts when it is first asked for. */
final class AppOfTest implements AutoCloseable {

    private final ExtensionContext context;
    private final Declared declared;
    private final @Nullable Function<TestClock, App> factory;
    private final Transports transports;
    private @Nullable TestClock clock;
    private @Nullable TestApp app;

    AppOfTest(ExtensionContext context, @Nullable Function<TestClock, App> factory, Transports transports) {
        this.context = context;
        this.factory = factory;
        this.declared = Declared.of(context);
        this.transports = factory == null ? declared.transports() : transports;
    }

    /** The app's time, also while the app is being made. */
    synchronized TestClock clock() {
        TestClock current = clock;
        if (current == null) {
            current = TestClock.of(transports);
            clock = current;
        }
        return current;
    }

    synchronized TestApp started() {
        TestApp current = app;
        if (current == null) {
            TestAppBuilder builder = builder().clock(clock());
            // What a factory has said stays where the class says nothing.
            current = (transports == Transports.DEFAULT ? builder : builder.transports(transports)).start();
            app = current;
        }
        return current;
    }

    private TestAppBuilder builder() {
        if (factory != null) {
            return TestApp.builder(factory.apply(clock()));
        }
        // The nearest first: the test's own instance, then those it is nested in.
        List<Object> instances =
                new ArrayList<>(context.getRequiredTestInstances().getAllInstances());
        Collections.reverse(instances);
        for (Object instance : instances) {
            Method method = declared.factory(instance.getClass());
            if (method != null) {
                return builder(method, instance);
            }
        }
        throw new ExtensionConfigurationException(
                "%s: there is no app to test (expected: a method with @AppFactory that returns a Blueprint, an App or a"
                                .formatted(context.getRequiredTestClass().getName())
                        + " TestAppBuilder). Add one.");
    }

    private TestAppBuilder builder(Method method, Object instance) {
        Object made = context.getExecutableInvoker().invoke(method, instance);
        if (made instanceof App built) {
            return TestApp.builder(built);
        }
        if (made instanceof Blueprint blueprint) {
            return TestApp.builder(blueprint);
        }
        if (made instanceof TestAppBuilder builder) {
            return builder;
        }
        throw new ExtensionConfigurationException("%s.%s: %s (expected: a Blueprint, an App or a TestAppBuilder)"
                .formatted(
                        method.getDeclaringClass().getName(),
                        method.getName(),
                        made == null ? "null" : made.getClass().getName()));
    }

    /** Adds what has happened to a failure; it would be noise where nothing has. */
    synchronized void explain(Throwable failure) {
        if (app != null) {
            failure.addSuppressed(new WhatHappened("What has happened to the app:", app.events()));
        }
    }

    @Override
    public synchronized void close() {
        if (app != null) {
            app.close();
        }
    }
}
