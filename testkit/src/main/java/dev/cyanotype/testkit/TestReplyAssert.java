/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on a reply; a failing one shows the whole reply.
 *
 * @since 0.1
 */
public final class TestReplyAssert extends AbstractAssert<TestReplyAssert, TestReply> {

    TestReplyAssert(TestReply actual) {
        super(actual, TestReplyAssert.class);
    }

    /**
     * Checks that the call succeeded.
     *
     * @return this
     */
    public TestReplyAssert isSuccess() {
        isNotNull();
        if (actual.isError()) {
            failWithMessage("Expected a success, but got an %s", actual);
        }
        return this;
    }

    /**
     * Checks that the call failed.
     *
     * @param text the expected text of the error
     * @return this
     */
    public TestReplyAssert isError(String text) {
        isNotNull();
        if (!actual.isError() || !actual.error().equals(text)) {
            failWithActualExpectedAndMessage(
                    actual.error(), text, "Expected the error '%s', but got: %s", text, actual);
        }
        return this;
    }

    /**
     * Checks the payload; white space and the order of members do not count.
     *
     * @param expected JSON as a string, or any object that encodes to it
     * @return this
     */
    public TestReplyAssert hasPayload(Object expected) {
        isNotNull();
        JsonAsserts.isEqual("the " + actual, actual.payload(), expected);
        return this;
    }

    /**
     * Checks one value in the payload.
     *
     * @param pointer where it is, as RFC 6901 has it, such as {@code /user/name}
     * @param expected the expected value: a string, a number, or any object that encodes to JSON
     * @return this
     */
    public TestReplyAssert hasPayloadAt(String pointer, Object expected) {
        isNotNull();
        JsonAsserts.hasValue(pointer + " of the " + actual, actual.payload().at(pointer), expected);
        return this;
    }
}
