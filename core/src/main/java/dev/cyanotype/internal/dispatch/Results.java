/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.exchange.Exchange;
import dev.cyanotype.exchange.Interceptor;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From a handler to its response. */
final class Results {

    private Results() {}

    /** Runs interceptors, the outermost first, then the handler. */
    static @Nullable Object intercepted(Interceptor[] interceptors, Exchange exchange, Interceptor.Next handler)
            throws Exception {
        return interceptors.length == 0 ? handler.proceed() : proceed(interceptors, 0, exchange, handler);
    }

    private static @Nullable Object proceed(
            Interceptor[] interceptors, int index, Exchange exchange, Interceptor.Next handler) throws Exception {
        if (index == interceptors.length) {
            return handler.proceed();
        }
        return interceptors[index].intercept(exchange, () -> proceed(interceptors, index + 1, exchange, handler));
    }

    /**
     * What a handler's result becomes.
     *
     * @throws NotFoundException if it is an empty optional
     */
    static Response response(@Nullable Object result) {
        if (result instanceof Optional<?> optional) {
            if (optional.isEmpty()) {
                throw new NotFoundException("There is no such thing here");
            }
            return Response.from(optional.get());
        }
        return Response.from(result);
    }
}
