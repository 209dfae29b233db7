/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import dev.cyanotype.App;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A small service that runs on both transports, in the JVM of the test or in one of its own. */
final class Replica {

    private Replica() {}

    /** The service, which says what it does to whoever gave it a name. */
    static App app(String name, Path directory, List<String> seen) {
        return App.named("shop")
                .discovery(false)
                .transport(new JdkHttp())
                .transport(new LocalBus())
                .setting("jdk-http.port", "0")
                .setting("local-bus.path", directory.toString())
                .get("/who", ctx -> Map.of("name", name))
                .post(
                        "/tell",
                        ctx -> Map.of(
                                "heard",
                                ctx.broadcast("news", Map.of("text", ctx.body().text()))))
                .action("who", ctx -> name)
                .action("hang", ctx -> {
                    seen.add("hangs");
                    synchronized (seen) {
                        seen.wait(60_000);
                    }
                    return name;
                })
                .listen("news", (news, ctx) -> seen.add(news.path("text").asString()))
                .build();
    }

    /** Runs until its standard input ends, and so never outlives its test; what it sees it prints. */
    public static void main(String[] arguments) throws IOException {
        List<String> printed = new java.util.concurrent.CopyOnWriteArrayList<>() {
            @Override
            public boolean add(String line) {
                System.out.println("seen " + line);
                return super.add(line);
            }
        };
        App app = app(arguments[0], Path.of(arguments[1]), printed);
        app.start();
        System.out.println("started " + app.address("jdk-http"));
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (input.readLine() != null) {
                // Until the test has ended.
            }
        }
        app.stop();
    }
}
