/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * A request as it is on the wire.
 *
 * @param method the method as on the request line
 * @param target the path and the query
 * @param fields the header fields in their order; the length of a body is added where it is missing
 * @param body empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
public record WireRequest(String method, String target, List<Answer.Field> fields, byte[] body) {

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    /** Sends it over a connection of its own. */
    public Answer exchange(URI address) {
        try (RawClient client = RawClient.connect(address)) {
            client.sendUnlessRefused(head(List.of()));
            if (body.length > 0) {
                client.sendUnlessRefused(body);
            }
            boolean head = method.equals("HEAD");
            Answer answer;
            do {
                answer = head ? client.answerToHead() : client.answer();
            } while (answer.status() < 200);
            return answer;
        } catch (ConnectException e) {
            throw new UncheckedIOException(
                    "%s: nobody listens on %s any more. Is the app stopped?".formatted(this, address), e);
        } catch (IOException e) {
            throw new UncheckedIOException("%s: %s".formatted(this, e.getMessage()), e);
        }
    }

    /**
     * The request line and the header fields.
     *
     * @param further fields after its own
     */
    public byte[] head(List<Answer.Field> further) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        line(head, method + " " + target + " HTTP/1.1");
        boolean hasLength = false;
        for (Answer.Field field : fields) {
            line(head, field.name() + ": " + field.value());
            hasLength |= field.name().equalsIgnoreCase("Content-Length")
                    || field.name().equalsIgnoreCase("Transfer-Encoding");
        }
        further.forEach(field -> line(head, field.name() + ": " + field.value()));
        if (!hasLength && (body.length > 0 || WITH_BODY.contains(method))) {
            line(head, "Content-Length: " + body.length);
        }
        line(head, "");
        return head.toByteArray();
    }

    private static void line(ByteArrayOutputStream head, String text) {
        head.writeBytes((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The path without the query. */
    public String path() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
