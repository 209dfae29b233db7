/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An app on a free port of this machine, and a client of it. */
final class RunningApp implements AutoCloseable {

    private final App app;
    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RunningApp(App app) {
        this.app = app;
        app.start();
        this.address = app.address("http");
    }

    static RunningApp of(Blueprint... blueprints) {
        App.Builder builder = App.named("test");
        for (Blueprint blueprint : blueprints) {
            builder.register(blueprint);
        }
        return of(builder);
    }

    /** Starts an app with default options, but on a free port. */
    static RunningApp of(App.Builder builder) {
        return of(builder, JavalinOptions.builder().port(0).build());
    }

    static RunningApp of(App.Builder builder, JavalinOptions options) {
        return new RunningApp(builder.transport(JavalinHttp.with(options)).build());
    }

    App app() {
        return app;
    }

    URI address() {
        return address;
    }

    HttpClient client() {
        return client;
    }

    RawClient connect() throws IOException {
        return RawClient.connect(address);
    }

    Answer get(String target, String... headers) {
        return send("GET", target, BodyPublishers.noBody(), headers);
    }

    Answer post(String target, String contentType, String body) {
        return send("POST", target, BodyPublishers.ofString(body), "Content-Type", contentType);
    }

    /** Sends any request; the header fields are names and values by turns. */
    Answer send(String method, String target, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = request(target).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create(address + target)).timeout(Duration.ofSeconds(30));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            List<Answer.Field> fields = new ArrayList<>();
            response.headers()
                    .map()
                    .forEach((name, values) -> values.forEach(value -> fields.add(new Answer.Field(name, value))));
            return new Answer(response.statusCode(), fields, response.body());
        } catch (IOException e) {
            throw new AssertionError("no response: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        app.stop(Duration.ZERO);
    }
}
