/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.websocket;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Websockets of this library beside those of plain Javalin.
 *
 * <p>Each server has a JVM of its own, and so has the load. They take turns, round by round, so that a slow minute of the
 * machine hits both. Whatever comes back is compared with what should.
 */
public final class Comparison {

    private static final Text SHORT =
            Text.of("connection " + Text.CONNECTION + ", message " + Text.NUMBER + ": hello, world");
    private static final String DATA = "{\"from\":\"" + Text.CONNECTION + "\",\"number\":\"" + Text.NUMBER + "\"}";
    private static final Text MESSAGE = Text.of("{\"type\":\"echo\",\"data\":" + DATA + "}");
    private static final Text RESPONSE = Text.of("{\"type\":\"response\",\"data\":" + DATA + "}");
    private static final Text NEWS = Text.of(News.pattern());
    private static final Text ENVELOPED = Text.of("{\"type\":\"broadcast\",\"data\":" + News.pattern() + "}");

    /** How many messages are sent to all before all must have come. */
    private static final int BROADCASTS_AT_ONCE = Integer.getInteger("atOnce", 20);

    /** Those of the same beginning differ by their JVM or class path, see {@link ServerProcess#start}. */
    private static final List<String> SIDES =
            List.of(System.getProperty("sides", "plain,cyanotype").split(","));

    private static final int WARM_UP_CONNECTIONS = 100;
    private static final double WARM_UP_SECONDS = 4;

    private final int rounds;
    private final double seconds;
    private final Map<String, List<double[]>> figures = new LinkedHashMap<>();

    /** A server, and what is asked of it. */
    private record Contender(String name, ServerProcess server, String path, Text sending, Text expected, String to) {}

    /** All servers, which run at the same time. */
    private static final class Servers implements AutoCloseable {

        private final List<ServerProcess> all = new ArrayList<>();

        Servers() throws IOException {
            try {
                for (String side : SIDES) {
                    all.add(ServerProcess.start(side));
                }
            } catch (IOException | RuntimeException e) {
                close();
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            for (ServerProcess server : all) {
                server.close();
            }
        }
    }

    private Comparison(int rounds, double seconds) {
        this.rounds = rounds;
        this.seconds = seconds;
    }

    /** Measures one thing: {@code echo}, {@code broadcast} or {@code idle}; then rounds, and seconds of each. */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        double seconds = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 2;
        System.out.println(
                "Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        Comparison comparison = new Comparison(rounds, seconds);
        switch (arguments.length > 0 ? arguments[0] : "") {
            case "echo" -> comparison.echo();
            case "broadcast" -> comparison.broadcast();
            case "idle" -> comparison.idle();
            default -> throw new IllegalArgumentException("expected: echo, broadcast or idle; rounds; seconds");
        }
    }

    private static boolean wanted(String name) {
        return name.contains(System.getProperty("only", ""));
    }

    private static int[] sizes(String byDefault) {
        return Arrays.stream(System.getProperty("connections", byDefault).split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private void echo() throws IOException {
        int inFlight = Integer.getInteger("inFlight", 1);
        try (Servers servers = new Servers()) {
            List<Contender> contenders = new ArrayList<>();
            for (String kind : List.of("text", "JSON")) {
                boolean text = kind.equals("text");
                for (ServerProcess server : servers.all) {
                    contenders.add(new Contender(
                            kind + ", " + server.side(),
                            server,
                            text ? "/echo" : "/ws",
                            text ? SHORT : MESSAGE,
                            text ? SHORT : RESPONSE,
                            ""));
                }
            }
            contenders.removeIf(contender -> !wanted(contender.name));
            // With one connection alone it would take minutes until all is compiled.
            for (Contender contender : contenders) {
                echo(contender, WARM_UP_CONNECTIONS, 1, WARM_UP_SECONDS);
            }
            for (int size : sizes("1,100,1000")) {
                figures.clear();
                for (int round = 0; round <= rounds; round++) {
                    for (Contender contender : contenders) {
                        Clients.Seen seen = echo(contender, size, inFlight, seconds);
                        if (round > 0) {
                            add(
                                    contender.name,
                                    seen.perSecond(),
                                    seen.p50(),
                                    seen.p99(),
                                    seen.used().processorNanos() / 1e3 / seen.messages(),
                                    (double) seen.used().bytes() / seen.messages());
                        }
                    }
                }
                print(
                        size + (size == 1 ? " connection, " : " connections, ") + inFlight + " in flight on each",
                        "a second",
                        "p50 us",
                        "p99 us",
                        "cpu us",
                        "bytes");
            }
        }
    }

    private static Clients.Seen echo(Contender contender, int size, int inFlight, double seconds) throws IOException {
        try (Clients clients = new Clients()) {
            clients.open(size, contender.server.port(), contender.path, contender.sending, contender.expected);
            return clients.echo(inFlight, (long) (seconds * 0.3e9), (long) (seconds * 1e9), contender.server::usage);
        }
    }

    private void broadcast() throws IOException {
        try (Servers servers = new Servers()) {
            List<Contender> contenders = new ArrayList<>();
            for (ServerProcess server : servers.all) {
                String side = server.side();
                if (side.startsWith("plain")) {
                    contenders.add(new Contender(side + ", encoded for each", server, "/news", SHORT, NEWS, "each"));
                    contenders.add(new Contender(side + ", encoded once", server, "/news", SHORT, NEWS, "once"));
                } else {
                    contenders.add(new Contender(side + ", endpoint", server, "/news", SHORT, NEWS, "endpoint"));
                    contenders.add(new Contender(side + ", messages", server, "/ws", SHORT, ENVELOPED, "all"));
                }
            }
            contenders.removeIf(contender -> !wanted(contender.name));
            for (int size : sizes("1000")) {
                figures.clear();
                for (int round = 0; round <= rounds; round++) {
                    for (Contender contender : contenders) {
                        broadcast(contender, size, round > 0);
                    }
                }
                print("to " + size + " clients", "a second", "cpu us", "bytes");
            }
        }
    }

    private void broadcast(Contender contender, int size, boolean counting) throws IOException {
        ServerProcess server = contender.server;
        try (Clients clients = new Clients()) {
            clients.open(size, server.port(), contender.path, contender.sending, contender.expected);
            // A client may know that it is connected before the server does.
            clients.rest(200_000_000);
            int number = 0;
            long from = 0;
            ServerProcess.Usage before = server.usage();
            long settled = System.nanoTime() + (long) (seconds * 0.3e9);
            int counted = 0;
            while (from == 0 || System.nanoTime() - from < seconds * 1e9) {
                long due = (long) size * BROADCASTS_AT_ONCE;
                long reached = Long.parseLong(
                        server.ask("broadcast " + contender.to + " " + number + " " + BROADCASTS_AT_ONCE));
                if (reached != due) {
                    throw new IllegalStateException(contender.name + " reached " + reached + " of " + due);
                }
                clients.take(due);
                number += BROADCASTS_AT_ONCE;
                if (clients.received() != number) {
                    throw new IllegalStateException("messages are missing");
                }
                if (from != 0) {
                    counted += BROADCASTS_AT_ONCE;
                } else if (System.nanoTime() > settled) {
                    before = server.usage();
                    from = System.nanoTime();
                }
            }
            long to = System.nanoTime();
            ServerProcess.Usage used = server.usage().since(before);
            double messages = (double) counted * size;
            if (counting) {
                add(
                        contender.name,
                        messages * 1e9 / (to - from),
                        used.processorNanos() / 1e3 / messages,
                        used.bytes() / messages);
            }
        }
    }

    private void idle() throws IOException {
        for (int size : sizes("2000,10000")) {
            figures.clear();
            for (int round = 0; round < rounds; round++) {
                for (String side : SIDES) {
                    idle(side + ", endpoint", side, "/echo", size);
                    if (!side.startsWith("plain")) {
                        idle(side + ", messages", side, "/ws", size);
                    }
                }
            }
            print(size + " idle connections", "bytes");
        }
    }

    private void idle(String name, String side, String path, int size) throws IOException {
        if (!wanted(name)) {
            return;
        }
        Text sending = path.equals("/ws") ? MESSAGE : SHORT;
        Text expected = path.equals("/ws") ? RESPONSE : SHORT;
        try (ServerProcess server = ServerProcess.start(side);
                Clients clients = new Clients()) {
            try (Clients first = new Clients()) {
                // Whatever a server loads once is no part of what a connection takes.
                first.open(100, server.port(), path, sending, expected);
                first.echo(1, 0, 500_000_000, server::usage);
            }
            clients.rest(1_000_000_000);
            long before = server.heap();
            clients.open(size, server.port(), path, sending, expected);
            clients.rest(1_000_000_000);
            long after = server.heap();
            add(name, (double) (after - before) / size);
            // All of them still live.
            clients.echo(1, 0, 1, server::usage);
        }
    }

    private void add(String name, double... seen) {
        figures.computeIfAbsent(name, key -> new ArrayList<>()).add(seen);
    }

    private void print(String title, String... columns) {
        System.out.printf(Locale.ROOT, "%n%-28s %10s %10s %10s %7s", title, columns[0], "least", "most", "ratio");
        for (int i = 1; i < columns.length; i++) {
            System.out.printf(" %9s", columns[i]);
        }
        System.out.println();
        double reference = 0;
        for (Map.Entry<String, List<double[]>> each : figures.entrySet()) {
            double[] first = sorted(each.getValue(), 0);
            double median = median(first);
            if (each.getKey().contains("plain")) {
                reference = median;
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %10.0f %10.0f %10.0f %7s",
                    each.getKey(),
                    median,
                    first[0],
                    first[first.length - 1],
                    reference == 0 ? "" : String.format(Locale.ROOT, "%.2f", median / reference));
            for (int i = 1; i < columns.length; i++) {
                System.out.printf(Locale.ROOT, " %9.1f", median(sorted(each.getValue(), i)));
            }
            System.out.println();
        }
    }

    private static double[] sorted(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).sorted().toArray();
    }

    private static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
