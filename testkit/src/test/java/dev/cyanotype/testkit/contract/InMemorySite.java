/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestRequest;
import dev.cyanotype.testkit.TestResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** An app in memory, and a client that sends to it as tests do. */
record InMemorySite(TestApp testApp) implements HttpSite {

    static InMemorySite of(App.Builder builder) {
        return new InMemorySite(TestApp.of(builder.build()));
    }

    /** A provider of the transport in memory, which tests of apps never see. */
    static TransportProvider provider() {
        AtomicReference<TransportProvider> found = new AtomicReference<>();
        App app = App.named("contract")
                .decorate(provider -> {
                    found.set(provider);
                    return provider;
                })
                .build();
        TestApp.of(app).close();
        return found.get();
    }

    @Override
    public App app() {
        return testApp.app();
    }

    @Override
    public Optional<URI> address() {
        return Optional.empty();
    }

    @Override
    public Received send(String method, String target, byte[] body, String... headerLines) {
        TestRequest request = testApp.request(method, target);
        if (body.length > 0) {
            request.body("application/octet-stream", body);
        }
        for (String line : headerLines) {
            int colon = line.indexOf(':');
            request.header(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        TestResponse response;
        try {
            response = request.send();
        } catch (RuntimeException e) {
            // A body that could not be written to its end.
            return new Received(new Answer(0, List.of(), new byte[0]), true);
        }
        List<Answer.Field> fields = new ArrayList<>();
        response.headers().forEach((name, value) -> fields.add(new Answer.Field(name, value)));
        return new Received(new Answer(response.status(), fields, response.bytes()), false);
    }
}
