/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

/**
 * Where assertions on responses and replies start.
 *
 * @since 0.1
 */
public final class CyanotypeAssertions {

    private CyanotypeAssertions() {}

    /**
     * Starts assertions on a response.
     *
     * @param actual the response
     * @return the assertions
     */
    public static TestResponseAssert assertThat(TestResponse actual) {
        return new TestResponseAssert(actual);
    }

    /**
     * Starts assertions on a reply.
     *
     * @param actual the reply
     * @return the assertions
     */
    public static TestReplyAssert assertThat(TestReply actual) {
        return new TestReplyAssert(actual);
    }

    /**
     * Starts assertions on a published message.
     *
     * @param actual the message
     * @return the assertions
     */
    public static TestMessageAssert assertThat(TestMessage actual) {
        return new TestMessageAssert(actual);
    }
}
