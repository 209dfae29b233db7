/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.spec;

/**
 * One declared hook.
 *
 * @param priority higher ones run earlier on the way in
 * @param position its place among all declarations of its scope
 * @param source the declaring line
 */
public record Hook<T>(T hook, int priority, int position, String source) {}
