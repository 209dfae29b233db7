/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** One app for all tests of a class, and what its clients know of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SiteApps<S extends Site> {

    static final Duration LONG = Duration.ofSeconds(20);

    final DispatcherProbe probe = new DispatcherProbe();

    private final AtomicInteger paths = new AtomicInteger();
    private @Nullable S opened;

    /** Starts an app on the transport that is tested. */
    abstract S open(App.Builder builder);

    /** Adds what any test may ask for. */
    abstract App.Builder declare(App.Builder builder);

    @BeforeAll
    void openSite() {
        opened = open(probe.show(declare(App.named("contract"))));
    }

    @AfterAll
    void closeSite() {
        if (opened != null) {
            opened.close();
        }
    }

    final S site() {
        return Objects.requireNonNull(opened, "opened");
    }

    /** Where it is; skips the test where there are no connections. */
    final URI uri() {
        return site().address()
                .orElseGet(() -> Assumptions.abort(
                        "the transport has no address, so that no test can say what goes over a connection"));
    }

    /** A path that no other test uses. */
    final String path() {
        return "/contract/" + paths.incrementAndGet();
    }

    static Eventually eventually() {
        return new Eventually(LONG);
    }
}
