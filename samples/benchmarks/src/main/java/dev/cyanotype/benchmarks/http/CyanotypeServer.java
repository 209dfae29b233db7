/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.http;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Response;

/** The same as {@link JavalinServer} on Cyanotype. */
public final class CyanotypeServer {

    private CyanotypeServer() {}

    public static void main(String[] args) {
        int routes = Integer.parseInt(args[0]);
        App.Builder builder = App.named("bench").setting("http.port", "0");
        for (int i = 0; i < routes; i++) {
            builder.get("/res" + i + "/{id}", ctx -> Response.text(ctx.pathParam("id")));
        }
        App app = builder.build();
        app.start();
        System.out.println(app.address("http"));
    }
}
