/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on a published message.
 *
 * @since 0.1
 */
public final class TestMessageAssert extends AbstractAssert<TestMessageAssert, TestMessage> {

    TestMessageAssert(TestMessage actual) {
        super(actual, TestMessageAssert.class);
    }

    /**
     * Checks the channel.
     *
     * @param expected the expected channel
     * @return this
     */
    public TestMessageAssert isOn(String expected) {
        isNotNull();
        if (!actual.channel().equals(expected)) {
            failWithActualExpectedAndMessage(
                    actual.channel(), expected, "Expected the channel '%s', but got: %s", expected, actual);
        }
        return this;
    }

    /**
     * Checks the message; white space and the order of members do not count.
     *
     * @param expected JSON as a string, or any object that encodes to it
     * @return this
     */
    public TestMessageAssert hasJson(Object expected) {
        isNotNull();
        JsonAsserts.isEqual("the message " + actual, actual.message(), expected);
        return this;
    }
}
