/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.plugin;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads by itself what stands in META-INF/services, to tell what java.util.ServiceLoader has failed of. */
final class Declarations {

    private Declarations() {}

    /**
     * Finds the first declaration that is wrong.
     *
     * @param what how a provider of the service is called
     * @return what is wrong with it, or null if it is not found
     */
    static @Nullable String problem(String what, Class<?> service, ClassLoader loader) {
        String file = "META-INF/services/" + service.getName();
        try {
            for (URL url : Collections.list(loader.getResources(file))) {
                for (String name : names(url)) {
                    String problem = problem(what, service, loader, name, Places.jar(url, file));
                    if (problem != null) {
                        return problem;
                    }
                }
            }
        } catch (IOException e) {
            // Then what ServiceLoader says has to do.
        }
        return null;
    }

    private static List<String> names(URL url) throws IOException {
        var connection = url.openConnection();
        connection.setUseCaches(false);
        try (var in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.indexOf('#') < 0 ? line : line.substring(0, line.indexOf('#')))
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    private static @Nullable String problem(
            String what, Class<?> service, ClassLoader loader, String name, String declaredIn) {
        Class<?> type;
        try {
            type = Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            return "%s %s is declared in %s, but is not there. Repair or remove that jar."
                    .formatted(what, name, declaredIn);
        } catch (LinkageError e) {
            return "%s %s (%s) could not be loaded: %s".formatted(what, name, declaredIn, Failure.text(e));
        }
        if (service.isAssignableFrom(type)) {
            return isMakeable(type)
                    ? null
                    : "%s %s can't be made (expected: a public class with a public constructor without parameters). Repair or remove its jar."
                            .formatted(what, Places.describe(type));
        }
        Class<?> other = ofSameName(service, type);
        return other == null
                ? "%s %s is declared in %s, but does not implement %s. Repair or remove that jar."
                        .formatted(what, Places.describe(type), declaredIn, service.getName())
                : ("%s %s is of another copy of cyanotype-core: the one of %s in %s, and this app is of the one of %s in %s."
                                + " Keep one copy, or start the app on a thread with its own context class loader.")
                        .formatted(
                                what,
                                Places.describe(type),
                                other.getClassLoader(),
                                Places.jar(other),
                                service.getClassLoader(),
                                Places.jar(service));
    }

    private static boolean isMakeable(Class<?> type) {
        try {
            return type.getConstructor() != null;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** The type above a class that has the name of a service, and is another class. */
    private static @Nullable Class<?> ofSameName(Class<?> service, Class<?> type) {
        return above(type)
                .filter(above -> above.getName().equals(service.getName()) && above != service)
                .findFirst()
                .orElse(null);
    }

    private static Stream<Class<?>> above(Class<?> type) {
        Stream<@Nullable Class<?>> direct =
                Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()));
        return Stream.concat(Stream.of(type), direct.filter(Objects::nonNull).flatMap(Declarations::above));
    }
}
