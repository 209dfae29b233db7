/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.internal.spec.HooksDraft;

/**
 * The hooks and error handlers that a blueprint adds to the app it stands on.
 *
 * <p>They take the blueprint's place among the app's own, once for each app.
 *
 * @since 0.1
 */
public final class AppWide extends HooksBuilder<AppWide> {

    private final HooksDraft draft;
    private final String where;
    private boolean closed;

    AppWide(HooksDraft draft, String where) {
        this.draft = draft;
        this.where = where;
    }

    @Override
    HooksDraft hooksDraft() {
        if (closed) {
            throw new IllegalStateException(where + ": appWide has ended. Declare inside its lambda.");
        }
        return draft;
    }

    @Override
    String where() {
        return where;
    }

    void close() {
        closed = true;
    }
}
