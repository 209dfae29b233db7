/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A task that replicas share while they are killed. */
class TaskReplicasIT extends TaskReplicasApps {

    @Test
    void of_replicas_that_are_killed_one_runs_the_task_and_never_two() throws Exception {
        Duration lease = Duration.ofSeconds(1);
        startReplicas(lease);
        calm(Duration.ofMillis(300));
        killTheRunning();
        calm(Duration.ofMillis(random.nextInt(500)));
        killAny();
        calm(Duration.ofMillis(random.nextInt(500)));
        killTheRunning();
        calm(Duration.ofMillis(300));

        // Who took the lease when the run was due may have died before it noted that.
        TaskProof proof = prove("a shared task", lease.plus(TaskReplica.INTERVAL));
        assertThat(proof.openRuns()).isPositive();
        assertThat(proof.refused()).isZero();
    }
}
