/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.TransportProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is particular to the JDK's server, and how it is found, refused and left. */
class JdkHttpIT {

    private static final String GET = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);
    private App app;

    @AfterEach
    void stop() {
        gate.countDown();
        if (app != null) {
            app.stop(Duration.ofSeconds(5));
        }
    }

    private static App.Builder shop() {
        return App.named("shop").discovery(false).transport(new JdkHttp()).setting("jdk-http.port", "0");
    }

    private RawClient connect(App.Builder builder) throws Exception {
        app = builder.build();
        app.start();
        return new RawClient(app.address("jdk-http"));
    }

    private void pass() throws InterruptedException {
        reached.countDown();
        assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void it_is_found_on_the_path_and_carries_http() {
        assertThat(ServiceLoader.load(TransportProvider.class))
                .filteredOn(JdkHttp.class::isInstance)
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.id()).isEqualTo("jdk-http");
                    assertThat(found.carries()).containsExactly(OperationKind.HTTP);
                    assertThat(found.settings()).containsExactlyInAnyOrder("jdk-http.host", "jdk-http.port");
                });
    }

    @Test
    void a_json_answer_has_its_type_and_length_and_nothing_else() throws Exception {
        try (RawClient client = connect(shop().get("/", ctx -> Map.of("n", 1)))) {
            assertThat(client.send(GET.formatted("/")).head())
                    .isEqualTo("HTTP/1.1 200 OK\nContent-type: application/json\nContent-length: 7\n");
            assertThat(client.bytes(7)).isEqualTo("{\"n\":1}");
        }
    }

    @Test
    void targets_are_handed_over_as_they_were_sent() throws Exception {
        try (RawClient client = connect(shop().get("/{rest...}", ctx -> ctx.path() + "?" + ctx.query()))) {
            for (String target : List.of("/a%2Fb?x=%20&y", "//a/b?c", "/a/../b?", "/a;b=c?d=e?f")) {
                client.send(GET.formatted(target));
                System.err.println(target + " " + client.head().replace('\n', '|') + client.line());
            }
        }
    }

    @Test
    void answers_without_a_body_have_no_type_and_that_to_head_has_the_length() throws Exception {
        try (RawClient client = connect(shop().get("/text", ctx -> "12345")
                .get("/none", ctx -> Response.empty())
                .get("/later", ctx -> CompletableFuture.supplyAsync(() -> "12345")))) {
            System.err.println(
                    client.send("HEAD /text HTTP/1.1\r\nHost: a\r\n\r\n").head());
            System.err.println(client.send(GET.formatted("/none")).head());
            System.err.println(client.send(GET.formatted("/later")).head());
            System.err.println(client.bytes(5));
            System.err.println(
                    client.send("OPTIONS /text HTTP/1.1\r\nHost: a\r\n\r\n").head());
            System.err.println(
                    client.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").rest());
        }
    }
}
