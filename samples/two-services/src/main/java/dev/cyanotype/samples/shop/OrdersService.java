/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.shop;

import dev.cyanotype.App;
import java.time.Duration;

/** The service that takes orders. */
public final class OrdersService {

    private OrdersService() {}

    /** The service, not started, which waits so long for the stock. */
    public static App app(Duration patience) {
        return App.named("orders").register(Orders.blueprint(patience)).build();
    }

    /** Runs the service on the port of CYANOTYPE_HTTP_PORT, else 8080. */
    public static void main(String[] args) {
        app(Duration.ofSeconds(2)).run();
    }
}
