/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.internal.testkit.wire.RawSocket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** An app that is told to end while it works. */
class StopFaultsIT {

    private static final String GOODBYE =
            "{\"type\":\"server_shutdown\",\"data\":{\"message\":\"Server shutting down\"}}";

    @Test
    void fault_22_what_is_under_way_is_answered_and_every_client_is_told_1001() throws Exception {
        try (ChildJvm service = ChildJvm.start(FaultsService.class, List.of("-Xmx128m"))) {
            URI address = URI.create(service.ask("address"));
            HttpClient http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            try (RawSocket working = RawSocket.open(address, "/ws");
                    RawSocket workingApart = RawSocket.open(address, "/work");
                    RawSocket idle = RawSocket.open(address, "/ws");
                    RawSocket late = RawSocket.connect(address)) {
                // A connection that is there already and asks for its websocket later.
                assertThat(late.get("/none").status()).isEqualTo(404);
                working.text("{\"type\":\"work\",\"id\":7}");
                // Read already when the end comes, and handled in its turn.
                working.text("{\"type\":\"echo\",\"data\":\"next\"}");
                workingApart.text("go");
                CompletableFuture<HttpResponse<String>> request = http.sendAsync(
                        HttpRequest.newBuilder(address.resolve("/work")).build(), HttpResponse.BodyHandlers.ofString());
                service.awaitLines("working", 3);

                service.signal("TERM");

                boolean refused = false;
                while (!refused) {
                    refused = isRefused(address);
                }
                assertThat(isRefused(late)).isTrue();
                assertThat(working.read().text()).isEqualTo("{\"type\":\"response\",\"data\":\"done\",\"id\":7}");
                assertThat(working.read().text()).isEqualTo("{\"type\":\"response\",\"data\":\"next\"}");
                assertThat(working.read().text()).isEqualTo(GOODBYE);
                assertThat(workingApart.read().text()).isEqualTo("done");
                assertThat(idle.read().text()).isEqualTo(GOODBYE);
                for (RawSocket client : List.of(working, workingApart, idle)) {
                    assertThat(client.read().closing()).isEqualTo("1001");
                    client.closing(1001, "");
                    assertThat(client.isEnded()).isTrue();
                }
                assertThat(request.get().statusCode()).isEqualTo(200);
                assertThat(request.get().body()).contains("done");
                service.awaitEnd();
                // Of the socket for messages; the others have nobody to tell.
            }
            assertThat(service.output().stream().filter(line -> line.startsWith("gone ")))
                    .containsExactly("gone 1001 ", "gone 1001 ");
        }
    }

    /** With 503, or without an answer; never let in. */
    private static boolean isRefused(URI address) {
        try (RawSocket client = RawSocket.connect(address)) {
            return isRefused(client);
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean isRefused(RawSocket client) {
        try {
            int status = client.ask("/work").status();
            assertThat(status).isIn(101, 503);
            return status == 503;
        } catch (IOException e) {
            return true;
        }
    }
}
