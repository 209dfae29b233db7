/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.junit;

import dev.cyanotype.testkit.Transports;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** What a test class says of its apps, looked up once for all of its tests. Thread-safe. */
final class Declared {

    private static final Namespace NAMESPACE = Namespace.create(Declared.class);

    private final Transports transports;
    private final Map<Class<?>, Optional<Method>> factories = new ConcurrentHashMap<>();

    private Declared(Transports transports) {
        this.transports = transports;
    }

    /** Of the class of a test. */
    static Declared of(ExtensionContext test) {
        Class<?> type = test.getRequiredTestClass();
        return test.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(type, key -> new Declared(transports(type, test)), Declared.class);
    }

    private static Transports transports(Class<?> type, ExtensionContext test) {
        return AnnotationSupport.findAnnotation(type, CyanotypeTest.class, test.getEnclosingTestClasses())
                .map(CyanotypeTest::transports)
                .orElse(Transports.DEFAULT);
    }

    /** What its annotation says its apps are reached by. */
    Transports transports() {
        return transports;
    }

    /**
     * What makes the app in a class: its own, or else its nearest ancestor's.
     *
     * @return null if there is none
     * @throws ExtensionConfigurationException if there are several
     */
    @Nullable
    Method factory(Class<?> type) {
        return factories.computeIfAbsent(type, Declared::find).orElse(null);
    }

    private static Optional<Method> find(Class<?> type) {
        List<Method> methods =
                AnnotationSupport.findAnnotatedMethods(type, AppFactory.class, HierarchyTraversalMode.BOTTOM_UP);
        // A class that extends another may have its own app.
        List<Method> nearest = methods.stream()
                .filter(method -> method.getDeclaringClass() == methods.get(0).getDeclaringClass())
                .toList();
        if (nearest.size() > 1) {
            throw new ExtensionConfigurationException(
                    "%s: %s have @AppFactory (expected: one). Remove it from the others."
                            .formatted(
                                    type.getName(),
                                    nearest.stream()
                                            .map(Method::getName)
                                            .sorted()
                                            .collect(Collectors.joining(" and "))));
        }
        return nearest.stream().findFirst();
    }
}
