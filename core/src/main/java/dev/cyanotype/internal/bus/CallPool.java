/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.bus;

import dev.cyanotype.internal.json.JsonCodec;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * What all callers of one app share. Thread-safe.
 *
 * @param json encodes and decodes
 * @param executor runs what users hang on to a call, never a transport's own thread
 * @param limit how many calls may wait for their replies
 * @param free how many more
 */
public record CallPool(JsonCodec json, Executor executor, int limit, Semaphore free) {

    public CallPool(JsonCodec json, Executor executor, int limit) {
        this(json, executor, limit, new Semaphore(limit));
    }
}
