/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.examples;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.HttpException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The authentication of Daebus's complete example. */
final class DaebusAuth {

    record Credentials(String email, String password) {}

    record Token(String token, @JsonProperty("expires_in") long expiresIn) {}

    record Check(String token) {}

    record Owner(boolean valid, @JsonProperty("user_id") String userId) {}

    private record Issued(String userId, Instant expiresAt) {}

    private static final Duration HOUR = Duration.ofHours(1);

    private final Map<String, Issued> tokens = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Supplier<String> random;

    DaebusAuth(InstantSource clock, Supplier<String> random) {
        this.clock = clock;
        this.random = random;
    }

    Blueprint blueprint() {
        return Blueprint.named("auth")
                .prefix("/api/auth")
                .post("/login", Credentials.class, (credentials, ctx) -> login(credentials))
                .action("login", Credentials.class, (credentials, ctx) -> login(credentials))
                .action("verify_token", Check.class, (check, ctx) -> verify(check.token()))
                .error(401, (ctx, e) -> Map.of("error", String.valueOf(e.getMessage())))
                .build();
    }

    private Token login(Credentials given) {
        if (!new Credentials("user@example.com", "password").equals(given)) {
            throw new HttpException(401, "Invalid email or password");
        }
        String token = random.get();
        tokens.put(token, new Issued("user_1", clock.instant().plus(HOUR)));
        return new Token(token, HOUR.toSeconds());
    }

    private Owner verify(String token) {
        Issued issued = token == null ? null : tokens.get(token);
        if (issued == null || issued.expiresAt().isBefore(clock.instant())) {
            throw new HttpException(401, "Invalid or expired token");
        }
        return new Owner(true, issued.userId());
    }
}
