/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.junit;

import dev.cyanotype.testkit.Transports;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a class a running app of its own, made by the method that has {@link AppFactory}.
 *
 * <p>A test, or a method that runs before or after each, asks for what it needs by its parameters:
 *
 * <ul>
 *   <li>{@link dev.cyanotype.testkit.TestApp}, the running app, and {@link dev.cyanotype.App} itself
 *   <li>{@link dev.cyanotype.testkit.TestClock}, or {@link java.time.Clock}: the app's time
 *   <li>{@link dev.cyanotype.testkit.TestSocket}: a websocket that is open, see {@link Opened}
 *   <li>{@link dev.cyanotype.message.Caller}: calls the app's actions as another service would
 *   <li>{@link dev.cyanotype.testkit.Simulation}: for tests of several replicas, without an app of its own. When the test fails,
 *       the seed is added to the failure
 * </ul>
 *
 * <p>The app starts when it is first asked for, and stops when the test is over; tests may run at the same time. When a test
 * fails, what has happened to its app is added to the failure. Nested classes have it too.
 *
 * <p>An app lasts as long as the instance of its class: with {@code @TestInstance(Lifecycle.PER_CLASS)} the tests of a class share
 * one, with all that it has stored, recorded and been given instead. What runs before and after all may ask for it as well.
 * Websockets are closed after each test all the same.
 *
 * <pre>{@code
 * @CyanotypeTest
 * class UsersTest {
 *     @AppFactory
 *     Blueprint users() {
 *         return Users.blueprint(new UserStore());
 *     }
 *
 *     @Test
 *     void nobody_is_there_at_first(TestApp app) {
 *         assertThat(app.get("/users")).hasJson("[]");
 *     }
 * }
 * }</pre>
 *
 * @see CyanotypeExtension
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(CyanotypeExtension.class)
public @interface CyanotypeTest {

    /**
     * What the app is reached by.
     *
     * @return by default what the system property {@code cyanotype.test.transports} says, or else memory
     */
    Transports transports() default Transports.DEFAULT;
}
