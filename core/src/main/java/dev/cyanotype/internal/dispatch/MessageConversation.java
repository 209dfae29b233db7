/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.PayloadTooLargeException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.internal.assembly.Level;
import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.internal.assembly.SocketHooks.SocketHook;
import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.internal.socket.Client;
import dev.cyanotype.internal.socket.Conversation;
import dev.cyanotype.internal.socket.Frames;
import dev.cyanotype.socket.CloseStatus;
import dev.cyanotype.socket.ConnectHook;
import dev.cyanotype.socket.DisconnectHook;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.SocketFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What happens on the app's socket for messages: Daebus's {@code {"type","data"}}, and the dialect of its JavaScript client. */
final class MessageConversation implements Conversation {

    /** How much of an unknown type is repeated to the client. */
    private static final int SHOWN_TYPE_LENGTH = 100;

    private final AppRuntime runtime;
    private final Traffic.Count frames;
    private final JsonCodec json;
    private final MessageDispatch dispatch;
    private final SocketGateway gateway;

    MessageConversation(AppRuntime runtime, MessageDispatch dispatch) {
        this.frames = runtime.traffic().frames;
        this.runtime = runtime;
        this.json = runtime.json();
        this.dispatch = dispatch;
        this.gateway = new SocketGateway(runtime, dispatch);
    }

    @Override
    public boolean isEnveloped() {
        return true;
    }

    @Override
    public @Nullable String name() {
        return null;
    }

    // ---- coming and going

    /**
     * Runs the connect hooks.
     *
     * @return null if all let the client in, or one wants it closed with a code, which the client then knows; else what it is
     *     refused with
     */
    CompletableFuture<@Nullable Response> connect(Client client) {
        return connect(client, runtime.assembly().socketHooks().connect(), 0, new ArrayList<>());
    }

    private CompletableFuture<@Nullable Response> connect(
            Client client, List<SocketHook<ConnectHook>> hooks, int from, List<SocketFrame> first) {
        for (int i = from; i < hooks.size(); i++) {
            SocketHook<ConnectHook> hook = hooks.get(i);
            AppSocketExchange exchange = exchange(client, hook.level());
            CompletableFuture<Response> result = dispatch.runHook(
                    exchange, hook.level().chain().errors(), () -> hook.hook().connected(exchange));
            int next = i + 1;
            if (!result.isDone()) {
                return result.thenCompose(response -> {
                    Response refusal = connected(exchange, response, first);
                    return refusal == null && !client.isRefused()
                            ? connect(client, hooks, next, first)
                            : CompletableFuture.completedFuture(refusal);
                });
            }
            Response refusal = connected(exchange, result.join(), first);
            if (refusal != null || client.isRefused()) {
                return CompletableFuture.completedFuture(refusal);
            }
        }
        client.welcome(first);
        return CompletableFuture.completedFuture(null);
    }

    /** Keeps what the client is to get; returns what it is refused with. */
    private @Nullable Response connected(AppSocketExchange exchange, Response response, List<SocketFrame> first) {
        if (response.status() >= 400) {
            return response;
        }
        SocketFrame frame = frame(exchange, response, null);
        if (frame != null) {
            first.add(frame);
        }
        return null;
    }

    @Override
    public CompletableFuture<?> opened(Client client) {
        return DONE;
    }

    @Override
    public CompletableFuture<?> closed(Client client, CloseStatus status) {
        gateway.closed(client);
        List<SocketHook<DisconnectHook>> hooks =
                runtime.assembly().socketHooks().disconnect();
        CompletableFuture<?> all = DONE;
        for (int i = hooks.size() - 1; i >= 0; i--) {
            SocketHook<DisconnectHook> hook = hooks.get(i);
            AppSocketExchange exchange = exchange(client, hook.level());
            Supplier<CompletableFuture<Response>> run =
                    () -> dispatch.runHook(exchange, hook.level().chain().errors(), () -> {
                        hook.hook().disconnected(exchange, status);
                        return null;
                    });
            all = all.isDone() ? run.get() : all.thenCompose(before -> run.get());
        }
        return all;
    }

    private AppSocketExchange exchange(Client client, Level level) {
        return new AppSocketExchange(runtime, level, "(websocket)", level.attributes(), client);
    }

    // ---- messages

    @Override
    public CompletableFuture<?> text(Client client, String message) {
        return frames.until(() -> message(client, () -> json.read(message)));
    }

    /** As in Daebus, the kind of frame makes no difference. */
    @Override
    public CompletableFuture<?> binary(Client client, byte[] message) {
        return frames.until(() -> message(client, () -> json.read(message)));
    }

    @Override
    public void limited(Client client, long retryAfterSeconds) {
        client.answer(Frames.rateLimit(json, retryAfterSeconds));
    }

    private CompletableFuture<?> message(Client client, Supplier<JsonNode> read) {
        JsonNode message;
        try {
            message = read.get();
        } catch (PayloadTooLargeException e) {
            return error(client, "Message is too large", null);
        } catch (HttpException e) {
            return error(client, "Invalid JSON", null);
        }
        if (!message.isObject()) {
            return error(client, "Message is not a JSON object", null);
        }
        JsonNode given = message.get("id");
        JsonNode id = given == null || given.isContainer() || given.isNull() ? null : given;
        JsonNode typeNode = message.path("type");
        String type = typeNode.isValueNode() && !typeNode.isNull() ? typeNode.asString() : "";
        if (type.isEmpty()) {
            return error(client, "No message type provided", id);
        }
        Operation.Socket operation = runtime.assembly().socketMessage(type);
        if (operation != null) {
            JsonNode data = message.get("data");
            return handle(client, operation, data == null ? JsonNodeFactory.instance.objectNode() : data, id);
        }
        if (SocketGateway.speaks(type, message)) {
            return gateway.handle(client, type, message);
        }
        String shown = type.length() <= SHOWN_TYPE_LENGTH ? type : type.substring(0, SHOWN_TYPE_LENGTH) + "…";
        return error(client, "No handler found for message type '" + shown + "'", id);
    }

    private CompletableFuture<?> error(Client client, String text, @Nullable JsonNode id) {
        client.answer(Frames.error(json, text, id));
        return DONE;
    }

    private CompletableFuture<?> handle(
            Client client, Operation.Socket operation, JsonNode data, @Nullable JsonNode id) {
        SocketMessageExchange exchange = new SocketMessageExchange(runtime, operation, client, data, id);
        CompletableFuture<Response> result = dispatch.run(
                exchange, operation.chain(), () -> operation.spec().handler().handle(exchange));
        if (result.isDone()) {
            answer(exchange, result.join(), id);
            return DONE;
        }
        return result.thenAccept(response -> answer(exchange, response, id));
    }

    private void answer(AppSocketExchange exchange, Response response, @Nullable JsonNode id) {
        SocketFrame frame = frame(exchange, response, id);
        if (frame != null) {
            exchange.client().answer(frame);
        }
    }

    private @Nullable SocketFrame frame(AppSocketExchange exchange, Response response, @Nullable JsonNode id) {
        if (response.kind() == Response.Kind.EMPTY && response.status() < 400) {
            return null;
        }
        Reply reply = dispatch.reply(exchange, response);
        String type = reply.status() >= 400 ? "error" : "response";
        return Frames.message(json, type, json.write(reply.payload()), id);
    }
}
