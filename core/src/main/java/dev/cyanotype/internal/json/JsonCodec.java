/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.json;

import dev.cyanotype.exchange.BadRequestException;
import dev.cyanotype.exchange.PayloadTooLargeException;
import dev.cyanotype.exchange.Problem;
import dev.cyanotype.json.JacksonAccess;
import dev.cyanotype.json.JsonOptions;
import dev.cyanotype.spi.MessageJson;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes JSON; what a client sent wrong becomes an error that tells the client where. */
public final class JsonCodec implements MessageJson {

    private final JsonMapper mapper;

    /** Python's encoder writes NaN and infinities. */
    private final ObjectReader messages;

    private final long maxDocumentBytes;

    public JsonCodec(JsonOptions options) {
        this.mapper = JacksonAccess.mapper(options);
        this.messages = mapper.readerFor(JsonNode.class).with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS);
        this.maxDocumentBytes = options.maxDocumentBytes();
    }

    /** Encodes a value. */
    public byte[] encode(@Nullable Object value) {
        try {
            return mapper.writeValueAsBytes(plain(value));
        } catch (JacksonException e) {
            throw unwritable(e);
        }
    }

    /** Encodes a value to text. */
    public String encodeText(@Nullable Object value) {
        try {
            return mapper.writeValueAsString(plain(value));
        } catch (JacksonException e) {
            throw unwritable(e);
        }
    }

    /** Encodes a value to a tree of its own, which later changes of the value do not reach. */
    public JsonNode tree(@Nullable Object value) {
        try {
            return value instanceof JsonNode node ? node.deepCopy() : mapper.valueToTree(plain(value));
        } catch (JacksonException e) {
            throw unwritable(e);
        }
    }

    private static RuntimeException unwritable(JacksonException e) {
        RuntimeException closed = ClosedPackage.problem(e, null);
        return closed == null ? e : closed;
    }

    @Override
    public JsonNode read(byte[] message) {
        checkLength(message, "the message");
        try {
            return messages.readValue(message);
        } catch (JacksonException e) {
            throw badRequest(e, "the message", JsonNode.class);
        }
    }

    /** Reads a message, as {@link #read(byte[])} does. */
    public JsonNode read(String message) {
        if (message.length() > maxDocumentBytes) {
            throw tooLarge();
        }
        try {
            JsonNode read = messages.readValue(message);
            return read.isMissingNode() ? read(new byte[0]) : read;
        } catch (JacksonException e) {
            throw badRequest(e, "the message", JsonNode.class);
        }
    }

    @Override
    public byte[] write(JsonNode message) {
        return mapper.writeValueAsBytes(message);
    }

    private void checkLength(byte[] json, String what) {
        if (json.length == 0) {
            throw new BadRequestException(what + " is empty (expected: JSON)");
        }
        if (json.length > maxDocumentBytes) {
            throw tooLarge();
        }
    }

    private PayloadTooLargeException tooLarge() {
        return new PayloadTooLargeException("the JSON document is larger than " + maxDocumentBytes + " bytes");
    }

    /** Decodes what a client sent. */
    public <T> T decode(byte[] json, Class<T> type) {
        checkLength(json, "the body");
        try {
            return present(mapper.readValue(json, type), "the body");
        } catch (JacksonException e) {
            throw badRequest(e, "the body", type);
        }
    }

    /** Decodes a part of what a client sent. */
    public <T> T decode(JsonNode json, Class<T> type, String what) {
        if (type.isInstance(json)) {
            return type.cast(json);
        }
        try {
            return present(mapper.treeToValue(json, type), what);
        } catch (JacksonException e) {
            throw badRequest(e, what, type);
        }
    }

    /** Turns a text that a client sent, such as a path parameter, into another type. */
    public <T> T convert(String text, Class<T> type, String what) {
        if (type == String.class) {
            return type.cast(text);
        }
        try {
            return present(mapper.convertValue(text, type), what);
        } catch (JacksonException e) {
            throw new BadRequestException(what + " is no " + type.getSimpleName(), e);
        }
    }

    private static <T> T present(@Nullable T value, String what) {
        if (value == null) {
            throw new BadRequestException(what + " is null");
        }
        return value;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Problem problem ? problem.members() : value;
    }

    /** Says where the fault is and what was expected, but repeats nothing of what the client sent. */
    private static RuntimeException badRequest(JacksonException e, String what, Class<?> type) {
        RuntimeException closed = ClosedPackage.problem(e, type);
        if (closed != null) {
            return closed;
        }
        if (e instanceof StreamConstraintsException) {
            return new BadRequestException(
                    what + " goes beyond the limits for JSON: too deep, or too long a string", e);
        }
        TokenStreamLocation at = e.getLocation();
        String place =
                at == null || at.getLineNr() < 1 ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        boolean outOfRange = e instanceof InputCoercionException;
        if (e instanceof StreamReadException && !outOfRange) {
            return new BadRequestException(what + " is malformed JSON" + place, e);
        }
        if (outOfRange || (e instanceof DatabindException && !(e instanceof InvalidDefinitionException))) {
            String path = path(e.getPath());
            return new BadRequestException(
                    what + " does not have the expected form" + (path.isEmpty() ? "" : ": see '" + path + "'") + place,
                    e);
        }
        return e;
    }

    private static String path(List<JacksonException.Reference> references) {
        return references.stream()
                .map(r -> r.getPropertyName() == null ? "[" + r.getIndex() + "]" : r.getPropertyName())
                .collect(Collectors.joining("."));
    }
}
