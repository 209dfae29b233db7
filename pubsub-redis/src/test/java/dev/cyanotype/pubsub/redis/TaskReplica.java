/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.App;
import dev.cyanotype.task.Schedule;
import dev.cyanotype.task.TaskContext;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;

/**
 * A replica whose task notes the begin and the end of each run on Redis, which refuses lower tokens than it has seen; see
 * {@link TaskNote}. Its arguments are the URL of Redis, its own name, and the lease in milliseconds.
 */
final class TaskReplica {

    static final Duration INTERVAL = Duration.ofMillis(100);

    /** So long a run takes at most. */
    static final int MOST_MILLIS = 60;

    private final String name;
    private final RedisClient store;

    /** An interrupt is to hit the task, not what it writes. */
    private final ExecutorService writing = Executors.newSingleThreadExecutor();

    private TaskReplica(String name, RedisClient store) {
        this.name = name;
        this.store = store;
    }

    public static void main(String[] args) {
        HostAndPort node = HostAndPort.from(URI.create(args[0]).getAuthority());
        TaskReplica replica = new TaskReplica(args[1], RedisClient.create(node.getHost(), node.getPort()));
        Duration lease = Duration.ofMillis(Long.parseLong(args[2]));
        App app = App.named("svc")
                .discovery(false)
                .transport(TestBus.at(args[0]))
                .background("note", Schedule.every(INTERVAL).onOneReplica(lease), replica::run)
                .onStart(ctx -> System.out.println("ready"))
                .build();
        Thread end = new Thread(TaskReplica::endWithTheTest, "end-with-the-test");
        end.setDaemon(true);
        end.start();
        app.run();
    }

    private void run(TaskContext ctx) {
        int millis = ThreadLocalRandom.current().nextInt(1, MOST_MILLIS + 1);
        if (!write("begin", ctx, millis)) {
            return;
        }
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            // It writes all the same, as one would that did not notice.
        }
        write("end", ctx, millis);
    }

    /** Whether it was accepted. */
    private boolean write(String what, TaskContext ctx, int millis) {
        List<String> note = List.of(what, Long.toString(ctx.fencingToken()), name, Integer.toString(millis));
        return CompletableFuture.supplyAsync(
                        () -> store.eval(TaskNote.WRITE, List.of(TaskNote.HIGHEST, TaskNote.NOTES), note), writing)
                .join()
                .equals("accepted");
    }

    private static void endWithTheTest() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes; the end is all there is.
            }
        } catch (IOException e) {
            // It has ended, too.
        }
        Runtime.getRuntime().halt(1);
    }

    /** Starts one, and does not wait until it is ready. */
    static ChildJvm begin(String url, String name, Duration lease) throws IOException {
        return ChildJvm.start(TaskReplica.class, List.of("-Xmx96m"), url, name, Long.toString(lease.toMillis()));
    }
}
