/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.http.javalin.JavalinHttp;
import dev.cyanotype.http.javalin.JavalinOptions;
import dev.cyanotype.socket.SocketOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that speaks as Daebus's JavaScript client does, on the port of HTTP, and on a port of its own as with Daebus. */
@ParameterizedClass(name = "a port of its own: {0}")
@ValueSource(booleans = {false, true})
class DaebusClientIT {

    private static final Blueprint BLUEPRINT = Blueprint.named("things")
            .action("echo", ctx -> ctx.payload())
            .action("count", ctx -> {
                ctx.progress(Map.of("done", 1));
                return 2;
            })
            .action("refuse", ctx -> {
                throw new HttpException(409, "Not now");
            })
            .action("announce", ctx -> {
                ctx.broadcast("news.eu", ctx.payload());
                return null;
            })
            .action("secret", ctx -> "nobody's business")
            .socket("greet", ctx -> Map.of("hello", ctx.data()))
            .websocket("/feed", feed -> feed.subprotocols("feed.v2", "feed.v1").onText((text, ctx) -> text))
            .build();

    private final boolean apart;
    private App app;

    DaebusClientIT(boolean apart) {
        this.apart = apart;
    }

    @BeforeAll
    static void install() throws Exception {
        NodeClient.install();
    }

    @BeforeEach
    void start() {
        app = app(0, 0);
        app.start();
    }

    @AfterEach
    void stop() {
        app.stop();
    }

    private App app(int port, int ownPort) {
        WebsocketOptions.Builder options = WebsocketOptions.builder();
        if (apart) {
            options.port(ownPort);
        }
        return App.named("svc")
                .sockets(SocketOptions.builder()
                        .keepAlive(Duration.ofSeconds(1), Duration.ofSeconds(10))
                        .gateway(gateway -> gateway.service("svc", "echo", "count", "refuse", "announce")
                                .service("other")
                                .subscribe("events", "news.*")
                                .broadcast("events"))
                        .build())
                .register(BLUEPRINT)
                .transport(JavalinHttp.with(JavalinOptions.builder().port(port).build()))
                .transport(Websockets.with(options.build()))
                .build();
    }

    private int port(String transport) {
        return app.address(transport).getPort();
    }

    private String url(String path) {
        return "ws://127.0.0.1:" + port(apart ? "websocket" : "http") + path;
    }

    private NodeClient connect() throws Exception {
        NodeClient client = new NodeClient(url(apart ? "/" : "/ws"));
        assertThat(client.next()).isEqualTo("[\"open\",\"\"]");
        return client;
    }

    @Test
    void an_action_resolves_with_its_result() throws Exception {
        try (NodeClient client = connect()) {
            client.step("[\"sendAction\",\"svc\",\"echo\",{\"q\":\"hé\"}]");
            assertThat(client.next())
                    .isEqualTo("[\"frame\",\"{\\\"type\\\":\\\"response\\\",\\\"request_id\\\":\\\"req_*_1\\\","
                            + "\\\"success\\\":true,\\\"data\\\":{\\\"q\\\":\\\"hé\\\"}}\"]");
            assertThat(client.next()).isEqualTo("[\"resolved\",\"echo\",{\"q\":\"hé\"}]");
            client.step("[\"sendAction\",\"svc\",\"echo\"]");
            assertThat(client.next("resolved")).isEqualTo("[\"resolved\",\"echo\",{}]");
        }
    }

    @Test
    void an_action_that_fails_rejects_with_its_text() throws Exception {
        try (NodeClient client = connect()) {
            client.step("[\"sendAction\",\"svc\",\"refuse\",{}]");
            assertThat(client.next())
                    .isEqualTo("[\"frame\",\"{\\\"type\\\":\\\"response\\\",\\\"request_id\\\":\\\"req_*_1\\\","
                            + "\\\"success\\\":false,\\\"error\\\":\\\"Not now\\\"}\"]");
            assertThat(client.next()).isEqualTo("[\"rejected\",\"refuse\",\"Not now\"]");
            client.step("[\"sendAction\",\"svc\",\"secret\",{}]");
            assertThat(client.next("rejected"))
                    .isEqualTo("[\"rejected\",\"secret\",\"Action 'secret' of 'svc' is not open to websockets\"]");
            client.step("[\"sendAction\",\"other\",\"echo\",{}]");
            assertThat(client.next("rejected")).isEqualTo("[\"rejected\",\"echo\",\"Nobody answers other.echo\"]");
        }
    }

    @Test
    void progress_settles_nothing() throws Exception {
        try (NodeClient client = connect()) {
            client.step("[\"sendAction\",\"svc\",\"count\",{}]");
            client.next("frame");
            assertThat(client.next()).isEqualTo("[\"message\",{\"type\":\"progress\",\"data\":{\"done\":1}}]");
            client.next("frame");
            assertThat(client.next()).isEqualTo("[\"resolved\",\"count\",2]");
        }
    }

    @Test
    void a_channel_is_heard_until_it_is_left() throws Exception {
        try (NodeClient client = connect();
                NodeClient other = connect()) {
            client.step("[\"subscribe\",\"events\"]").step("[\"subscribe\",\"news.eu\"]");
            // Messages of one client are handled in order, so the channels are heard when this is answered.
            client.step("[\"sendAction\",\"svc\",\"echo\",{}]").next("resolved");
            other.step("[\"broadcast\",\"events\",{\"b\":1}]");
            assertThat(client.next())
                    .isEqualTo("[\"frame\",\"{\\\"type\\\":\\\"channel_message\\\",\\\"channel\\\":\\\"events\\\","
                            + "\\\"data\\\":{\\\"b\\\":1}}\"]");
            assertThat(client.next()).isEqualTo("[\"channel\",\"events\",{\"b\":1}]");

            client.step("[\"unsubscribe\",\"events\"]");
            client.step("[\"sendAction\",\"svc\",\"echo\",{}]").next("resolved");
            other.step("[\"broadcast\",\"events\",{\"b\":2}]");
            other.step("[\"sendAction\",\"svc\",\"echo\",{}]").next("resolved");
            other.step("[\"sendAction\",\"svc\",\"announce\",{\"n\":1}]");
            assertThat(client.next("channel")).isEqualTo("[\"channel\",\"news.eu\",{\"n\":1}]");
        }
    }

    @Test
    void channels_that_are_not_open_are_refused() throws Exception {
        try (NodeClient client = connect()) {
            client.step("[\"subscribe\",\"orders\"]");
            assertThat(client.next("message"))
                    .isEqualTo(
                            "[\"message\",{\"type\":\"error\",\"error\":\"Channel 'orders' is not open to websockets\"}]");
            client.step("[\"broadcast\",\"news.eu\",{}]");
            assertThat(client.next("message"))
                    .isEqualTo(
                            "[\"message\",{\"type\":\"error\",\"error\":\"Channel 'news.eu' is not open to broadcasts of websockets\"}]");
        }
    }

    @Test
    void both_dialects_are_spoken_on_one_websocket() throws Exception {
        try (NodeClient client = connect()) {
            client.step("[\"send\",{\"type\":\"greet\",\"data\":\"ann\"}]");
            assertThat(client.next())
                    .isEqualTo(
                            "[\"frame\",\"{\\\"type\\\":\\\"response\\\",\\\"data\\\":{\\\"hello\\\":\\\"ann\\\"}}\"]");
            client.step("[\"sendAction\",\"svc\",\"echo\",7]");
            assertThat(client.next("resolved")).isEqualTo("[\"resolved\",\"echo\",7]");
        }
    }

    @Test
    void pings_are_answered_on_both_sides() throws Exception {
        try (NodeClient client = connect()) {
            client.step("[\"ping\",\"pingdata\"]");
            assertThat(client.next()).isEqualTo("[\"pong\",\"pingdata\"]");
            Instant pinged = app.sockets().clients().get(0).lastActivity();
            // It says nothing from now on but its pongs.
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            app.sockets().clients().get(0).lastActivity().isAfter(pinged.plus(Duration.ofMillis(900))));
        }
    }

    @Test
    void a_large_message_comes_and_goes_and_one_too_large_is_refused() throws Exception {
        try (NodeClient client = connect()) {
            client.step("[\"sendLarge\",\"svc\",\"echo\",500000]");
            int head =
                    "{\"type\":\"response\",\"request_id\":\"req_1795177934136_1\",\"success\":true,\"data\":{\"text\":\"\"}}"
                            .length();
            assertThat(client.next()).isEqualTo("[\"frame\"," + (head + 500_000) + "]");
            client.next("resolved");
            client.step("[\"sendLarge\",\"svc\",\"echo\",600000]");
            assertThat(client.next("close")).startsWith("[\"close\",1009,");
            assertThat(client.next("open")).isEqualTo("[\"open\",\"\"]");
        }
    }

    @Test
    void it_says_goodbye_and_stays_away() throws Exception {
        try (NodeClient client = connect()) {
            client.step("[\"disconnect\"]");
            assertThat(client.next()).isEqualTo("[\"close\",1000,\"Client disconnect\"]");
            await().until(() -> app.sockets().count() == 0);
        }
    }

    @Test
    void it_is_sent_away_by_an_app_that_stops_and_hears_its_channels_again_when_it_is_back() throws Exception {
        try (NodeClient client = connect()) {
            client.step("[\"subscribe\",\"events\"]");
            client.step("[\"sendAction\",\"svc\",\"echo\",{}]").next("resolved");
            int port = port("http");
            int ownPort = apart ? port("websocket") : 0;
            app.stop();
            assertThat(client.next("message"))
                    .isEqualTo(
                            "[\"message\",{\"type\":\"server_shutdown\",\"data\":{\"message\":\"Server shutting down\"}}]");
            assertThat(client.next()).isEqualTo("[\"close\",1001,\"\"]");
            app = app(port, ownPort);
            app.start();
            client.next("open");
            client.step("[\"sendAction\",\"svc\",\"echo\",{}]").next("resolved");
            client.step("[\"broadcast\",\"events\",{\"again\":true}]");
            assertThat(client.next("channel")).isEqualTo("[\"channel\",\"events\",{\"again\":true}]");
        }
    }

    @Test
    void a_subprotocol_is_agreed_on_or_missed() throws Exception {
        try (NodeClient client = new NodeClient(url("/feed"), "feed.v1");
                NodeClient stranger = new NodeClient(url("/feed"), "feed.v9")) {
            assertThat(client.next()).isEqualTo("[\"open\",\"feed.v1\"]");
            assertThat(stranger.next()).isEqualTo("[\"error\",\"Server sent no subprotocol\"]");
        }
    }
}
