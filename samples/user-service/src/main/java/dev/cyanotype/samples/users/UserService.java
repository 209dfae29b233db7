/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.users;

import dev.cyanotype.App;
import dev.cyanotype.Health;
import java.time.Clock;

/** A service of two blueprints: users and authentication. */
public final class UserService {

    private UserService() {}

    /** The service, not started; tests run the same one in memory. */
    public static App app(Clock clock) {
        return App.named("user_service")
                .register(Users.blueprint(new UserStore(clock)))
                .register(Health.blueprint())
                .register(Auth.blueprint(Accounts.demo(), new Tokens(clock)))
                .build();
    }

    /** Runs the service on the port of CYANOTYPE_HTTP_PORT, else 8080, until it is told to stop. */
    public static void main(String[] args) {
        app(Clock.systemUTC()).run();
    }
}
