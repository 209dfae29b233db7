/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.websocket;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** A server under test; prints its port, and does what it is told line by line until there is none any more. */
public final class Server {

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** One of the two. */
    interface Side {

        /** Where it listens. */
        int port();

        /**
         * Sends messages to all clients of a path.
         *
         * @param to says which, and how
         * @return to how many clients, all messages counted
         */
        long broadcast(String to, int first, int count);
    }

    private Server() {}

    public static void main(String[] arguments) throws Exception {
        Side side = arguments[0].startsWith("plain")
                ? new PlainSide(arguments[0].contains("virtual"))
                : new CyanotypeSide();
        System.out.println(side.port());
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(obey(side, line.split(" ")));
            }
            System.exit(0);
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            // Other threads would keep it alive.
            System.exit(1);
        }
    }

    private static String obey(Side side, String[] words) throws InterruptedException {
        return switch (words[0]) {
            case "usage" -> PROCESS.getProcessCpuTime() + " " + allocated();
            case "heap" -> Long.toString(heap());
            case "broadcast" ->
                Long.toString(side.broadcast(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3])));
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    /** By the threads that live; those of virtual threads are counted with the threads that carry them. */
    private static long allocated() {
        long bytes = 0;
        for (long each : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            bytes += Math.max(0, each);
        }
        return bytes;
    }

    private static long heap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            // References are cleared by a thread of their own.
            Thread.sleep(100);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
