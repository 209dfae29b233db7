/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the rules of {@code docs/transport-contract.md} that a test is about; its display name ends with them.
 *
 * <p>On a class it holds for the tests that name none of their own. A test one of whose rules a suite excepts is skipped.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Rule {

    /**
     * The numbers of the rules.
     *
     * @return one or more, from 1 on
     */
    int[] value();
}
