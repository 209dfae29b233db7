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
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** One app for all tests of a class, which answers what each of them wants. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HttpApps {

    static final Duration LONG = Duration.ofSeconds(20);
    static final byte[] NOTHING = {};

    final DispatcherProbe probe = new DispatcherProbe();

    /** What was seen, in the order it was. */
    final List<String> seen = new CopyOnWriteArrayList<>();

    private final AtomicInteger paths = new AtomicInteger();
    private @Nullable HttpSite opened;

    /** Starts an app on the transport that is tested. */
    abstract HttpSite open(App.Builder builder);

    @BeforeAll
    void openSite() {
        opened = open(probe.show(App.named("contract"))
                .get("/fine", ctx -> Response.text("fine"))
                .post("/posted", ctx -> Response.text("posted")));
    }

    @AfterAll
    void closeSite() {
        if (opened != null) {
            opened.close();
        }
    }

    final HttpSite site() {
        return Objects.requireNonNull(opened, "opened");
    }

    /** A path that no other test uses. */
    final String path() {
        return "/contract/" + paths.incrementAndGet();
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

    final URI uri() {
        return site().address()
                .orElseGet(() -> Assumptions.abort(
                        "the transport has no address, so that no test can say what goes over a connection"));
    }

    static Eventually eventually() {
        return new Eventually(LONG);
    }
}
