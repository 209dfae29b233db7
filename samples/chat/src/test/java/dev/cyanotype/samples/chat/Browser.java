/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.chat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A Chromium without a window, told what to do over its DevTools protocol. */
final class Browser implements WebSocket.Listener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
    private final AtomicInteger lastCall = new AtomicInteger();
    private final StringBuilder part = new StringBuilder();
    private final Path profile;
    private final Process process;
    private final Thread hook;
    private WebSocket devTools;

    /** Where one is on this machine. */
    static Optional<Path> program() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Browser(Path program) throws Exception {
        profile = Files.createTempDirectory("browser");
        process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "--no-sandbox",
                        "--no-first-run",
                        "--disable-breakpad",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-extensions",
                        "--disable-background-timer-throttling",
                        "--disable-renderer-backgrounding",
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("output").toFile())
                .start();
        // For a test that is ended in the middle.
        hook = new Thread(this::end);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Path port = profile.resolve("DevToolsActivePort");
            List<String> lines = Awaitility.await()
                    .atMost(PATIENCE)
                    .until(
                            () -> Files.exists(port) ? Files.readAllLines(port) : List.<String>of(),
                            read -> read.size() > 1 || !process.isAlive());
            if (lines.size() < 2) {
                throw new IllegalStateException(
                        "the browser has ended: " + Files.readString(profile.resolve("output")));
            }
            devTools = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)), this)
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    /** Opens a page in a tab of its own. */
    Page open(URI address) throws Exception {
        String target = call(null, "Target.createTarget", Map.of("url", address.toString()))
                .path("targetId")
                .stringValue();
        return new Page(call(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .stringValue());
    }

    private JsonNode call(String session, String method, Map<String, ?> parameters) throws Exception {
        int id = lastCall.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        calls.put(id, answer);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        if (session != null) {
            message.put("sessionId", session);
        }
        devTools.sendText(message.toString(), true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        JsonNode answered = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (answered.has("error")) {
            throw new IllegalStateException(method + ": " + answered.path("error"));
        }
        return answered.path("result");
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            JsonNode message = JSON.readTree(part.toString());
            part.setLength(0);
            CompletableFuture<JsonNode> call = calls.remove(message.path("id").intValue(0));
            if (call != null) {
                call.complete(message);
            }
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(hook);
        // What reports crashes is none of its processes, and ends a little later.
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(this::deleteProfile);
    }

    private boolean deleteProfile() throws IOException {
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
        return true;
    }

    /** Ends it with all its processes, some of which would outlive the first. */
    private void end() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join());
    }

    /** A page in a tab. */
    final class Page {

        private final String session;

        private Page(String session) {
            this.session = session;
        }

        /** Runs a script in the page; a promise is awaited. */
        Object run(String script) throws Exception {
            JsonNode result = call(
                    session,
                    "Runtime.evaluate",
                    Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
            if (result.has("exceptionDetails")) {
                throw new IllegalStateException(script + ": " + result.path("exceptionDetails"));
            }
            return JSON.treeToValue(result.path("result").path("value"), Object.class);
        }

        /** Waits until a script has a result. */
        void await(String script, Object expected) {
            Awaitility.await(script)
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> run(script), result -> expected.equals(result));
        }
    }
}
