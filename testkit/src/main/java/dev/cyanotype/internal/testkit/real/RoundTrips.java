/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.real;

import java.util.function.BooleanSupplier;

/** Requests on their way to the app and answers on their way back, of one kind. Guarded by the activity's lock. */
final class RoundTrips {

    private final Activity activity;

    /** Who has asked and has no answer. */
    private int asking;

    /** What the app is at. */
    private int answering;

    RoundTrips(Activity activity) {
        this.activity = activity;
    }

    private BooleanSupplier someUnderWay() {
        return () -> asking > answering;
    }

    /** Something was asked; the result is run when the answer is there. */
    Runnable sent(String what) {
        synchronized (activity) {
            asking++;
            Activity.Token token = activity.expectWhile(what, someUnderWay());
            return () -> {
                synchronized (activity) {
                    asking--;
                    token.end();
                }
            };
        }
    }

    /** The app begins to answer something; the result is run when it has made the answer. */
    Runnable begun() {
        synchronized (activity) {
            answering++;
            activity.touch();
            return () -> {
                synchronized (activity) {
                    answering--;
                    activity.touch();
                }
            };
        }
    }
}
