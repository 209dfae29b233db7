/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.internal.testkit.real.RealApp;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reaches an app through its own ports and its own broker. */
final class RealDoor implements Door, ClockWatchers.Watcher {

    private final RealApp app;
    private final TestClock clock;
    private final Recorder recorder;

    RealDoor(RealApp app, TestClock clock, Recorder recorder) {
        this.app = app;
        this.clock = clock;
        this.recorder = recorder;
        clock.watchers().join(this);
    }

    @Override
    public TestResponse send(TestRequest request) {
        return TestResponse.of(app.send(request.onWire()));
    }

    @Override
    public Opening open(TestRequest request) {
        return app.open(
                request.onWire(),
                (answer, line) -> new Opening(
                        new TestSocket(request.path(), answer.header("Sec-WebSocket-Protocol"), recorder, line), null),
                answer -> new Opening(null, TestResponse.of(answer)));
    }

    @Override
    public TestReply call(String action, JsonNode payload) {
        RealApp.Replied replied = app.call(action, payload);
        return new TestReply(replied.reply(), replied.progress());
    }

    @Override
    public long publish(String channel, JsonNode message) {
        return app.publish(channel, message);
    }

    @Override
    public String append(String stream, JsonNode entry) {
        return app.append(stream, entry);
    }

    @Override
    public List<TestMessage> appended() {
        return app.appended().stream()
                .map(one -> new TestMessage(one.stream(), one.entry()))
                .toList();
    }

    @Override
    public void settle() {
        app.settle();
    }

    @Override
    public boolean isAwaitedBy(Thread thread) {
        return app.isAwaitedBy(thread);
    }

    @Override
    public void moved() {
        app.moved();
    }

    @Override
    public void arrived() {
        app.arrived();
    }

    @Override
    public boolean hasEnded(Thread thread) {
        return app.hasEnded(thread);
    }

    @Override
    public void close() {
        clock.watchers().leave(this);
        app.close();
    }
}
