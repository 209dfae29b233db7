/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

/**
 * What kinds of operations an app can have, each but the last two carried by at most one transport.
 *
 * @since 0.1
 */
public enum OperationKind {
    /** Routes. */
    HTTP("route", "HTTP", "cyanotype-http-javalin"),
    /** Actions; without a transport for them they run on the in-process bus. */
    ACTION("action", "actions", "cyanotype-pubsub-redis"),
    /** Channel listeners; without a transport for them they run on the in-process bus. */
    LISTENER("listener", "messages", "cyanotype-pubsub-redis"),
    /** Consumers of streams; without a transport for them they run on the in-process bus. */
    STREAM("stream consumer", "streams", "cyanotype-pubsub-redis"),
    /** Websockets with a path of their own. */
    SOCKET("websocket", "websockets", "cyanotype-websocket"),
    /** Messages of the app's websocket. */
    SOCKET_MESSAGE("socket message", "websocket messages", "cyanotype-websocket"),
    /** Tasks, which the app runs itself. */
    TASK("task", "tasks", "cyanotype-core"),
    /** Long-running threads, which the app runs itself. */
    THREAD("thread", "threads", "cyanotype-core");

    private final String noun;
    private final String traffic;
    private final String artifact;

    OperationKind(String noun, String traffic, String artifact) {
        this.noun = noun;
        this.traffic = traffic;
        this.artifact = artifact;
    }

    /**
     * What one is called.
     *
     * @return such as {@code route}
     */
    public String noun() {
        return noun;
    }

    /**
     * What a transport for it carries.
     *
     * @return such as {@code HTTP}
     */
    public String traffic() {
        return traffic;
    }

    /**
     * The artifact that brings a transport for it.
     *
     * @return such as {@code cyanotype-http-javalin}, in the group {@code dev.cyanotype}
     */
    public String artifact() {
        return artifact;
    }
}
