/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whom a message is for. */
sealed interface Target {

    /** What messages without a type are called where all have one; as in Daebus. */
    default String defaultType() {
        return "message";
    }

    /** All clients of the app's socket for messages. */
    record All() implements Target {

        @Override
        public String defaultType() {
            return "broadcast";
        }
    }

    /** All clients of a websocket with a path of its own. */
    record Endpoint(String name) implements Target {}

    /** The members of a room. */
    record InRoom(String name) implements Target {}

    /** Some clients. */
    record Clients(Set<String> ids) implements Target {}

    /** How replicas tell one another. */
    default ObjectNode encode() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (this instanceof All) {
            node.put("all", true);
        } else if (this instanceof Endpoint endpoint) {
            node.put("endpoint", endpoint.name);
        } else if (this instanceof InRoom room) {
            node.put("room", room.name);
        } else if (this instanceof Clients clients) {
            node.set("clients", strings(clients.ids));
        }
        return node;
    }

    /** What another replica has encoded; null if it is none. */
    static @Nullable Target decode(JsonNode node) {
        if (node.path("all").booleanValue(false)) {
            return new All();
        }
        if (node.path("endpoint").isString()) {
            return new Endpoint(node.path("endpoint").stringValue());
        }
        if (node.path("room").isString()) {
            return new InRoom(node.path("room").stringValue());
        }
        return node.path("clients").isArray() ? new Clients(set(node.path("clients"))) : null;
    }

    static JsonNode strings(Collection<String> all) {
        var array = JsonNodeFactory.instance.arrayNode();
        all.forEach(array::add);
        return array;
    }

    static Set<String> set(JsonNode array) {
        return Set.copyOf(array.valueStream().map(JsonNode::asString).toList());
    }
}
