/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.bus;

import dev.cyanotype.exchange.BadRequestException;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.MessageJson;
import dev.cyanotype.spi.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The forms of requests and replies on the wire, which are those of Daebus 0.0.31 with further fields. */
final class Envelope {

    static final String SUCCESS = "success";
    static final String ERROR = "error";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Envelope() {}

    /**
     * A request as it came.
     *
     * @param action its action, not empty
     * @param payload what the caller sent
     * @param replyTo the channel for replies
     * @param hasReplyTo whether the caller named that channel
     * @param id any JSON, null if there is none
     * @param message the whole message
     */
    record Request(
            String action, JsonNode payload, String replyTo, boolean hasReplyTo, JsonNode id, ObjectNode message) {

        /** The identifier if it is a text, or null. */
        @Nullable
        String textId() {
            return id.isString() ? id.stringValue() : null;
        }

        @Nullable
        String text(String field) {
            JsonNode value = message.path(field);
            return value.isString() && !value.stringValue().isEmpty() ? value.stringValue() : null;
        }

        @Nullable
        Instant deadline() {
            JsonNode value = message.path("deadline");
            return value.isIntegralNumber() && value.canConvertToLong()
                    ? Instant.ofEpochMilli(value.longValue())
                    : null;
        }
    }

    /**
     * Reads a request.
     *
     * @return null if it is a JSON object without an action, as messages for others may be
     * @throws HttpException if it is no JSON object
     */
    static @Nullable Request request(MessageJson json, byte[] message) {
        if (!(json.read(message) instanceof ObjectNode object)) {
            throw new BadRequestException("the message is no JSON object");
        }
        JsonNode action = object.path("action");
        if (!action.isString() || action.stringValue().isEmpty()) {
            return null;
        }
        JsonNode replyTo = object.path("reply_to");
        boolean hasReplyTo = isTrue(replyTo);
        return new Request(
                action.stringValue(),
                payload(json, object.path("payload")),
                hasReplyTo ? text(replyTo) : fallback(object.path("service")),
                hasReplyTo,
                object.path("request_id").isMissingNode() ? NullNode.getInstance() : object.path("request_id"),
                object);
    }

    /** A text may hold JSON; where it does not, Daebus takes it for an empty object. */
    private static JsonNode payload(MessageJson json, JsonNode payload) {
        if (payload.isMissingNode()) {
            return JSON.objectNode();
        }
        if (!payload.isString()) {
            return payload;
        }
        try {
            return json.read(payload.stringValue().getBytes(StandardCharsets.UTF_8));
        } catch (HttpException e) {
            return JSON.objectNode();
        }
    }

    /** Where Python's callers without a channel of their own may listen. */
    private static String fallback(JsonNode service) {
        return (service.isMissingNode() || service.isNull() ? "None" : text(service)) + ".responses";
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }

    /** What Python takes for true. */
    static boolean isTrue(JsonNode value) {
        return switch (value.getNodeType()) {
            case MISSING, NULL -> false;
            case BOOLEAN -> value.booleanValue();
            case NUMBER -> value.doubleValue() != 0;
            case STRING -> !value.stringValue().isEmpty();
            default -> !value.isEmpty();
        };
    }

    /** A request to be sent. */
    static ObjectNode request(MessageJson json, String service, ActionRequest request, String id, String inbox) {
        ObjectNode message = JSON.objectNode();
        message.put("action", request.action());
        message.set("payload", sent(json, request.payload()));
        message.put("reply_to", inbox);
        message.put("request_id", id);
        message.put("service", service);
        Instant deadline = request.deadline();
        if (deadline != null) {
            // Rounded up, so that a service does not give up before its caller does.
            message.put("deadline", deadline.plusNanos(999_999).toEpochMilli());
        }
        putText(message, "idempotency_key", request.idempotencyKey());
        putText(message, "traceparent", request.traceparent());
        return message;
    }

    /** A text is sent as the JSON that it is, because a service takes a text for JSON. */
    private static JsonNode sent(MessageJson json, JsonNode payload) {
        return payload.isString() ? JSON.stringNode(new String(json.write(payload), StandardCharsets.UTF_8)) : payload;
    }

    private static void putText(ObjectNode message, String field, @Nullable String value) {
        if (value != null) {
            message.put(field, value);
        }
    }

    /** Tells a service that nobody waits for a reply any more; to Daebus it is a message without an action. */
    static ObjectNode cancellation(String service, String id) {
        ObjectNode message = JSON.objectNode();
        message.put("cancel", id);
        message.put("service", service);
        return message;
    }

    /** The last reply to a request. */
    static ObjectNode reply(JsonNode id, Reply reply) {
        ObjectNode message = reply(id, reply.isError() ? ERROR : SUCCESS, reply.payload(), true);
        if (reply.isError()) {
            message.set(ERROR, JSON.objectNode().put("status", reply.status()));
        }
        return message;
    }

    /** A reply that is not the last. */
    static ObjectNode progress(JsonNode id, JsonNode payload) {
        return reply(id, SUCCESS, payload, false);
    }

    private static ObjectNode reply(JsonNode id, String status, JsonNode payload, boolean last) {
        ObjectNode message = JSON.objectNode();
        message.put("status", status);
        message.set("payload", payload);
        message.set("request_id", id);
        message.put("final", last);
        return message;
    }

    /** Whether a reply is the last; one that does not say so is. */
    static boolean isLast(ObjectNode reply) {
        JsonNode last = reply.path("final");
        return last.isMissingNode() || isTrue(last);
    }

    /** What a reply holds. */
    static JsonNode payload(ObjectNode reply) {
        JsonNode payload = reply.path("payload");
        return payload.isMissingNode() ? JSON.objectNode() : payload;
    }

    /** The result of a request from its last reply. */
    static Reply result(ObjectNode reply) {
        JsonNode payload = payload(reply);
        JsonNode status = reply.path("status");
        if (!status.isString() || !status.stringValue().equals(ERROR)) {
            return new Reply(200, payload);
        }
        int code = reply.path(ERROR).path("status").asInt(500);
        return new Reply(code >= 400 && code <= 599 ? code : 500, error(payload));
    }

    /** An error's payload is an object with a text, whatever a service sent. */
    private static JsonNode error(JsonNode payload) {
        JsonNode text = payload.path(ERROR);
        if (text.isString()) {
            return payload;
        }
        ObjectNode error = payload instanceof ObjectNode object ? object.deepCopy() : JSON.objectNode();
        String said = text.isMissingNode() ? "Unknown error" : text.toString();
        return error.put(ERROR, payload.isString() ? payload.stringValue() : said);
    }
}
