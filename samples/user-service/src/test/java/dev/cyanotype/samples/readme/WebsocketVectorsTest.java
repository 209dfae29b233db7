/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestFrame;
import dev.cyanotype.testkit.TestSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Plays the test vectors of docs/websocket-wire.md. */
class WebsocketVectorsTest {

    private static final Pattern BLOCK = Pattern.compile("```frames\\n(.*?)```", Pattern.DOTALL);

    record Sum(int a, int b) {}

    private static App app() {
        return App.named("svc")
                .socket("echo", ctx -> ctx.data())
                .socket("find", ctx -> {
                    throw new NotFoundException("No such thing");
                })
                .socket("steps", ctx -> {
                    ctx.progress(Map.of("step", 1));
                    return "done";
                })
                .socket("quiet", ctx -> null)
                .action("add", Sum.class, (sum, ctx) -> sum.a() + sum.b())
                .sockets(SocketOptions.builder()
                        .gateway(open -> open.service("svc")
                                .subscribe("events", "news.*")
                                .broadcast("events", "news.*"))
                        .build())
                .build();
    }

    @TestFactory
    List<DynamicTest> the_vectors_hold() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(Path.of("../../docs/websocket-wire.md")));
        while (block.find()) {
            List<String> lines = block.group(1).lines().toList();
            tests.add(DynamicTest.dynamicTest(lines.get(0), () -> play(lines)));
        }
        assertThat(tests).hasSize(3);
        return tests;
    }

    private static void play(List<String> lines) {
        try (TestApp app = TestApp.of(app());
                TestSocket socket = app.open("/ws")) {
            for (String line : lines) {
                if (line.startsWith("> ")) {
                    assertThat(socket.unseen()).isEmpty();
                    socket.sendText(line.substring(2));
                } else {
                    assertThat(socket.next().text()).isEqualTo(line.substring(2));
                }
            }
            assertThat(socket.unseen()).extracting(TestFrame::text).isEmpty();
        }
    }
}
