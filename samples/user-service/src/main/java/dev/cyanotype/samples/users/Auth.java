/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.users;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.socket.Handshake;
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

    /** What a websocket's client is told when it connects. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Visitor(
            boolean authenticated,
            @JsonProperty("user_id") @Nullable String userId,
            @Nullable String message) {}

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
                .socketConnect(ctx -> visitor(tokens, ctx.handshake()))
                .error(
                        RefusedException.class,
                        (ctx, e) -> Response.of(401, Map.of("error", String.valueOf(e.getMessage()))))
                .build();
    }

    /** Who has connected; without a good token it may stay, but is told that nobody knows it. */
    private static Visitor visitor(Tokens tokens, Handshake handshake) {
        String token = token(handshake);
        if (token == null) {
            return new Visitor(false, null, "No authentication token provided");
        }
        return tokens.owner(token)
                .map(userId -> new Visitor(true, userId, null))
                .orElseGet(() -> new Visitor(false, null, "Invalid or expired token"));
    }

    /** A browser can't set header fields, so that it has to use the query. */
    private static @Nullable String token(Handshake handshake) {
        String authorization = handshake.header("Authorization");
        return authorization != null && authorization.startsWith("Bearer ")
                ? authorization.substring("Bearer ".length()).strip()
                : handshake.queryParam("token");
    }

    private static Login login(Accounts accounts, Tokens tokens, Credentials credentials) {
        return accounts.authenticate(credentials.email(), credentials.password())
                .map(userId -> new Login(tokens.issue(userId), Tokens.LIFETIME.toSeconds()))
                .orElseThrow(() -> new RefusedException("Invalid email or password"));
    }
}
