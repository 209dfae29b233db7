/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

/**
 * Where assertions on responses, replies, messages and websockets start.
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

    /**
     * Starts assertions on a message of a websocket.
     *
     * @param actual the message
     * @return the assertions
     */
    public static TestFrameAssert assertThat(TestFrame actual) {
        return new TestFrameAssert(actual);
    }

    /**
     * Starts assertions on a websocket.
     *
     * @param actual the client's side of it
     * @return the assertions
     */
    public static TestSocketAssert assertThat(TestSocket actual) {
        return new TestSocketAssert(actual);
    }
}
