/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.App;
import dev.cyanotype.message.CallException;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.spi.TransportProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two replicas in this JVM and one in another, on transports of one's own. */
class ReplicasIT {

    @TempDir
    private Path directory;

    private final List<String> seenByA = new CopyOnWriteArrayList<>();
    private final List<String> seenByB = new CopyOnWriteArrayList<>();
    private App a;
    private App b;
    private Process child;
    private final BlockingQueue<String> childSays = new LinkedBlockingQueue<>();

    private void startTwo() {
        a = Replica.app("a", directory, seenByA);
        b = Replica.app("b", directory, seenByB);
        a.start();
        b.start();
    }

    /** Starts the third one; where its HTTP is. */
    private URI startChild() throws Exception {
        child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Replica.class.getName(),
                        "c",
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        Thread reader = new Thread(this::readChild, "child");
        reader.setDaemon(true);
        reader.start();
        return URI.create(awaitChild("started ").substring("started ".length()));
    }

    private void readChild() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                childSays.add(line);
            }
        } catch (IOException e) {
            // It was killed.
        }
    }

    private String awaitChild(String start) throws InterruptedException {
        String line = "";
        while (line != null && !line.startsWith(start)) {
            line = childSays.poll(30, TimeUnit.SECONDS);
        }
        assertThat(line).isNotNull();
        return line;
    }

    @AfterEach
    void stopAll() throws Exception {
        for (List<String> seen : List.of(seenByA, seenByB)) {
            synchronized (seen) {
                seen.notifyAll();
            }
        }
        Stream.of(a, b).filter(app -> app != null).forEach(app -> app.stop(Duration.ofSeconds(5)));
        if (child != null) {
            child.destroyForcibly().waitFor();
        }
    }

    private static String send(URI uri, String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static Set<String> threads() {
        Set<String> names = new HashSet<>();
        Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
        names.removeIf(name -> !name.startsWith("cyanotype-shop-"));
        return names;
    }

    @Test
    void it_is_found_on_the_path_and_carries_actions_and_listeners() {
        assertThat(ServiceLoader.load(TransportProvider.class))
                .filteredOn(LocalBus.class::isInstance)
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.id()).isEqualTo("local-bus");
                    assertThat(found.carries()).containsExactlyInAnyOrder(OperationKind.ACTION, OperationKind.LISTENER);
                    assertThat(found.settings()).containsExactly("local-bus.path");
                });
    }

    @Test
    void three_replicas_in_two_processes_serve_share_and_hear() throws Exception {
        startTwo();
        URI third = startChild();

        assertThat(send(third, "GET", "/who", "")).isEqualTo("{\"name\":\"c\"}");
        assertThat(send(a.address("jdk-http"), "GET", "/who", "")).isEqualTo("{\"name\":\"a\"}");

        assertThat(send(third, "POST", "/tell", "from c")).isEqualTo("{\"heard\":3}");
        await().until(() -> seenByA.contains("from c") && seenByB.contains("from c"));
        assertThat(send(b.address("jdk-http"), "POST", "/tell", "from b")).isEqualTo("{\"heard\":3}");
        awaitChild("seen from b");

        Set<String> answered = new HashSet<>();
        await().until(() -> {
            answered.add(a.caller("shop").call("who", Map.of()).asString());
            return answered.size() == 3;
        });
        assertThat(answered).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void a_process_that_is_killed_is_not_missed_and_its_socket_is_removed() throws Exception {
        startTwo();
        startChild();
        assertThat(files()).hasSize(3);

        child.destroyForcibly().waitFor();

        for (int times = 0; times < 10; times++) {
            assertThat(a.caller("shop").call("who", Map.of()).asString()).isIn("a", "b");
        }
        assertThat(send(a.address("jdk-http"), "POST", "/tell", "still here")).isEqualTo("{\"heard\":2}");
        await().until(() -> seenByB.contains("still here"));
        assertThat(files()).hasSize(2);
    }

    @Test
    void a_call_that_a_killed_process_was_running_fails_at_once() throws Exception {
        startChild();
        a = App.named("asker")
                .discovery(false)
                .transport(new LocalBus())
                .setting("local-bus.path", directory.toString())
                .build();
        a.start();
        CompletableFuture<JsonNode> reply =
                a.caller("shop").timeout(Duration.ofMinutes(1)).callAsync("hang", Map.of());
        awaitChild("seen hangs");

        child.destroyForcibly().waitFor();

        assertThat(reply)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(CallException.class)
                .withMessage("call of 'hang' at 'shop': the replica went without a reply");
        assertThatThrownBy(() -> a.caller("shop").call("who", Map.of())).isInstanceOf(NoResponderException.class);
    }

    @Test
    void a_stop_leaves_no_thread_and_no_file() throws Exception {
        startTwo();
        assertThat(threads()).isNotEmpty();
        a.caller("shop").call("who", Map.of());

        a.stop();
        b.stop();

        assertThat(files()).isEmpty();
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    @Test
    void only_what_is_left_over_is_removed() throws Exception {
        Path note = Files.writeString(directory.resolve("note@1.bus"), "not a socket");
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(directory.resolve("shop@0.bus")));
        }
        startTwo();

        a.caller("shop").call("who", Map.of());
        send(a.address("jdk-http"), "POST", "/tell", "x");

        assertThat(note).exists();
        assertThat(directory.resolve("shop@0.bus")).doesNotExist();
    }

    @Test
    void a_path_that_is_no_directory_fails_the_start_and_says_what_to_do() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        App app = Replica.app("a", file, seenByA);

        assertThatThrownBy(app::start)
                .isInstanceOf(TransportException.class)
                .hasMessageStartingWith("transport 'local-bus' of app 'shop' could not open '" + file + "/shop@")
                .hasMessageEndingWith("Set local-bus.path to a directory of your own with a short name.");
    }
}
