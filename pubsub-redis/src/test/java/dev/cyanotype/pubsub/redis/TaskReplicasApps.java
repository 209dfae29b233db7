/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Three replicas that share a task, each in a JVM of its own, and what may happen to them. */
abstract class TaskReplicasApps extends FaultApps {

    private static final int REPLICAS = 3;

    /** A signal takes its time. */
    private static final int LONG_RUN = TaskReplica.MOST_MILLIS / 2;

    final Random random = new Random();

    private final List<Replica> replicas = new ArrayList<>();

    /** Were told to end. */
    private final List<Replica> terminated = new ArrayList<>();

    private final Set<String> killed = new HashSet<>();
    private final Set<String> frozen = new HashSet<>();
    private final Stalls stalls = closing(new Stalls());
    private int freezes;
    private Duration lease = Duration.ZERO;
    private int started;

    private record Replica(String name, ChildJvm jvm) {}

    /** Starts all of them, and waits until the task runs. */
    final void startReplicas(Duration withLease) throws IOException {
        lease = withLease;
        for (int i = 0; i < REPLICAS; i++) {
            replicas.add(startReplica());
        }
        awaitReady();
        eventually().until(() -> !TaskNote.read(redis, 1).isEmpty());
    }

    private Replica startReplica() throws IOException {
        String name = "replica-" + started++;
        return new Replica(name, closing(TaskReplica.begin(redis.url(), name, lease)));
    }

    private void awaitReady() {
        replicas.forEach(replica -> replica.jvm.awaitLine("ready"));
    }

    /** Passes some time, and waits until all replicas are there. */
    final void calm(Duration time) {
        awaitReady();
        long since = System.nanoTime();
        eventually().until(() -> System.nanoTime() - since >= time.toNanos());
    }

    private Replica any() {
        return replicas.get(random.nextInt(REPLICAS));
    }

    /** Waits for a run that takes a while; its begin. */
    private TaskNote awaitRun() {
        return eventually()
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () -> TaskNote.read(redis, 1).get(0),
                        note -> note.isBegin() && note.isAccepted() && note.millis() >= LONG_RUN);
    }

    private Replica running(TaskNote begin) {
        return replicas.stream()
                .filter(replica -> replica.name.equals(begin.replica()))
                .findFirst()
                .orElseThrow();
    }

    /** Kills one of them as a crash would, whatever it does, and starts another. */
    final void killAny() throws Exception {
        kill(any());
    }

    /** Kills the one that runs the task. */
    final void killTheRunning() throws Exception {
        kill(running(awaitRun()));
    }

    private void kill(Replica replica) throws Exception {
        replica.jvm.kill();
        killed.add(replica.name);
        replace(replica);
    }

    /** Tells one of them to end, and starts another. */
    final void terminateAny() throws Exception {
        Replica replica = any();
        replica.jvm.signal("TERM");
        terminated.add(replica);
        replace(replica);
    }

    private void replace(Replica replica) throws IOException {
        replicas.set(replicas.indexOf(replica), startReplica());
    }

    /** Freezes one while it runs the task, until a while after its lease is over. */
    final void freezeTheRunning() throws Exception {
        boolean isHit = false;
        while (!isHit) {
            TaskNote begin = awaitRun();
            ChildJvm replica = running(begin).jvm;
            replica.signal("STOP");
            try {
                isHit = TaskNote.read(redis, 1).get(0).equals(begin);
                if (isHit) {
                    frozen.add(begin.replica());
                    freezes++;
                    calm(lease.plusMillis(100 + random.nextInt(900)));
                }
            } finally {
                replica.signal("CONT");
            }
        }
    }

    /**
     * Ends all of them in peace, and proves that the task ran as it should.
     *
     * @param mostGap the longest time from the begin of a run to the next one's, on a machine that has time
     */
    final TaskProof prove(String what, Duration mostGap) throws Exception {
        int terminations = terminated.size();
        Set<String> alive = replicas.stream().map(Replica::name).collect(Collectors.toSet());
        // The last one that was killed has been replaced then, too.
        eventually().until(() -> alive.contains(TaskNote.read(redis, 1).get(0).replica()));
        for (Replica replica : replicas) {
            replica.jvm.signal("TERM");
            terminated.add(replica);
        }
        for (Replica replica : terminated) {
            assertThat(replica.jvm.awaitExit()).as("exit of %s", replica.name).isZero();
        }
        TaskProof proof = new TaskProof(TaskNote.read(redis, 0));
        System.out.printf(
                "%s: %d killed, %d terminated, %d frozen, lease %d ms; %s; the machine stalled for up to"
                        + " %d ms (%d processors, JDK %s, Redis %s)%n",
                what,
                killed.size(),
                terminations,
                freezes,
                lease.toMillis(),
                proof,
                stalls.longest().toMillis(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                redis.version());
        proof.assertOneAfterTheOther(killed, frozen, lease);
        // Who takes over is a timer's thread, one that asks, and one that reads the answer.
        proof.assertNoGapOver(mostGap.plus(stalls.longest().multipliedBy(3)));
        proof.assertPlausibleNumber();
        return proof;
    }
}
