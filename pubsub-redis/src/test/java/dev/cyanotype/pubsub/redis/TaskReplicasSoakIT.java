/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A task that replicas share for a minute while they are killed, told to end, and frozen. */
@Tag("soak")
class TaskReplicasSoakIT extends TaskReplicasApps {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void of_replicas_that_are_killed_and_frozen_all_the_time_one_runs_the_task_and_never_two() throws Exception {
        Duration lease = Duration.ofSeconds(2);
        startReplicas(lease);
        long begun = System.nanoTime();
        for (int i = 0; System.nanoTime() - begun < LONG.toNanos(); i++) {
            switch (i % 5) {
                case 0, 3 -> killTheRunning();
                case 1 -> killAny();
                case 2 -> freezeTheRunning();
                default -> terminateAny();
            }
            calm(Duration.ofMillis(1_000 + random.nextInt(3_000)));
        }

        TaskProof proof = prove("a shared task for a minute", lease);
        assertThat(proof.openRuns()).isPositive();
        assertThat(proof.refused()).isPositive();
    }
}
