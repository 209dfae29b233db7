/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import tools.jackson.databind.JsonNode;

/**
 * Assertions on what an app has sent.
 *
 * @since 0.1
 */
public final class TestAppAssert extends AbstractAssert<TestAppAssert, TestApp> {

    TestAppAssert(TestApp actual) {
        super(actual, TestAppAssert.class);
    }

    /**
     * Checks that the app has published a message on a channel, perhaps among others.
     *
     * @param channel the channel
     * @param expected JSON as a string, or any object that encodes to it; white space and the order of members do not count
     * @return this
     */
    public TestAppAssert hasBroadcast(String channel, Object expected) {
        isNotNull();
        return has("a broadcast on '" + channel + "'", actual.broadcasts(channel), actual.broadcasts(), expected);
    }

    /**
     * Checks that the app has published nothing on a channel.
     *
     * @param channel the channel
     * @return this
     */
    public TestAppAssert hasNoBroadcast(String channel) {
        isNotNull();
        return hasNone("broadcast on '" + channel + "'", actual.broadcasts(channel));
    }

    /**
     * Checks that the app has published nothing.
     *
     * @return this
     */
    public TestAppAssert hasNoBroadcasts() {
        isNotNull();
        return hasNone("broadcast", actual.broadcasts());
    }

    /**
     * Checks that a stream has an entry, perhaps among others.
     *
     * @param stream the stream, also one for dead letters
     * @param expected JSON as a string, or any object that encodes to it; white space and the order of members do not count
     * @return this
     */
    public TestAppAssert hasAppended(String stream, Object expected) {
        isNotNull();
        return has("an entry in '" + stream + "'", actual.appended(stream), actual.appended(), expected);
    }

    /**
     * Checks that nothing was added to a stream.
     *
     * @param stream the stream, also one for dead letters
     * @return this
     */
    public TestAppAssert hasNotAppended(String stream) {
        isNotNull();
        return hasNone("entry in '" + stream + "'", actual.appended(stream));
    }

    /**
     * Checks that a listener has heard a message, perhaps among others, whatever it made of it.
     *
     * @param operation the listener's full name, such as {@code users.user_events}
     * @param expected JSON as a string, or any object that encodes to it; white space and the order of members do not count
     * @return this
     */
    public TestAppAssert hasHeard(String operation, Object expected) {
        isNotNull();
        List<TestMessage> all = actual.events(TestEvent.Kind.HEARD).stream()
                .map(event -> new TestMessage(event.subject(), TestJson.parse(event.detail())))
                .toList();
        return has(
                "a message that '" + operation + "' has heard",
                all.stream()
                        .filter(message -> message.channel().equals(operation))
                        .toList(),
                all,
                expected);
    }

    /**
     * Checks that a task has run, at least once, to its end.
     *
     * @param operation the task's full name, such as {@code users.user_cleanup}
     * @return this
     */
    public TestAppAssert hasRun(String operation) {
        isNotNull();
        List<TestEvent> runs = actual.events().stream()
                .filter(event -> event.kind() == TestEvent.Kind.TASK
                        || event.kind() == TestEvent.Kind.FAILURE
                                && event.subject().equals(operation))
                .toList();
        if (runs.stream()
                .noneMatch(run ->
                        run.kind() == TestEvent.Kind.TASK && run.subject().equals(operation))) {
            failWithMessage(
                    "Expected task '%s' to have run by %s, but got:%n%s",
                    operation, actual.clock().instant(), runs.isEmpty() ? "  nothing" : lines(runs));
        }
        return this;
    }

    /**
     * Checks that no handler has thrown anything, whatever became of it.
     *
     * @return this
     */
    public TestAppAssert hasNoFailures() {
        isNotNull();
        List<TestEvent> failures = actual.events(TestEvent.Kind.FAILURE);
        if (!failures.isEmpty()) {
            failWithMessage("Expected no failures, but got:%n%s", lines(failures));
        }
        return this;
    }

    private TestAppAssert has(String what, List<TestMessage> there, List<TestMessage> all, Object expected) {
        JsonNode wanted = JsonAsserts.asRead(TestJson.tree(expected));
        if (there.stream()
                .noneMatch(message -> JsonAsserts.asRead(message.message()).equals(wanted))) {
            failWithMessage(
                    "Expected %s:%n  %s%nbut got:%n%s",
                    what, wanted, all.isEmpty() ? "  nothing" : lines(there.isEmpty() ? all : there));
        }
        return this;
    }

    private TestAppAssert hasNone(String what, List<TestMessage> there) {
        if (!there.isEmpty()) {
            failWithMessage("Expected no %s, but got:%n%s", what, lines(there));
        }
        return this;
    }

    private static String lines(List<?> all) {
        return all.stream().map(one -> "  " + one).collect(Collectors.joining(System.lineSeparator()));
    }
}
