/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Requests as they are on the wire. */
final class Wire {

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private Wire() {}

    /** Sends a request over a connection of its own. */
    static TestResponse exchange(URI address, TestRequest request) {
        try (RawClient client = RawClient.connect(address)) {
            client.sendUnlessRefused(head(request, List.of()));
            if (request.body().length > 0) {
                client.sendUnlessRefused(request.body());
            }
            boolean head = request.method().equals("HEAD");
            Answer answer;
            do {
                answer = head ? client.answerToHead() : client.answer();
            } while (answer.status() < 200);
            return response(answer);
        } catch (ConnectException e) {
            throw new UncheckedIOException(
                    "%s: nobody listens on %s any more. Is the app stopped?".formatted(request, address), e);
        } catch (IOException e) {
            throw new UncheckedIOException("%s: %s".formatted(request, e.getMessage()), e);
        }
    }

    /** The request line and the header fields. */
    static byte[] head(TestRequest request, List<String[]> further) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        line(head, request.method() + " " + request.target() + " HTTP/1.1");
        boolean hasLength = false;
        for (String[] field : request.headers()) {
            line(head, field[0] + ": " + field[1]);
            hasLength |= field[0].equalsIgnoreCase("Content-Length") || field[0].equalsIgnoreCase("Transfer-Encoding");
        }
        further.forEach(field -> line(head, field[0] + ": " + field[1]));
        int length = request.body().length;
        if (!hasLength && (length > 0 || WITH_BODY.contains(request.method()))) {
            line(head, "Content-Length: " + length);
        }
        line(head, "");
        return head.toByteArray();
    }

    private static void line(ByteArrayOutputStream head, String text) {
        head.writeBytes((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    static TestResponse response(Answer answer) {
        Headers headers = Headers.empty();
        for (Answer.Field field : answer.fields()) {
            headers = headers.plus(field.name(), field.value());
        }
        return new TestResponse(answer.status(), headers, answer.body());
    }
}
