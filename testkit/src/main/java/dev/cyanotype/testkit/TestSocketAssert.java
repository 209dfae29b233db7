/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.socket.CloseStatus;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/**
 * Assertions on the client's side of a websocket.
 *
 * @since 0.1
 */
public final class TestSocketAssert extends AbstractAssert<TestSocketAssert, TestSocket> {

    TestSocketAssert(TestSocket actual) {
        super(actual, TestSocketAssert.class);
    }

    /**
     * Checks that it is open.
     *
     * @return this
     */
    public TestSocketAssert isOpen() {
        isNotNull();
        CloseStatus closed = actual.closed();
        if (closed != null) {
            failWithMessage("Expected an open websocket, but it was closed with %s", shown(closed));
        }
        return this;
    }

    /**
     * Checks that it was closed, and how.
     *
     * @param expected the expected close code
     * @return this
     */
    public TestSocketAssert wasClosedWith(int expected) {
        if (closed().code() != expected) {
            failWithActualExpectedAndMessage(
                    closed().code(),
                    expected,
                    "Expected to be closed with %d, but it was closed with %s",
                    expected,
                    shown(closed()));
        }
        return this;
    }

    /**
     * Checks that it was closed, how, and why.
     *
     * @param expected the expected close code
     * @param reason the expected reason
     * @return this
     */
    public TestSocketAssert wasClosedWith(int expected, String reason) {
        CloseStatus wanted = new CloseStatus(expected, reason);
        if (!closed().equals(wanted)) {
            failWithActualExpectedAndMessage(
                    closed(),
                    wanted,
                    "Expected to be closed with %s, but it was closed with %s",
                    shown(wanted),
                    shown(closed()));
        }
        return this;
    }

    /**
     * Checks what sub-protocol was agreed on.
     *
     * @param expected the expected one
     * @return this
     */
    public TestSocketAssert hasSubprotocol(String expected) {
        isNotNull();
        if (!expected.equals(actual.subprotocol())) {
            failWithActualExpectedAndMessage(
                    actual.subprotocol(),
                    expected,
                    "Expected the sub-protocol '%s', but got: %s",
                    expected,
                    actual.subprotocol());
        }
        return this;
    }

    /**
     * Checks all messages that it has got.
     *
     * @param expected their texts, in order; of a binary message how many bytes it has, such as {@code 3 bytes}
     * @return this
     */
    public TestSocketAssert hasGot(String... expected) {
        isNotNull();
        Assertions.assertThat(actual.frames().stream().map(TestFrame::toString).toList())
                .as(info.description())
                .isEqualTo(List.of(expected));
        return this;
    }

    private CloseStatus closed() {
        isNotNull();
        CloseStatus closed = actual.awaitClosed();
        if (closed == null) {
            throw failure("Expected a closed websocket, but it is open. It has got:%n  %s", actual.frames());
        }
        return closed;
    }

    private static String shown(CloseStatus status) {
        return status.code() + (status.reason().isEmpty() ? "" : " '" + status.reason() + "'");
    }
}
