/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import dev.cyanotype.App;
import dev.cyanotype.http.HttpContext;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.function.Consumer;

/**
 * Reaches through to Javalin.
 *
 * @since 0.1
 */
public final class JavalinAccess {

    private JavalinAccess() {}

    /**
     * Options that set up the Javalin server further: its plug-ins, request log, compression, connectors.
     *
     * <p>Handlers and plug-ins that it registers run around and before the app's routes. Javalin's own static files are
     * not reached, because the app answers every path.
     *
     * @param options the options
     * @param configuration called when the server is made, before the app's routes are added
     * @return the changed options
     */
    public static JavalinOptions configure(JavalinOptions options, Consumer<JavalinConfig> configuration) {
        return options.toBuilder().configuration(configuration).build();
    }

    /**
     * Serves an app on a Javalin server of yours, where Javalin's own routes and static files lead nowhere.
     *
     * <p>Call it inside {@code Javalin.create}. The app starts and stops with the server; the limits for the head of
     * requests, the threads and the address are the server's.
     *
     * @param config your server's configuration
     * @param app the app, not started
     * @return the app as it will run: ask this one for callers, and leave its start and stop to the server
     */
    public static App mount(JavalinConfig config, App app) {
        MountedHttp mounted = new MountedHttp(config);
        App running = app.toBuilder().transport(mounted).build();
        config.events.serverStarting(running::start);
        config.events.serverStartFailed(running::stop);
        config.events.serverStopping(running::stop);
        return running;
    }

    /**
     * Javalin's context of a request.
     *
     * @param ctx the request
     * @return Javalin's view of it; answer by returning a response, not through it
     * @throws IllegalStateException if the request did not come over Javalin
     */
    public static Context context(HttpContext ctx) {
        return ctx.as(Context.class);
    }
}
