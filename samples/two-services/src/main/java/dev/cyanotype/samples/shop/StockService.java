/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.shop;

import dev.cyanotype.App;
import dev.cyanotype.http.javalin.JavalinHttp;
import dev.cyanotype.http.javalin.JavalinOptions;

/** The service that has the goods. */
public final class StockService {

    private StockService() {}

    /** The service, not started. */
    public static App app(Shelf shelf) {
        return App.named(Messages.STOCK)
                .register(Stock.blueprint(shelf))
                .transport(JavalinHttp.with(JavalinOptions.builder().port(8081).build()))
                .build();
    }

    /** Runs the service, with ten apples, on the port of CYANOTYPE_HTTP_PORT, else 8081. */
    public static void main(String[] args) {
        Shelf shelf = new Shelf();
        shelf.add("apple", 10);
        app(shelf).run();
    }
}
