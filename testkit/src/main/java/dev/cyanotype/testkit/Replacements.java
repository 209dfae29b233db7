/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Exchange;
import dev.cyanotype.exchange.Interceptor;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.task.TaskContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stands next to every handler: runs another one in its place if there is one, and records what fails. Thread-safe. */
final class Replacements implements Interceptor {

    private final Recorder recorder;
    private final Map<String, List<Replaced<?>>> byOperation = new ConcurrentHashMap<>();

    private record Replaced<C extends Exchange>(Class<C> context, Replacement<? super C> handler) {

        @Nullable
        Object handle(Exchange exchange) throws Exception {
            return handler.handle(context.cast(exchange));
        }
    }

    Replacements(Recorder recorder) {
        this.recorder = recorder;
    }

    <C extends Exchange> void put(App app, String operation, Class<C> context, Replacement<? super C> handler) {
        requireKnown(app, Objects.requireNonNull(operation, "operation"));
        Replaced<C> added =
                new Replaced<>(Objects.requireNonNull(context, "context"), Objects.requireNonNull(handler, "handler"));
        // The latest first.
        byOperation.merge(
                operation,
                List.of(added),
                (before, one) -> Stream.concat(one.stream(), before.stream()).toList());
    }

    void remove(App app, String operation) {
        requireKnown(app, operation);
        byOperation.remove(operation);
    }

    private static void requireKnown(App app, String operation) {
        List<String> labels = app.describe().operations().stream()
                .filter(known -> known.kind() != OperationKind.THREAD && known.kind() != OperationKind.SOCKET)
                .map(Replacements::label)
                .toList();
        if (!labels.contains(operation)) {
            throw new IllegalArgumentException("replace: '%s' is no operation of app '%s' (expected: %s)"
                    .formatted(
                            operation,
                            app.name(),
                            labels.stream().distinct().sorted().collect(Collectors.joining(", "))));
        }
    }

    private static String label(MountedOperation operation) {
        String name = operation.name();
        return name == null ? operation.address() : name;
    }

    @Override
    public @Nullable Object intercept(Exchange exchange, Next next) throws Exception {
        String operation = exchange.operation();
        boolean task = exchange instanceof TaskContext;
        try {
            Object result = instead(exchange, operation, next);
            if (result instanceof CompletionStage<?> stage) {
                return stage.whenComplete((value, error) -> {
                    if (error != null) {
                        recorder.add(TestEvent.Kind.FAILURE, operation, error.toString());
                    }
                });
            }
            if (task) {
                recorder.add(TestEvent.Kind.TASK, operation, "done");
            }
            return result;
        } catch (Throwable e) {
            recorder.add(TestEvent.Kind.FAILURE, operation, e.toString());
            throw e;
        }
    }

    private @Nullable Object instead(Exchange exchange, String operation, Next next) throws Exception {
        for (Replaced<?> replaced : byOperation.getOrDefault(operation, List.of())) {
            if (replaced.context.isInstance(exchange)) {
                return replaced.handle(exchange);
            }
        }
        return next.proceed();
    }
}
