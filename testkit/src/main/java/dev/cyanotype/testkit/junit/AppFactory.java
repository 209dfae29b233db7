/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes the app that each test of a {@link CyanotypeTest} gets.
 *
 * <p>One method of the test class, of a class it extends, or of one it is nested in, the nearest first. It is called once for each
 * test that needs its app, may be private or static, and returns a {@link dev.cyanotype.Blueprint}, an
 * {@link dev.cyanotype.App}, or a {@link dev.cyanotype.testkit.TestAppBuilder}, of which the clock is replaced by the test's. Its parameters are resolved as those of tests
 * are: {@link dev.cyanotype.testkit.TestClock} or {@link java.time.Clock} for whatever needs the app's time before there is an
 * app, and what other extensions give, such as a temporary folder or a mock.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface AppFactory {}
