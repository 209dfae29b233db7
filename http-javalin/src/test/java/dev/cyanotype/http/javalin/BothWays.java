/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestRequest;
import dev.cyanotype.testkit.TestResponse;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/**
 * Runs one test twice, in memory and over HTTP, and compares what was answered.
 *
 * <p>In-memory tests are worth only as much as the two agree. A {@code Host} among the header fields is sent over HTTP too.
 */
public final class BothWays {

    /** What a server adds to each response by itself. */
    private static final Set<String> OF_THE_WIRE = Set.of("date", "transfer-encoding", "connection", "keep-alive");

    private final App app;

    private BothWays(App app) {
        this.app = app;
    }

    public static BothWays with(Blueprint... blueprints) {
        App.Builder builder = App.named("test");
        for (Blueprint blueprint : blueprints) {
            builder.register(blueprint);
        }
        return with(builder);
    }

    public static BothWays with(App.Builder builder) {
        return new BothWays(builder.transport(
                        JavalinHttp.with(JavalinOptions.builder().port(0).build()))
                .build());
    }

    /** One way to an app. */
    public interface Client {

        /** Sends a request; the header fields are names and values by turns. */
        Answer send(String method, String target, String body, String... headers);

        default Answer get(String target, String... headers) {
            return send("GET", target, "", headers);
        }

        default Answer post(String target, String contentType, String body) {
            return send("POST", target, body, "Content-Type", contentType);
        }
    }

    /** A test that does not know which way its requests go. */
    @FunctionalInterface
    public interface Body {
        void run(Client client) throws Exception;
    }

    public void run(Body test) throws Exception {
        List<String> inMemory = new ArrayList<>();
        try (TestApp memory = TestApp.of(app)) {
            test.run((method, target, body, headers) ->
                    noted(inMemory, method, target, inMemory(memory, method, target, body, headers)));
        }
        List<String> overHttp = new ArrayList<>();
        try (RunningApp real = RunningApp.of(app.toBuilder().noTransports())) {
            test.run((method, target, body, headers) ->
                    noted(overHttp, method, target, overHttp(real, method, target, body, headers)));
        }
        assertThat(inMemory).as("in memory, compared with HTTP").isEqualTo(overHttp);
    }

    private static Answer inMemory(TestApp app, String method, String target, String body, String[] headers) {
        TestRequest request = app.request(method, target).header("X-Request-Id", "r1");
        if (!body.isEmpty()) {
            // The type is none unless the header fields say so.
            request.body("", body);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        TestResponse response = request.send();
        List<Answer.Field> fields = new ArrayList<>();
        response.headers().forEach((name, value) -> fields.add(new Answer.Field(name, value)));
        return new Answer(response.status(), fields, response.bytes());
    }

    private static Answer overHttp(RunningApp app, String method, String target, String body, String[] headers) {
        HttpRequest.Builder request = app.request(target)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("X-Request-Id", "r1");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return app.send(request);
    }

    /** Parts of a file are separated by what nobody can foretell. */
    private static String withoutBoundary(Answer answer, String text) {
        String type = answer.header("Content-Type");
        int start = type == null ? -1 : type.indexOf("byteranges;boundary=");
        return start < 0 ? text : text.replace(type.substring(type.indexOf('=', start) + 1), "boundary");
    }

    private static Answer noted(List<String> answers, String method, String target, Answer answer) {
        TreeMap<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Answer.Field field : answer.fields()) {
            fields.put(field.name().toLowerCase(Locale.ROOT), answer.headers(field.name()));
        }
        fields.keySet().removeAll(OF_THE_WIRE);
        String text = "%s %s -> %d %s %s"
                .formatted(
                        method,
                        target,
                        answer.status(),
                        fields,
                        new String(answer.body(), StandardCharsets.ISO_8859_1));
        answers.add(withoutBoundary(answer, text));
        return answer;
    }
}
