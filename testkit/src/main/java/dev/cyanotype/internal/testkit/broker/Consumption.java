/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.broker;

import dev.cyanotype.spi.MountedConsumer;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.TransportContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What one replica consumes of streams. Thread-safe. */
final class Consumption {

    private final boolean shared;
    private final List<GroupMember> members = new ArrayList<>();
    private final AtomicLong begun = new AtomicLong();

    Consumption(Broker broker, Connection connection, TransportContext context) {
        shared = broker.isShared();
        for (MountedOperation consumer : context.operations(OperationKind.STREAM)) {
            members.add(new GroupMember(broker, connection, context, (MountedConsumer) consumer, begun));
        }
    }

    void start() {
        members.forEach(GroupMember::start);
    }

    void away() {
        members.forEach(GroupMember::away);
    }

    void back() {
        members.forEach(GroupMember::back);
    }

    void quiesce() {
        members.forEach(GroupMember::quiesce);
    }

    /** How much was ever begun. */
    long begun() {
        return begun.get();
    }

    boolean awaitNone(long deadline) throws InterruptedException {
        boolean none = true;
        for (GroupMember member : members) {
            none &= member.awaitNone(deadline);
        }
        return none;
    }

    void close() {
        members.forEach(member -> member.close(shared));
    }
}
