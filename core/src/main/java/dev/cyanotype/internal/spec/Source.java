/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.spec;

import java.lang.StackWalker.StackFrame;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the line of the user's program that called the DSL. */
public final class Source {

    private static final String PACKAGE = "dev.cyanotype.";

    private static final String INTERNAL = PACKAGE + "internal.";

    private static final Set<String> DSL = Set.of(
            PACKAGE + "App",
            PACKAGE + "AppWide",
            PACKAGE + "Blueprint",
            PACKAGE + "FilesBuilder",
            PACKAGE + "HooksBuilder",
            PACKAGE + "LaunchBuilder",
            PACKAGE + "MessagesBuilder",
            PACKAGE + "Mount",
            PACKAGE + "OperationsBuilder",
            PACKAGE + "RoutesBuilder",
            PACKAGE + "ScopeBuilder",
            PACKAGE + "SocketsBuilder");

    private Source() {}

    /** The nearest frame outside the DSL, such as {@code Users.java:41}. */
    public static String caller() {
        StackFrame nearest = StackWalker.getInstance().walk(Source::nearest);
        return nearest == null ? "unknown source" : text(nearest);
    }

    /** The class loader of the nearest class outside the DSL; null if that is the JVM's own. */
    public static @Nullable ClassLoader callerLoader() {
        StackFrame nearest = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(Source::nearest);
        return nearest == null ? null : nearest.getDeclaringClass().getClassLoader();
    }

    /** The nearest frame outside the DSL. Each declaration asks for it, so the frames are not piped through stages. */
    private static @Nullable StackFrame nearest(Stream<StackFrame> frames) {
        Nearest nearest = new Nearest();
        Spliterator<StackFrame> all = frames.spliterator();
        while (nearest.frame == null && all.tryAdvance(nearest)) {
            // It has looked at one.
        }
        return nearest.frame;
    }

    /** Keeps the first frame outside the DSL that it is shown. */
    private static final class Nearest implements Consumer<StackFrame> {

        private @Nullable StackFrame frame;

        @Override
        public void accept(StackFrame shown) {
            if (!isDsl(shown.getClassName())) {
                frame = shown;
            }
        }
    }

    private static String text(StackFrame frame) {
        String file = frame.getFileName();
        return file == null ? frame.getClassName() : file + ":" + frame.getLineNumber();
    }

    private static boolean isDsl(String className) {
        if (DSL.contains(className) || className.startsWith(INTERNAL)) {
            return true;
        }
        int nested = className.startsWith(PACKAGE) ? className.indexOf('$') : -1;
        return nested > 0 && DSL.contains(className.substring(0, nested));
    }
}
