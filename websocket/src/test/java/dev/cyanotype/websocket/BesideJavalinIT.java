/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.http.javalin.JavalinAccess;
import dev.cyanotype.http.javalin.JavalinHttp;
import dev.cyanotype.http.javalin.JavalinOptions;
import dev.cyanotype.internal.testkit.wire.RawSocket;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user has on the same Javalin server, ours or theirs, works as without us. */
class BesideJavalinIT {

    private final Host host = new Host(Map.of());
    private final AtomicInteger sessions = new AtomicInteger();
    private AutoCloseable running;
    private URI address;

    @BeforeEach
    void reset() {
        sessions.set(0);
    }

    @AfterEach
    void stop() throws Exception {
        running.close();
        host.close();
    }

    private void start(boolean mounted, Consumer<JavalinConfig> configuration) throws Exception {
        Consumer<JavalinConfig> all = config -> {
            config.jetty.modifyServletContextHandler(
                    handler -> handler.getSessionHandler().addEventListener(new HttpSessionListener() {
                        @Override
                        public void sessionCreated(HttpSessionEvent event) {
                            sessions.incrementAndGet();
                        }
                    }));
            config.routes.ws("/own", ws -> ws.onMessage(ctx -> ctx.send("own " + ctx.message())));
            configuration.accept(config);
        };
        App.Builder app = App.named("test").noTransports().transport(new Deciding(new Websockets(), host));
        if (mounted) {
            Javalin javalin = Javalin.create(config -> {
                config.startup.showJavalinBanner = false;
                config.jetty.host = "127.0.0.1";
                all.accept(config);
                JavalinAccess.mount(config, app.build());
            });
            javalin.start(0);
            address = URI.create("http://127.0.0.1:" + javalin.port());
            running = javalin::stop;
        } else {
            JavalinOptions options =
                    JavalinAccess.configure(JavalinOptions.builder().port(0).build(), all);
            App built = app.transport(JavalinHttp.with(options)).build();
            built.start();
            address = built.address("http");
            running = built;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void both_kinds_of_websockets_work_and_ours_leave_no_session(boolean mounted) throws Exception {
        start(mounted, config -> {});
        try (RawSocket ours = RawSocket.open(address, "/echo");
                RawSocket more = RawSocket.open(address, "/echo")) {
            ours.text("a");
            assertThat(ours.read().toString()).isEqualTo("81 a");
            more.text("b");
            assertThat(more.read().toString()).isEqualTo("81 b");
            assertThat(sessions).hasValue(0);
            try (RawSocket theirs = RawSocket.open(address, "/own")) {
                theirs.text("c");
                assertThat(theirs.read().toString()).isEqualTo("81 own c");
            }
            // So that is what would show.
            assertThat(sessions).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_path_is_the_one_below_the_context(boolean mounted) throws Exception {
        start(mounted, config -> config.router.contextPath = "/below");
        try (RawSocket inside = RawSocket.open(address, "/below/echo");
                RawSocket outside = RawSocket.connect(address)) {
            inside.text("x");
            assertThat(inside.read().toString()).isEqualTo("81 x");
            assertThat(host.peer().request.path()).isEqualTo("/echo");
            assertThat(outside.ask("/echo").status()).isEqualTo(404);
            assertThat(outside.ask("/belowx/echo").status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void handlers_of_the_user_come_first(boolean mounted) throws Exception {
        start(mounted, config -> config.jetty.modifyServer(server -> server.insertHandler(new Guard())));
        try (RawSocket stranger = RawSocket.connect(address);
                RawSocket friend = RawSocket.open(address, "/echo", "X-Friend: yes")) {
            assertThat(stranger.ask("/echo").status()).isEqualTo(403);
            friend.text("x");
            assertThat(friend.read().toString()).isEqualTo("81 x");
        }
    }

    @Test
    void the_end_of_a_users_server_is_the_end_of_the_websockets() throws Exception {
        start(true, config -> {});
        try (RawSocket client = RawSocket.open(address, "/echo")) {
            Peer peer = host.peer();
            assertThat(peer.next()).isEqualTo("opened");
            running.close();
            assertThat(client.isEnded()).isTrue();
            assertThat(peer.next()).isEqualTo("closed 1006");
        }
    }

    private static final class Guard extends Handler.Wrapper {

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (request.getHeaders().contains("X-Friend")) {
                return super.handle(request, response, callback);
            }
            response.setStatus(403);
            callback.succeeded();
            return true;
        }
    }
}
