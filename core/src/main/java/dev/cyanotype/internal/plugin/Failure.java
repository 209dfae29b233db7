/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.plugin;

import java.util.Objects;
import java.util.ServiceConfigurationError;

/** Says why something of others does not work, and what can be done. */
public final class Failure {

    private Failure() {}

    /** What went wrong, and what to do: the type of failure, its message, and an advice. */
    public static String text(Throwable failure) {
        Throwable cause = cause(failure);
        String message = Objects.requireNonNullElse(cause.getMessage(), "").strip();
        String end = message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
        return (cause.getClass().getSimpleName() + " " + end).strip() + ". " + advice(cause);
    }

    /** What is behind a failure to make something. */
    public static Throwable cause(Throwable failure) {
        boolean wrapped =
                failure instanceof ServiceConfigurationError || failure instanceof ExceptionInInitializerError;
        return wrapped && failure.getCause() != null ? cause(failure.getCause()) : failure;
    }

    private static String advice(Throwable cause) {
        String message = Objects.requireNonNullElse(cause.getMessage(), "").replace('/', '.');
        if (cause instanceof UnsupportedClassVersionError) {
            return "Take a newer Java, or a version of that jar for this one.";
        }
        if (cause instanceof NoClassDefFoundError || cause instanceof ClassNotFoundException) {
            return isOfCore(message) ? otherVersion() : "Add the missing jar, or remove this one.";
        }
        if (cause instanceof IllegalAccessError && message.contains(" unnamed module ")) {
            return "Have all jars of dev.cyanotype either on the module path or on the class path.";
        }
        if (cause instanceof IncompatibleClassChangeError) {
            return message.contains(Artifact.GROUP + ".")
                    ? otherVersion()
                    : "It was built for another version of a library than the one that is here. Take those that fit.";
        }
        return "Repair or remove its jar.";
    }

    private static String otherVersion() {
        return "It was built for another version of Cyanotype than this one (%s). Take the one that fits."
                .formatted(OneVersion.ofCore());
    }

    /** Whether a class that is missing would have been in a package of core, each of which is annotated. */
    private static boolean isOfCore(String className) {
        if (!className.startsWith(Artifact.GROUP + ".")) {
            return false;
        }
        String name = className.substring(0, className.lastIndexOf('.')) + ".package-info";
        try {
            Class<?> found = Class.forName(name, false, Failure.class.getClassLoader());
            return Objects.equals(Places.jar(found), Places.jar(Failure.class));
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
