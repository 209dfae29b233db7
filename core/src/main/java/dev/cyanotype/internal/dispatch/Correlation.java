/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;

/** The fields that log lines carry while an exchange runs. */
final class Correlation {

    /** Without a logging library that keeps such fields, filling them would be work for nobody. */
    private static final boolean HAS_MDC = !(MDC.getMDCAdapter() instanceof NOPMDCAdapter);

    private Correlation() {}

    /**
     * Fills the fields for an exchange until the scope is closed.
     *
     * @return null if there is nothing to restore
     */
    static @Nullable Scope open(BaseExchange exchange) {
        return HAS_MDC ? new Scope(exchange) : null;
    }

    /** The fields of one exchange on one thread. */
    static final class Scope implements AutoCloseable {

        private final @Nullable String correlationId = MDC.get("correlationId");
        private final @Nullable String operation = MDC.get("operation");
        private final @Nullable String transport = MDC.get("transport");

        private Scope(BaseExchange exchange) {
            MDC.put("correlationId", exchange.correlationId());
            MDC.put("operation", exchange.operation());
            MDC.put("transport", exchange.carrier().label());
        }

        @Override
        public void close() {
            restore("correlationId", correlationId);
            restore("operation", operation);
            restore("transport", transport);
        }

        private static void restore(String key, @Nullable String value) {
            if (value == null) {
                MDC.remove(key);
            } else {
                MDC.put(key, value);
            }
        }
    }
}
