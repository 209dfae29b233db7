/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.awaitility.Awaitility.await;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.http.javalin.JavalinHttp;
import dev.cyanotype.http.javalin.JavalinOptions;
import dev.cyanotype.json.JsonOptions;
import dev.cyanotype.socket.SlowClientPolicy;
import dev.cyanotype.socket.Socket;
import dev.cyanotype.socket.SocketOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A whole app in a process of its own, which does what it is told on standard input and ends with that.
 *
 * <p>Arguments are limits, such as {@code perAddress=5000}. Beside the socket for messages it has a websocket for each policy,
 * and {@code /json} for large documents.
 */
final class FaultsService {

    private static Map<String, Long> limits = Map.of();
    private static App app;

    private FaultsService() {}

    private static long limit(String name, long byDefault) {
        return limits.getOrDefault(name, byDefault);
    }

    private static Blueprint blueprint() {
        Blueprint.Builder builder = Blueprint.named("faults")
                .socketDisconnect((ctx, status) -> say("gone " + status.code() + " " + status.reason()))
                .socket("echo", ctx -> ctx.data())
                .socket("work", ctx -> work())
                .get("/work", ctx -> work())
                .websocket("/work", ws -> ws.onText((text, ctx) -> work()))
                .websocket(
                        "/json",
                        ws -> ws.maxMessageBytes((int) limit("json", 1 << 20))
                                .onJson(JsonNode.class, (message, ctx) -> message.size()));
        for (SlowClientPolicy policy : SlowClientPolicy.values()) {
            builder.websocket(
                    "/" + policy,
                    ws -> ws.slowClients(policy)
                            .maxPendingBytes(limit("pending", 1 << 20))
                            .onText((text, ctx) -> text)
                            .onClose((ctx, status) -> say("gone " + status.code() + " " + status.reason())),
                    route -> route.name(policy.toString()));
        }
        return builder.build();
    }

    private static String work() throws InterruptedException {
        say("working");
        // This is the work that is in flight when the service is told to stop.
        Thread.sleep(1000);
        return "done";
    }

    public static void main(String[] args) {
        limits = Arrays.stream(args)
                .map(arg -> arg.split("="))
                .collect(Collectors.toMap(arg -> arg[0], arg -> Long.valueOf(arg[1])));
        SocketOptions.Builder options = SocketOptions.builder()
                .maxConnections((int) limit("connections", 16_384))
                .maxConnectionsPerAddress((int) limit("perAddress", 1024))
                .keepAlive(Duration.ofSeconds(limit("ping", 20)), Duration.ofSeconds(limit("ping", 20)));
        app = App.named("faults")
                .discovery(false)
                .sockets(options.build())
                .json(JsonOptions.builder()
                        .maxDocumentBytes(limit("json", 16 << 20))
                        .build())
                .register(blueprint())
                .transport(JavalinHttp.with(JavalinOptions.builder()
                        .port(0)
                        .idleTimeout(Duration.ofSeconds(limit("idle", 30)))
                        .build()))
                .transport(new Websockets())
                .onStart(lifecycle -> {
                    Thread ear = new Thread(FaultsService::listen, "standard-input");
                    ear.setDaemon(true);
                    ear.start();
                })
                .build();
        app.run();
    }

    private static void listen() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                say("= " + answer(line.split(" ")));
            }
        } catch (Throwable e) {
            e.printStackTrace();
        }
        Runtime.getRuntime().halt(1);
    }

    private static String answer(String[] words) throws Exception {
        return switch (words[0]) {
            case "address" -> address();
            case "heap" -> Long.toString(usedHeap());
            case "counters" -> app.status().counters().toString();
            case "received" ->
                Long.toString(others().mapToLong(Socket::messagesReceived).sum());
            case "clients" -> Integer.toString(app.sockets().count());
            case "flood" -> flood(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            case "pour" -> pour(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "send" ->
                Integer.toString(app.sockets().endpoint("faults." + words[1]).send(words[2]));
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private static String address() {
        await().until(app::isRunning);
        return app.address("http").toString();
    }

    /** Sends numbered messages to the clients of a websocket; the most that has waited for one of them, in bytes. */
    private static String flood(String endpoint, int messages, int bytes) {
        String filling = " ".repeat(bytes - 6);
        long most = 0;
        for (int n = 0; n < messages; n++) {
            app.sockets()
                    .endpoint("faults." + endpoint)
                    .conflatedBy("key " + n % 10)
                    .send("%06d".formatted(n) + filling);
            most = Math.max(most, mostPending());
        }
        return Long.toString(most);
    }

    /** Sends for some seconds to every client a text of its own; the most that has waited for one of them, in bytes. */
    private static String pour(int seconds, int bytes) {
        String filling = " ".repeat(bytes - 6);
        long most = 0;
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        for (int n = 0; System.nanoTime() < end; n++) {
            String text = "%06d".formatted(n % 1_000_000) + filling;
            others().forEach(client -> client.send(text));
            most = Math.max(most, mostPending());
        }
        return Long.toString(most);
    }

    private static long mostPending() {
        return others().mapToLong(Socket::pendingBytes).max().orElse(0);
    }

    /** All but those of the socket for messages. */
    private static Stream<Socket> others() {
        return app.sockets().clients().stream()
                .filter(client -> !client.handshake().path().equals("/ws"));
    }

    /** What is in use after collections, the least of several. */
    private static long usedHeap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 2; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
            // What a collection has found is given back a moment later.
            Thread.sleep(10);
        }
        return least;
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }
}
