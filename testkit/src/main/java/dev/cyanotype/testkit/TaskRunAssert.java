/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.task.TaskRun;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a run of a task.
 *
 * @since 0.1
 */
public final class TaskRunAssert extends AbstractAssert<TaskRunAssert, TaskRun> {

    TaskRunAssert(@Nullable TaskRun actual) {
        super(actual, TaskRunAssert.class);
    }

    /**
     * Checks that it ended.
     *
     * @return this
     */
    public TaskRunAssert succeeded() {
        return has(TaskRun.Result.SUCCEEDED);
    }

    /**
     * Checks that it threw something.
     *
     * @param type the expected type, or one above it
     * @return this
     */
    public TaskRunAssert failedWith(Class<? extends Throwable> type) {
        has(TaskRun.Result.FAILED);
        if (!type.isInstance(actual.failure())) {
            failWithMessage("Expected it to fail with %s, but it failed with %s", type.getName(), actual.failure());
        }
        return this;
    }

    /**
     * Checks that it threw something with a message.
     *
     * @param type the expected type, or one above it
     * @param message the whole expected message
     * @return this
     */
    public TaskRunAssert failedWith(Class<? extends Throwable> type, String message) {
        failedWith(type);
        Throwable failure = actual.failure();
        if (failure == null || !message.equals(failure.getMessage())) {
            failWithMessage("Expected it to fail with '%s', but it failed with %s", message, failure);
        }
        return this;
    }

    /**
     * Checks that it was not begun, because another replica had its turn.
     *
     * @return this
     */
    public TaskRunAssert wasLeftOut() {
        return has(TaskRun.Result.LEFT_OUT);
    }

    private TaskRunAssert has(TaskRun.Result expected) {
        isNotNull();
        if (actual.result() != expected) {
            Throwable failure = actual.failure();
            throw failureWithActualExpected(
                    actual.result(),
                    expected,
                    "Expected a run that %s, but it %s",
                    said(expected),
                    said(actual.result()) + (failure == null ? "" : ": " + failure));
        }
        return this;
    }

    private static String said(TaskRun.Result result) {
        return switch (result) {
            case SUCCEEDED -> "succeeded";
            case FAILED -> "failed";
            case LEFT_OUT -> "was left out";
        };
    }
}
