/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.task.TaskRun;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * Where assertions on apps, responses, replies, messages, websockets and runs of tasks start, beside all of AssertJ's.
 *
 * <p>One static import of {@code assertThat} from here is enough.
 *
 * @since 0.1
 */
public final class CyanotypeAssertions extends Assertions {

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

    /**
     * Starts assertions on what an app has sent.
     *
     * @param actual the app
     * @return the assertions
     */
    public static TestAppAssert assertThat(TestApp actual) {
        return new TestAppAssert(actual);
    }

    /**
     * Starts assertions on a run of a task.
     *
     * @param actual the run; null, as of a task that has not run, fails each of them
     * @return the assertions
     */
    public static TaskRunAssert assertThat(@Nullable TaskRun actual) {
        return new TaskRunAssert(actual);
    }
}
