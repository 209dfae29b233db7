/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

/**
 * Gives callers of services: what each exchange that a handler gets does.
 *
 * @since 0.1
 */
public interface Callers {

    /**
     * Calls the actions of a service, on behalf of what is being done here.
     *
     * @param service the service's name; this app's own works too
     * @return a caller with a timeout of 5 seconds, or of what this exchange's own caller still waits if that is less
     * @throws IllegalArgumentException if the name is empty
     * @throws IllegalStateException if the app is not started, or has stopped
     */
    Caller caller(String service);
}
