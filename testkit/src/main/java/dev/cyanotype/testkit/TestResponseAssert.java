/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import tools.jackson.databind.JsonNode;

/**
 * Assertions on a response; a failing one shows the whole response.
 *
 * @since 0.1
 */
public final class TestResponseAssert extends AbstractAssert<TestResponseAssert, TestResponse> {

    TestResponseAssert(TestResponse actual) {
        super(actual, TestResponseAssert.class);
    }

    /**
     * Checks the status.
     *
     * @param expected the expected status
     * @return this
     */
    public TestResponseAssert hasStatus(int expected) {
        isNotNull();
        if (actual.status() != expected) {
            failWithActualExpectedAndMessage(
                    actual.status(), expected, "Expected status %d, but got:%n  %s", expected, actual);
        }
        return this;
    }

    /**
     * Checks a header field's first value.
     *
     * @param name the field's name, in any letter case
     * @param expected the expected value
     * @return this
     */
    public TestResponseAssert hasHeader(String name, String expected) {
        isNotNull();
        String value = actual.header(name);
        if (!Objects.equals(value, expected)) {
            failWithActualExpectedAndMessage(
                    String.valueOf(value),
                    expected,
                    "Expected header %s to be '%s', but it is %s. Response:%n  %s",
                    name,
                    expected,
                    value == null ? "missing" : "'" + value + "'",
                    actual);
        }
        return this;
    }

    /**
     * Checks that there is no such header field.
     *
     * @param name the field's name, in any letter case
     * @return this
     */
    public TestResponseAssert hasNoHeader(String name) {
        isNotNull();
        String value = actual.header(name);
        if (value != null) {
            failWithMessage("Expected no header %s, but it is '%s'. Response:%n  %s", name, value, actual);
        }
        return this;
    }

    /**
     * Checks the media type, parameters apart.
     *
     * @param expected such as {@code application/json}
     * @return this
     */
    public TestResponseAssert hasContentType(String expected) {
        isNotNull();
        String value = actual.header("Content-Type");
        String type = value == null ? "" : value.split(";", 2)[0].strip();
        if (!type.equalsIgnoreCase(expected)) {
            failWithActualExpectedAndMessage(
                    String.valueOf(value), expected, "Expected content type %s, but got:%n  %s", expected, actual);
        }
        return this;
    }

    /**
     * Checks the body as text.
     *
     * @param expected the whole expected text
     * @return this
     */
    public TestResponseAssert hasText(String expected) {
        isNotNull();
        if (!actual.text().equals(expected)) {
            failWithActualExpectedAndMessage(
                    actual.text(), expected, "Expected the text '%s', but got:%n  %s", expected, actual);
        }
        return this;
    }

    /**
     * Checks that there is no body.
     *
     * @return this
     */
    public TestResponseAssert hasNoBody() {
        return hasText("");
    }

    /**
     * Checks the body as JSON; white space and the order of members do not count.
     *
     * @param expected JSON as a string, or any object that encodes to it
     * @return this
     */
    public TestResponseAssert hasJson(Object expected) {
        isNotNull();
        JsonAsserts.isEqual("the response " + actual, json(), expected);
        return this;
    }

    /**
     * Checks one value in the JSON body.
     *
     * @param pointer where it is, as RFC 6901 has it, such as {@code /users/0/name}
     * @param expected the expected value: a string, a number, or any object that encodes to JSON
     * @return this
     */
    public TestResponseAssert hasJsonAt(String pointer, Object expected) {
        isNotNull();
        JsonNode found = json().at(pointer);
        JsonAsserts.hasValue(pointer + " of the response " + actual, found, expected);
        return this;
    }

    /**
     * Checks that the body is a problem of RFC 9457.
     *
     * @param status the expected status, in the response and in the problem
     * @return this
     */
    public TestResponseAssert isProblem(int status) {
        return hasStatus(status).hasContentType("application/problem+json").hasJsonAt("/status", status);
    }

    private JsonNode json() {
        try {
            return actual.json();
        } catch (IllegalArgumentException e) {
            failWithMessage("Expected JSON, but got:%n  %s", actual);
            throw e;
        }
    }
}
