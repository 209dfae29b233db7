/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.internal.testkit.socket.InMemoryLine;
import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.Upgrade;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Hands everything over within the calling thread. */
final class InMemoryDoor implements Door {

    private final InMemoryTransport transport;
    private final Recorder recorder;

    InMemoryDoor(InMemoryTransport transport, Recorder recorder) {
        this.transport = transport;
        this.recorder = recorder;
    }

    @Override
    public TestResponse send(TestRequest request) {
        try (RenderedResponse response = transport.http(request.inMemory())) {
            return TestResponse.of(response);
        }
    }

    @Override
    public Opening open(TestRequest request) {
        Upgrade upgrade = transport.upgrade(request.inMemory());
        if (upgrade instanceof Upgrade.Accepted accepted) {
            return new Opening(
                    new TestSocket(
                            request.path(),
                            accepted.subprotocol(),
                            recorder,
                            socket -> new InMemoryLine(accepted.receiver(), socket)),
                    null);
        }
        if (upgrade instanceof Upgrade.Refused refused) {
            try (RenderedResponse response = refused.response()) {
                return new Opening(null, TestResponse.of(response));
            }
        }
        return new Opening(null, send(request));
    }

    @Override
    public TestReply call(String action, JsonNode payload) {
        return transport.call(action, payload);
    }

    @Override
    public long publish(String channel, JsonNode message) {
        return transport.deliver(channel, message);
    }

    @Override
    public String append(String stream, JsonNode entry) {
        return transport.append(stream, null, entry);
    }

    @Override
    public List<TestMessage> appended() {
        return transport.appended();
    }

    @Override
    public boolean isCrashed() {
        return transport.isCrashed();
    }

    /** Nothing is under way but what has no end, or waits for another thread. */
    @Override
    public void settle() {}

    /** Who waits does so within the app. */
    @Override
    public boolean isAwaitedBy(Thread thread) {
        return false;
    }

    @Override
    public void close() {}
}
