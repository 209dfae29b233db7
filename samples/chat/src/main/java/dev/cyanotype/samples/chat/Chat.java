/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.chat;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.BadRequestException;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.socket.Presence;
import dev.cyanotype.socket.Room;
import dev.cyanotype.socket.Socket;
import dev.cyanotype.socket.SocketContext;
import dev.cyanotype.socket.SocketExchange;
import dev.cyanotype.socket.Sockets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The chat: a page, and what it says over its websocket. */
public final class Chat {

    private static final int MAX_NAME = 30;
    private static final int MAX_TEXT = 1000;
    private static final Attribute<Member> MEMBER = Attribute.named("member", Member.class);

    private Chat() {}

    /** What a client sends to enter a room, and to leave the one it is in. */
    public record Join(@Nullable String room, @Nullable String name) {}

    /** What a client sends to be heard in its room. */
    public record Say(@Nullable String text) {}

    /** Somebody in a room; the id tells people of one name apart. */
    public record Person(String id, String name) {}

    /** All who are in a room, on all replicas. */
    public record People(String room, List<Person> people) {}

    /** What the client is that has entered. */
    public record Joined(String id, String name, String room, List<Person> people) {}

    /** What somebody has said. */
    public record Said(Person from, String text) {}

    /** Where a client is, and as whom. */
    private record Member(String room, Person person) {}

    /** The blueprint. */
    public static Blueprint blueprint() {
        return Blueprint.named("chat")
                .files("/", "classpath:/chat", f -> f.name("page"))
                .after((ctx, response) -> response.header("Content-Security-Policy", "default-src 'self'"))
                .socket("join", Join.class, Chat::join)
                .socket("say", Say.class, Chat::say)
                .socket("leave", Chat::leave)
                .socketDisconnect((ctx, status) -> leave(ctx))
                // A replica that has died can't say who is gone with it.
                .background("people", Duration.ofSeconds(10), ctx -> tellPeople(Sockets.of(ctx)))
                .error(
                        MessagingException.class,
                        (ctx, e) -> Response.of(503, Map.of("error", "Not everybody can be reached at the moment")))
                .build();
    }

    private static Joined join(Join join, SocketContext ctx) {
        String name = checked("name", join.name(), MAX_NAME);
        String room = checked("room", join.room(), MAX_NAME);
        leave(ctx);
        Person person = new Person(ctx.clientId(), name);
        ctx.socket().attribute(MEMBER, new Member(room, person));
        ctx.socket().join(room, Map.of("name", name));
        ctx.sockets().room(room).except(person.id()).send("joined", person);
        return new Joined(person.id(), name, room, people(ctx.sockets().room(room)));
    }

    private static @Nullable Object say(Say say, SocketContext ctx) {
        String text = checked("text", say.text(), MAX_TEXT);
        Member member = ctx.socket().attribute(MEMBER);
        if (member == null) {
            throw new HttpException(409, "You are in no room. Join one first.");
        }
        // To the one who says it as well: all of a room see the same.
        ctx.sockets().room(member.room()).send("said", new Said(member.person(), text));
        return null;
    }

    /** Also when the client has gone, and is in no room any more. */
    private static @Nullable Object leave(SocketExchange ctx) {
        Socket socket = ctx.socket();
        Member member = socket.attribute(MEMBER);
        if (member != null) {
            socket.attribute(MEMBER, null);
            socket.leave(member.room());
            ctx.sockets().room(member.room()).send("left", member.person());
        }
        return null;
    }

    /** Tells the clients of this replica, room by room. */
    private static void tellPeople(Sockets sockets) {
        sockets.clients().stream()
                .flatMap(client -> client.rooms().stream())
                .distinct()
                .map(sockets::room)
                .forEach(room -> sockets.to(room.members()).send("people", new People(room.name(), people(room))));
    }

    private static List<Person> people(Room room) {
        return room.presence().stream()
                .map(Chat::person)
                .sorted(Comparator.comparing(Person::name).thenComparing(Person::id))
                .toList();
    }

    private static Person person(Presence presence) {
        JsonNode about = presence.about();
        return new Person(
                presence.clientId(), about == null ? "" : about.path("name").stringValue(""));
    }

    private static String checked(String what, @Nullable String value, int max) {
        String text = value == null ? "" : value.strip();
        int length = text.codePointCount(0, text.length());
        if (length == 0 || length > max) {
            throw new BadRequestException(
                    "The " + what + " has " + length + " characters (expected: 1 to " + max + ").");
        }
        return text;
    }
}
