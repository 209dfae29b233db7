/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

/**
 * Closes the websocket that it is thrown for, with a code and a reason that are meant for the client.
 *
 * <p>Thrown before the socket is open, for instance by a connect hook, it lets the socket open and closes it at once: a
 * browser's script can see a close code, but not the status of a refused upgrade.
 *
 * @since 0.1
 */
public class SocketCloseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** As RFC 6455, 7.4 allows it to be sent. */
    private final int code;

    /**
     * Closes with a code.
     *
     * @param code 1000 to 1003, 1007 to 1014, or 3000 to 4999
     * @param reason what the client is told, up to 123 bytes of UTF-8; often empty
     * @throws IllegalArgumentException if the code must not be sent, or the reason is too long
     */
    public SocketCloseException(int code, String reason) {
        super(CloseChecks.reason(reason));
        this.code = CloseChecks.code(code);
    }

    /**
     * The close code.
     *
     * @return the code
     */
    public int code() {
        return code;
    }

    /**
     * The reason.
     *
     * @return often empty
     */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
