/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.users;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may log in. Immutable and thread-safe. */
public final class Accounts {

    private static final Accounts DEMO =
            new Accounts(Map.of("user@example.com", new Account("user_1", PasswordHash.of("password"))));

    private final Map<String, Account> byEmail;

    /** Checked when the email address is unknown, so that the answer takes as long as for a known one. */
    private final PasswordHash nobody = PasswordHash.of("no password matches this");

    private record Account(String userId, PasswordHash password) {}

    private Accounts(Map<String, Account> byEmail) {
        this.byEmail = Map.copyOf(byEmail);
    }

    /** The one account of this sample: user@example.com with the password "password". */
    public static Accounts demo() {
        return DEMO;
    }

    /** The id of the user with these credentials. */
    public Optional<String> authenticate(@Nullable String email, @Nullable String password) {
        Account account = email == null ? null : byEmail.get(email);
        PasswordHash expected = account == null ? nobody : account.password();
        boolean matches = expected.matches(password == null ? "" : password);
        return account != null && matches ? Optional.of(account.userId()) : Optional.empty();
    }
}
