/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import dev.cyanotype.App;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An app that listens on a port, and a client that sends byte for byte, each request on a connection of its own. */
record PortSite(App app, URI uri) implements HttpSite {

    @Override
    public Optional<URI> address() {
        return Optional.of(uri);
    }

    @Override
    public Received send(String method, String target, byte[] body, String... headerLines) throws IOException {
        List<String> lines = new ArrayList<>(List.of(headerLines));
        if (body.length > 0) {
            lines.add("Content-Length: " + body.length);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(
                RawClient.request(method, target, lines.toArray(String[]::new)).getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        try (RawClient client = RawClient.connect(uri)) {
            client.send(all.toByteArray());
            Answer head;
            try {
                head = client.head();
            } catch (IOException e) {
                return new Received(new Answer(0, List.of(), new byte[0]), true);
            }
            if (method.equals("HEAD")) {
                return new Received(head, false);
            }
            try {
                return new Received(client.withBody(head), false);
            } catch (IOException e) {
                return new Received(head, true);
            }
        }
    }
}
