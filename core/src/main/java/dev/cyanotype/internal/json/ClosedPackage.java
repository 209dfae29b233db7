/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.json;

import java.lang.reflect.InaccessibleObjectException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** On the module path, Jackson sees what a module opens to it; what it does not is the program's fault, and no client's. */
final class ClosedPackage {

    private ClosedPackage() {}

    /**
     * Says it, if that is why something could not be read or written.
     *
     * @param type what was to be read, or null if that is not known
     * @return the exception to be thrown; null if it is something else
     */
    static @Nullable RuntimeException problem(JacksonException failure, @Nullable Class<?> type) {
        if (!isRefused(failure)) {
            return null;
        }
        Class<?> culprit = culprit(failure, type);
        Module jackson = JsonMapper.class.getModule();
        if (culprit == null || culprit.getModule().isOpen(culprit.getPackageName(), jackson)) {
            return null;
        }
        return new IllegalStateException(
                "%s: package %s of module %s is not open to Jackson, which reads and writes JSON. Add 'opens %s%s;' to its module-info."
                        .formatted(
                                culprit.getName(),
                                culprit.getPackageName(),
                                culprit.getModule().getName(),
                                culprit.getPackageName(),
                                jackson.isNamed() ? " to " + jackson.getName() : ""),
                failure);
    }

    private static boolean isRefused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalAccessException || cause instanceof InaccessibleObjectException) {
                return true;
            }
        }
        return false;
    }

    /** The innermost object that was reached. */
    private static @Nullable Class<?> culprit(JacksonException failure, @Nullable Class<?> type) {
        List<JacksonException.Reference> path = failure.getPath();
        Object innermost = path.isEmpty() ? null : path.get(path.size() - 1).from();
        if (innermost == null) {
            return type;
        }
        return innermost instanceof Class<?> reached ? reached : innermost.getClass();
    }
}
