/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.internal.socket.Client;
import dev.cyanotype.internal.socket.Conversation;
import dev.cyanotype.internal.socket.Frames;
import dev.cyanotype.message.Action;
import dev.cyanotype.message.CallTimeoutException;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.message.TooManyCallsException;
import dev.cyanotype.socket.GatewayOptions;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.CorrelationId;
import dev.cyanotype.spi.SocketFrame;
import dev.cyanotype.spi.Subscription;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The dialect of Daebus's JavaScript client: actions and channels, here or on the app's bus, as far as they are allowed.
 * Thread-safe.
 */
final class SocketGateway {

    private static final Set<String> TYPES = Set.of("publish", "subscribe", "unsubscribe", "broadcast");

    /** What one client may have under way, and hear, at once. */
    private static final int MOST_PER_CLIENT = 256;

    private final AppRuntime runtime;
    private final JsonCodec json;
    private final MessageDispatch dispatch;
    private final GatewayOptions options;
    private final Map<String, Channel> channels = new ConcurrentHashMap<>();
    private final Map<Client, Visit> visits = new ConcurrentHashMap<>();

    /** What one client has. The set of channels belongs to the thread that handles the client's messages. */
    private static final class Visit {

        private final Set<String> channels = new LinkedHashSet<>();
        private int calls;

        synchronized boolean beginCall() {
            if (calls == MOST_PER_CLIENT) {
                return false;
            }
            calls++;
            return true;
        }

        synchronized void endCall() {
            calls--;
        }
    }

    SocketGateway(AppRuntime runtime, MessageDispatch dispatch) {
        this.runtime = runtime;
        this.json = runtime.json();
        this.dispatch = dispatch;
        this.options = runtime.sockets().options().gateway();
    }

    /** Whether a message is one of the dialect. */
    static boolean speaks(String type, JsonNode message) {
        return TYPES.contains(type) && message.path("channel").isString();
    }

    CompletableFuture<?> handle(Client client, String type, JsonNode message) {
        String channel = message.path("channel").stringValue();
        switch (type) {
            case "publish" -> publish(client, channel, message.path("data"));
            case "subscribe" -> subscribe(client, channel);
            case "unsubscribe" -> unsubscribe(client, channel);
            default -> broadcast(client, channel, message.get("data"));
        }
        return Conversation.DONE;
    }

    void closed(Client client) {
        Visit visit = visits.remove(client);
        if (visit != null) {
            visit.channels.forEach(channel -> leave(client, channel));
        }
    }

    // ---- calls

    private void publish(Client client, String service, JsonNode request) {
        JsonNode requestId = request.path("request_id");
        String action =
                request.path("action").isString() ? request.path("action").stringValue() : "";
        if (action.isEmpty()) {
            client.answer(failure(requestId, "No action provided"));
        } else if (!options.allowsCall(service, action)) {
            client.answer(failure(requestId, "Action '" + action + "' of '" + service + "' is not open to websockets"));
        } else {
            Visit visit = visits.computeIfAbsent(client, c -> new Visit());
            if (!visit.beginCall()) {
                client.answer(failure(requestId, "Too many calls at once"));
                return;
            }
            client.began();
            JsonNode payload = request.get("payload");
            call(client, service, action, payload == null ? JsonNodeFactory.instance.objectNode() : payload)
                    .handle((result, failure) -> {
                        visit.endCall();
                        client.answer(
                                failure == null
                                        ? success(requestId, result)
                                        : failure(requestId, text(service + "." + action, failure)));
                        client.ended();
                        return null;
                    });
        }
    }

    private CompletableFuture<JsonNode> call(Client client, String service, String action, JsonNode payload) {
        CompletableFuture<JsonNode> result = new CompletableFuture<>();
        try {
            if (service.equals(runtime.name()) && runtime.assembly().action(action) != null) {
                runtime.sockets().executor().execute(() -> callHere(client, action, payload, result));
            } else {
                runtime.caller(
                                service,
                                null,
                                TraceParent.from(client.handshake().header("traceparent")))
                        .timeout(options.timeout())
                        .onProgress(progress -> progress(client, progress))
                        .callAsync(Action.named(action, JsonNode.class, JsonNode.class), payload)
                        .whenComplete((reply, failure) -> {
                            if (failure == null) {
                                result.complete(reply);
                            } else {
                                result.completeExceptionally(failure);
                            }
                        });
            }
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
        return result;
    }

    private void callHere(Client client, String action, JsonNode payload, CompletableFuture<JsonNode> result) {
        AppClock clock = runtime.clock();
        AppClock.Timeout timeout =
                clock.schedule(options.timeout(), () -> result.completeExceptionally(new TimeoutException()));
        result.whenComplete((reply, failure) -> timeout.cancel());
        ActionRequest request = ActionRequest.builder(action, payload)
                .deadline(clock.instant().plus(options.timeout()))
                .clock(clock)
                .cancelled(result::isDone)
                .progress(progress -> progress(client, progress))
                .build();
        dispatch.action(request).thenAccept(reply -> {
            if (reply.isError()) {
                result.completeExceptionally(
                        new Refused(reply.payload().path("error").asString("Unknown error")));
            } else {
                result.complete(reply.payload());
            }
        });
    }

    /** An error whose text is meant for the client. */
    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    /** It must not look like an answer, so it says nothing of which call it is of. */
    private void progress(Client client, JsonNode progress) {
        client.post(Frames.message(json, "progress", json.write(progress), null), null);
    }

    private String text(String what, Throwable thrown) {
        Throwable failure = Failures.unwrap(thrown);
        if (failure instanceof Refused || failure instanceof ErrorReplyException) {
            return String.valueOf(failure.getMessage());
        }
        if (failure instanceof CallTimeoutException || failure instanceof TimeoutException) {
            return "Request to " + what + " timed out";
        }
        if (failure instanceof NoResponderException) {
            return "Nobody answers " + what;
        }
        if (failure instanceof TooManyCallsException) {
            return "Too many calls at once";
        }
        return unexpected("a call of " + what + " for a websocket", failure);
    }

    private static String unexpected(String what, Throwable failure) {
        String correlationId = CorrelationId.from(null);
        Failures.report(what, correlationId, failure);
        return "Internal error (correlation id " + correlationId + ")";
    }

    private SocketFrame success(JsonNode requestId, JsonNode result) {
        ObjectNode frame = response(requestId).put("success", true);
        frame.set("data", result);
        return SocketFrame.text(json.write(frame));
    }

    private SocketFrame failure(JsonNode requestId, String text) {
        return SocketFrame.text(
                json.write(response(requestId).put("success", false).put("error", text)));
    }

    private static ObjectNode response(JsonNode requestId) {
        ObjectNode frame = JsonNodeFactory.instance.objectNode().put("type", "response");
        frame.set("request_id", requestId.isMissingNode() ? NullNode.getInstance() : requestId);
        return frame;
    }

    // ---- channels

    private void broadcast(Client client, String channel, @Nullable JsonNode data) {
        if (!options.allowsBroadcast(channel)) {
            refuse(client, "Channel '" + channel + "' is not open to broadcasts of websockets");
        } else if (data == null || !data.isObject()) {
            refuse(client, "A broadcast has to be a JSON object");
        } else {
            try {
                runtime.broadcast(channel, data);
            } catch (RuntimeException e) {
                refuse(client, unexpected("a broadcast on '" + channel + "' for a websocket", e));
            }
        }
    }

    private void subscribe(Client client, String channel) {
        if (!options.allowsSubscribe(channel)) {
            refuse(client, "Channel '" + channel + "' is not open to websockets");
            return;
        }
        Visit visit = visits.computeIfAbsent(client, c -> new Visit());
        if (visit.channels.contains(channel)) {
            return;
        }
        if (visit.channels.size() == MOST_PER_CLIENT) {
            refuse(client, "Too many channels at once");
            return;
        }
        try {
            boolean joined = false;
            while (!joined) {
                joined = channels.computeIfAbsent(channel, Channel::new).join(client);
            }
            visit.channels.add(channel);
        } catch (RuntimeException e) {
            refuse(client, unexpected("a subscription of '" + channel + "' for a websocket", e));
        }
    }

    private void unsubscribe(Client client, String channel) {
        Visit visit = visits.get(client);
        if (visit != null && visit.channels.remove(channel)) {
            leave(client, channel);
        }
    }

    private void leave(Client client, String channel) {
        Channel left = channels.get(channel);
        if (left != null) {
            left.leave(client);
        }
    }

    private void refuse(Client client, String text) {
        client.answer(Frames.error(json, text, null));
    }

    /** A channel that clients hear, subscribed once for all of them. */
    private final class Channel {

        private final String name;
        private final Set<Client> members = ConcurrentHashMap.newKeySet();
        private @Nullable Subscription subscription;
        private boolean ended;

        Channel(String name) {
            this.name = name;
        }

        /** Adds a client; false if this channel has ended, and another has to be made. */
        synchronized boolean join(Client client) {
            if (ended) {
                return false;
            }
            members.add(client);
            if (subscription == null) {
                try {
                    subscription = runtime.bus().subscribe(name, this::hear);
                } catch (RuntimeException e) {
                    leave(client);
                    throw e;
                }
            }
            return true;
        }

        synchronized void leave(Client client) {
            members.remove(client);
            if (members.isEmpty() && !ended) {
                ended = true;
                channels.remove(name, this);
                if (subscription != null) {
                    subscription.close();
                }
            }
        }

        private void hear(JsonNode message) {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.put("type", "channel_message").put("channel", name).set("data", message);
            SocketFrame frame = SocketFrame.text(json.write(document));
            members.forEach(member -> member.post(frame, null));
        }
    }
}
