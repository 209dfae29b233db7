/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import dev.cyanotype.spi.RenderedResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One app for all tests of a class, which answers what each of them wants. */
abstract class HttpApps extends SiteApps<HttpSite> {

    static final byte[] NOTHING = {};

    /** What was seen, in the order it was. */
    final List<String> seen = new CopyOnWriteArrayList<>();

    @Override
    App.Builder declare(App.Builder builder) {
        return builder.get("/fine", ctx -> Response.text("fine")).post("/posted", ctx -> Response.text("posted"));
    }

    /** Gets a response that the test has made. */
    final HttpSite.Received get(RenderedResponse response, String... headerLines) throws Exception {
        String path = path();
        probe.answer(path, request -> response);
        return site().send("GET", path, NOTHING, headerLines);
    }

    /** A response that came whole. */
    static Answer whole(HttpSite.Received received) {
        if (received.isCut()) {
            throw new AssertionError("the response was cut off: " + received.answer());
        }
        return received.answer();
    }

    /** A connection of its own; skips the test where there are none. */
    final RawClient connect() throws IOException {
        return RawClient.connect(uri());
    }
}
