/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;

/**
 * Assertions on a message that a websocket's client has got.
 *
 * @since 0.1
 */
public final class TestFrameAssert extends AbstractAssert<TestFrameAssert, TestFrame> {

    TestFrameAssert(TestFrame actual) {
        super(actual, TestFrameAssert.class);
    }

    /**
     * Checks that it is a text, and which.
     *
     * @param expected the whole message
     * @return this
     */
    public TestFrameAssert isText(String expected) {
        isNotNull();
        if (!actual.isText() || !actual.text().equals(expected)) {
            String found = actual.isText() ? actual.text() : actual.toString();
            failWithActualExpectedAndMessage(
                    found, expected, "Expected the text '%s', but got:%n  %s", expected, actual);
        }
        return this;
    }

    /**
     * Checks that it is a binary message, and which.
     *
     * @param expected the whole message
     * @return this
     */
    public TestFrameAssert isBinary(byte[] expected) {
        isNotNull();
        if (actual.isText()) {
            failWithMessage("Expected a binary message, but got:%n  %s", actual);
        }
        Assertions.assertThat(actual.bytes()).as(info.description()).isEqualTo(expected);
        return this;
    }

    /**
     * Checks the whole message; white space and the order of members do not count.
     *
     * @param expected JSON as a string, or any object that encodes to it
     * @return this
     */
    public TestFrameAssert hasJson(Object expected) {
        JsonAsserts.isEqual("the message " + actual, json(), expected);
        return this;
    }

    /**
     * Checks the type of a message {@code {"type":…,"data":…}}.
     *
     * @param expected the expected type
     * @return this
     */
    public TestFrameAssert hasType(String expected) {
        JsonNode type = json().path("type");
        if (!type.isString() || !type.stringValue().equals(expected)) {
            String found = type.isMissingNode() ? "none" : type.toString();
            failWithActualExpectedAndMessage(
                    found, expected, "Expected the type '%s', but got %s:%n  %s", expected, found, actual);
        }
        return this;
    }

    /**
     * Checks the data of a message {@code {"type":…,"data":…}}; white space and the order of members do not count.
     *
     * @param expected JSON as a string, or any object that encodes to it
     * @return this
     */
    public TestFrameAssert hasData(Object expected) {
        JsonNode data = json().get("data");
        if (data == null) {
            throw failure("Expected data, but got:%n  %s", actual);
        }
        JsonAsserts.isEqual("the data of the message " + actual, data, expected);
        return this;
    }

    /**
     * Checks one value in the message's data, on an app's socket for messages.
     *
     * @param pointer where it is, as RFC 6901 has it, such as {@code /user/name}
     * @param expected the expected value: a string, a number, or any object that encodes to JSON
     * @return this
     */
    public TestFrameAssert hasDataAt(String pointer, Object expected) {
        JsonAsserts.hasValue(
                pointer + " of the data of the message " + actual,
                json().path("data").at(pointer),
                expected);
        return this;
    }

    /**
     * Checks the text of an error: that of a handler, which is inside the data, or that of a message that no handler has got.
     *
     * @param expected the expected text
     * @return this
     */
    public TestFrameAssert isError(String expected) {
        JsonNode message = json();
        JsonNode text = message.has("error")
                ? message.path("error")
                : message.path("data").path("error");
        if (!message.path("type").asString("").equals("error")
                || !text.isString()
                || !text.stringValue().equals(expected)) {
            failWithActualExpectedAndMessage(
                    actual.text(), expected, "Expected the error '%s', but got:%n  %s", expected, actual);
        }
        return this;
    }

    private JsonNode json() {
        isNotNull();
        if (actual.isText()) {
            try {
                return actual.json();
            } catch (IllegalArgumentException e) {
                // Said below, with the message.
            }
        }
        throw failure("Expected JSON, but got:%n  %s", actual);
    }
}
