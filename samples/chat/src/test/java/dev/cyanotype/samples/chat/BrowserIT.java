/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.socket.SocketCloseException;
import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.testkit.TestRedis;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of the chat in a real browser. */
class BrowserIT {

    private static final String PEOPLE = "[...document.querySelectorAll('#people li')].map(e => e.textContent).join()";
    private static final String SAID =
            "[...document.querySelectorAll('#said .said')].map(e => e.textContent).join('|')";

    private static Browser browser;
    private static TestRedis redis;

    /** Each test has one of its own. */
    private final String room = UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = Browser.program();
        Assumptions.assumeTrue(
                program.isPresent(), "no chromium, chromium-browser or google-chrome is on the PATH; install chromium");
        browser = new Browser(program.get());
        redis = TestRedis.open();
    }

    @AfterAll
    static void stop() throws Exception {
        try (TestRedis last = redis) {
            if (browser != null) {
                browser.close();
            }
        }
    }

    private void enter(Browser.Page page, String name) throws Exception {
        page.await("document.getElementById('status')?.textContent", "Connected");
        page.run("document.getElementById('name').value = '" + name + "'; document.getElementById('room').value = '"
                + room + "'; document.querySelector('#join button').click()");
        page.await("document.getElementById('status').textContent", "In '" + room + "' as '" + name + "'");
    }

    private static void say(Browser.Page page, String text) throws Exception {
        page.run("document.getElementById('text').value = '" + text
                + "'; document.querySelector('#say button').click()");
    }

    @Test
    void two_pages_on_two_replicas_talk_to_each_other_and_come_back_to_a_replica_that_was_away() throws Exception {
        try (App first = Replicas.start(redis.url());
                App second = Replicas.start(redis.url())) {
            Browser.Page ann = browser.open(Replicas.page(first));
            Browser.Page bob = browser.open(Replicas.page(second));
            enter(ann, "Ann");
            enter(bob, "Bob");
            ann.await(PEOPLE, "Ann,Bob");
            bob.await(PEOPLE, "Ann,Bob");

            say(ann, "<img src=x onerror=document.title=1>");
            bob.await(SAID, "Ann: <img src=x onerror=document.title=1>");
            say(bob, "and back");
            String both = "Ann: <img src=x onerror=document.title=1>|Bob: and back";
            ann.await(SAID, both);
            bob.await(SAID, both);
            assertThat(bob.run("document.images.length")).isEqualTo(0);
            assertThat(bob.run("document.title")).isEqualTo("Chat");

            // The page goes on to the next status whenever it tries to come back.
            ann.run("""
                    statuses = [];
                    new MutationObserver(() => statuses.push(document.getElementById('status').textContent))
                        .observe(document.getElementById('status'), {childList: true});""");
            int port = Replicas.page(first).getPort();
            first.stop();
            ann.await("statuses.some(status => status.startsWith('Disconnected (1001)'))", true);
            bob.await(PEOPLE, "Bob");
            try (App again = Replicas.start(ChatService.builder(), redis.url(), port)) {
                ann.await("document.getElementById('status').textContent", "In '" + room + "' as 'Ann'");
                ann.await(PEOPLE, "Ann,Bob");
                bob.await(PEOPLE, "Ann,Bob");
            }
        }
    }

    /** Opens a websocket and tells how it was closed, or that it stays open. */
    private static Object closeOf(Browser.Page page, URI address) throws Exception {
        return page.run("""
                new Promise(done => {
                  const socket = new WebSocket('%s');
                  let opened = false;
                  socket.onopen = () => { opened = true; setTimeout(() => done('open'), 1000); };
                  socket.onclose = event => done((opened ? 'opened, ' : '') + event.code + ' ' + event.reason);
                })""".formatted(address));
    }

    @Test
    void a_page_of_another_origin_opens_no_websocket_unless_it_is_allowed() throws Exception {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("hi".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        other.start();
        String origin = "http://127.0.0.1:" + other.getAddress().getPort();
        App.Builder trusting = App.named("chat")
                .sockets(SocketOptions.builder().origins(origin).build())
                .register(Chat.blueprint());
        try (App app = Replicas.start(redis.url());
                App open = Replicas.start(trusting, redis.url())) {
            Browser.Page page = browser.open(URI.create(origin));
            page.await("location.origin", origin);
            assertThat(closeOf(page, Replicas.socket(app))).isEqualTo("1006 ");
            assertThat(app.sockets().count()).isZero();
            assertThat(closeOf(page, Replicas.socket(open))).isEqualTo("open");
            assertThat(open.sockets().count()).isOne();
        } finally {
            other.stop(0);
        }
    }

    @Test
    void a_script_sees_the_code_that_a_handler_closes_with() throws Exception {
        Blueprint guarded = Blueprint.named("guarded")
                .socketConnect(ctx -> {
                    throw new SocketCloseException(4001, "No token");
                })
                .build();
        App.Builder builder = App.named("chat").register(Chat.blueprint()).register(guarded);
        try (App app = Replicas.start(builder, redis.url())) {
            Browser.Page page = browser.open(Replicas.page(app));
            page.await("document.getElementById('status')?.textContent.startsWith('Disconnected (4001)')", true);
            assertThat(closeOf(page, Replicas.socket(app))).isEqualTo("opened, 4001 No token");
        }
    }
}
