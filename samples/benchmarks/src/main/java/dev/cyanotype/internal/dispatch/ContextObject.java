/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.spi.HttpRequest;

/** Makes the context object of a request; in this package because nobody else can. */
public final class ContextObject {

    private ContextObject() {}

    public static HttpContext of(AppRuntime runtime, HttpRequest request) {
        return new HttpExchange(runtime, request, HttpMethod.GET);
    }
}
