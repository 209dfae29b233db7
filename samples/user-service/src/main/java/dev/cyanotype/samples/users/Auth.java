/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.users;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Logging in, over HTTP and as actions. */
public final class Auth {

    private Auth() {}

    /** What a client sends to log in. */
    public record Credentials(
            @Nullable String email, @Nullable String password) {

        /** Leaves the password out, so that it never gets into a log. */
        @Override
        public String toString() {
            return "Credentials[email=" + email + "]";
        }
    }

    /** What a client gets for it. */
    public record Login(
            String token, @JsonProperty("expires_in") long expiresIn) {}

    /** What a service sends to have a token checked. */
    public record TokenCheck(@Nullable String token) {}

    /** Whose token it is. */
    public record TokenOwner(
            boolean valid, @JsonProperty("user_id") String userId) {}

    /** Credentials or a token that are not accepted; the message is for the client. */
    static final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /** The blueprint over accounts and tokens. */
    public static Blueprint blueprint(Accounts accounts, Tokens tokens) {
        return Blueprint.named("auth")
                .prefix("/api/auth")
                .post("/login", Credentials.class, (credentials, ctx) -> login(accounts, tokens, credentials))
                .action("login", Credentials.class, (credentials, ctx) -> login(accounts, tokens, credentials))
                .action(
                        "verify_token",
                        TokenCheck.class,
                        (check, ctx) -> tokens.owner(check.token())
                                .map(userId -> new TokenOwner(true, userId))
                                .orElseThrow(() -> new RefusedException("Invalid or expired token")))
                .error(
                        RefusedException.class,
                        (ctx, e) -> Response.of(401, Map.of("error", String.valueOf(e.getMessage()))))
                .build();
    }

    private static Login login(Accounts accounts, Tokens tokens, Credentials credentials) {
        return accounts.authenticate(credentials.email(), credentials.password())
                .map(userId -> new Login(tokens.issue(userId), Tokens.LIFETIME.toSeconds()))
                .orElseThrow(() -> new RefusedException("Invalid email or password"));
    }
}
