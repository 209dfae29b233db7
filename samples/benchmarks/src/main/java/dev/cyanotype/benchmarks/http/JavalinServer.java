/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.http;

import io.javalin.Javalin;

/** A plain Javalin server with as many routes as its argument says; prints its address and runs until it is killed. */
public final class JavalinServer {

    private JavalinServer() {}

    public static void main(String[] args) {
        int routes = Integer.parseInt(args[0]);
        Javalin server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.jetty.host = "127.0.0.1";
            config.jetty.port = 0;
            for (int i = 0; i < routes; i++) {
                config.routes.get("/res" + i + "/{id}", ctx -> ctx.result(ctx.pathParam("id")));
            }
        });
        server.start();
        System.out.println("http://127.0.0.1:" + server.port());
    }
}
