/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.spec;

import java.lang.StackWalker.StackFrame;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the line of the user's program that called the DSL. */
public final class Source {

    private static final String PACKAGE = "dev.cyanotype.";

    private static final Set<String> DSL = Set.of(
            "App",
            "AppWide",
            "Blueprint",
            "FilesBuilder",
            "HooksBuilder",
            "LaunchBuilder",
            "MessagesBuilder",
            "Mount",
            "OperationsBuilder",
            "RoutesBuilder",
            "ScopeBuilder",
            "SocketsBuilder");

    private Source() {}

    /** The nearest frame outside the DSL, such as {@code Users.java:41}. */
    public static String caller() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !isDsl(frame.getClassName()))
                        .findFirst()
                        .map(Source::text)
                        .orElse("unknown source"));
    }

    /** The class loader of the nearest class outside the DSL; null if that is the JVM's own. */
    public static @Nullable ClassLoader callerLoader() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(frame -> !isDsl(frame.getClassName()))
                        .findFirst()
                        .map(frame -> frame.getDeclaringClass().getClassLoader())
                        .orElse(null));
    }

    private static String text(StackFrame frame) {
        String file = frame.getFileName();
        return file == null ? frame.getClassName() : file + ":" + frame.getLineNumber();
    }

    private static boolean isDsl(String className) {
        if (!className.startsWith(PACKAGE)) {
            return false;
        }
        int nested = className.indexOf('$');
        String name = className.substring(PACKAGE.length(), nested < 0 ? className.length() : nested);
        return DSL.contains(name) || name.startsWith("internal.");
    }
}
