/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.samples.users.ServiceProcess;
import dev.cyanotype.testkit.TestRedis;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** What one replica of the service is at, something on each of its transports, and the clients who wait for that. */
final class Work implements AutoCloseable {

    /** Where replies to calls go. */
    static final String INBOX = "caller:faults";

    private static final String GOODBYE =
            "{\"type\":\"server_shutdown\",\"data\":{\"message\":\"Server shutting down\"}}";

    /** As many are not needed until this replica has won one. */
    private static final int MOST = 50;

    private static final long PATIENCE_SECONDS = 20;

    private final ServiceProcess service;
    private final TestRedis redis;
    private final URI address;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final KeptAlive keptAlive;
    private final Visitor working;
    private final Visitor idle;
    private final CompletableFuture<HttpResponse<String>> request;
    private final List<String> calls = new ArrayList<>();
    private final int first;
    private int last;

    /**
     * Begins everything.
     *
     * @param last the last number that was used so far for what has one
     */
    Work(ServiceProcess service, TestRedis redis, int last) throws Exception {
        this.service = service;
        this.redis = redis;
        this.first = last + 1;
        this.last = last;
        address = service.address();
        keptAlive = new KeptAlive(address);
        assertThat(keptAlive.get("/ping")).startsWith("HTTP/1.1 200 ");
        working = new Visitor();
        idle = new Visitor();
        service.awaitLine("begin thread");
        // What others have left to it is over.
        await().until(() -> unended().equals(List.of("thread")));
        int over = service.lines("end ").size();
        begin("action", n -> {
            call(redis, "work", n);
            calls.add("work-" + n);
        });
        begin("entry", n -> redis.command("XADD", "entries", "*", "data", "{\"n\":" + n + "}"));
        begin("event", n -> redis.command("PUBLISH", "events", "{\"n\":" + n + "}"));
        assertThat(keptAlive.get("/task")).startsWith("HTTP/1.1 200 ");
        working.socket.sendText("{\"type\":\"work\",\"id\":7}", true);
        request = http.sendAsync(
                HttpRequest.newBuilder(address.resolve("/work")).build(), HttpResponse.BodyHandlers.ofString());
        for (String what : List.of("task", "message", "request")) {
            service.awaitLine("begin " + what);
        }
        assertThat(service.lines("end ")).as("all are under way").hasSize(over);
    }

    /** Sends what any replica may take, until this one has taken one. */
    private void begin(String what, IntConsumer send) throws InterruptedException {
        for (int i = 0; i < MOST && begun(what) == 0; i++) {
            last++;
            send.accept(last);
            for (int wait = 0; wait < 20 && begun(what) == 0; wait++) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
        assertThat(begun(what)).as(what).isPositive();
    }

    /** How much of something that has a number this replica has begun since this work began. */
    long begun(String what) {
        return IntStream.rangeClosed(first, last)
                .filter(n -> service.lines().contains("begin " + what + " " + n))
                .count();
    }

    private List<String> unended() {
        List<String> unended = new ArrayList<>(all("begin "));
        all("end ").forEach(unended::remove);
        return unended;
    }

    private List<String> all(String start) {
        return service.lines(start).stream()
                .map(line -> line.substring(start.length()))
                .toList();
    }

    /** What a caller in another language publishes; how many have heard it. */
    static String call(TestRedis redis, String action, int n) {
        return redis.command(
                "PUBLISH",
                "faulty",
                "{\"action\":\"%s\",\"payload\":{\"n\":%d},\"reply_to\":\"%s\",\"request_id\":\"%s-%d\"}"
                        .formatted(action, n, INBOX, action, n));
    }

    /** The identifiers of the calls that began it. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    /** The last number that was used. */
    int last() {
        return last;
    }

    /** How many replicas there are for actions. */
    static int replicas(TestRedis redis) {
        return Integer.parseInt(
                redis.command("PUBSUB", "NUMSUB", "faulty").lines().toList().get(1));
    }

    /** Asks for more over HTTP; how many of these requests were refused with a response. */
    int askForMore() {
        return refusal(keptAlive) + refusalOfNewConnection();
    }

    private int refusalOfNewConnection() {
        try (KeptAlive late = new KeptAlive(address)) {
            return refusal(late);
        } catch (IOException e) {
            return 0;
        }
    }

    private static int refusal(KeptAlive connection) {
        String answer;
        try {
            answer = connection.get("/ping");
        } catch (IOException e) {
            return 0;
        }
        assertThat(answer).startsWith("HTTP/1.1 503 ").containsIgnoringCase("\r\nConnection: close\r\n");
        return 1;
    }

    /** Checks that everything that was under way has ended as it should. */
    void assertFinished() throws Exception {
        HttpResponse<String> response = request.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("\"done\"");
        assertThat(working.next()).isEqualTo("{\"type\":\"response\",\"data\":\"done\",\"id\":7}");
        for (Visitor visitor : List.of(working, idle)) {
            assertThat(visitor.next()).isEqualTo(GOODBYE);
            assertThat(visitor.next()).isEqualTo("closed 1001");
        }
    }

    /** Checks, once the process has ended, that it has finished all that it had begun. */
    void assertAllOver() {
        assertThat(unended()).isEmpty();
    }

    @Override
    public void close() throws IOException {
        working.socket.abort();
        idle.socket.abort();
        keptAlive.close();
    }

    /** A client of the websocket. */
    private final class Visitor implements WebSocket.Listener {

        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        private final WebSocket socket;

        Visitor() throws Exception {
            socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://" + address.getAuthority() + "/ws"), this)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        String next() throws InterruptedException {
            return events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            events.add(data.toString());
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
            events.add("closed " + status);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            events.add(error.toString());
        }
    }
}
