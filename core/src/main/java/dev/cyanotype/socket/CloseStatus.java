/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.socket;

/**
 * How a websocket was closed.
 *
 * @param code the close code of RFC 6455, 7.4: 1000 for a normal end, 1001 when one side goes away, 1005 if the client gave
 *     none, 1006 if the connection broke; 4000 to 4999 are the application's own
 * @param reason the text that came with it, often empty
 * @since 0.1
 */
public record CloseStatus(int code, String reason) {}
