/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * Where Redis is, and who asks.
 *
 * <p>The one place that reads URLs, and that writes them: without the password.
 *
 * @param user null if there is none
 * @param password null if there is none
 * @param nodes one or more, in the order they were written
 * @param database null if there is none
 * @param master what sentinels call the nodes they watch; null without sentinels
 */
record RedisUrl(
        Form form,
        boolean tls,
        @Nullable String user,
        @Nullable String password,
        Set<HostAndPort> nodes,
        @Nullable Integer database,
        @Nullable String master) {

    /** What is instead of a password. */
    static final String MASK = "***";

    /** How several nodes belong together. */
    enum Form {
        /** There is one. */
        SINGLE("redis", 6379),
        /** Sentinels tell which one it is. */
        SENTINEL("redis-sentinel", 26379),
        /** Each has a part of the keys. */
        CLUSTER("redis-cluster", 6379);

        private final String scheme;
        private final int port;

        Form(String scheme, int port) {
            this.scheme = scheme;
            this.port = port;
        }

        String scheme(boolean tls) {
            return tls ? "rediss" + scheme.substring("redis".length()) : scheme;
        }
    }

    /**
     * Reads a URL.
     *
     * @param where what it is called in messages
     * @throws IllegalArgumentException if it is none; the message repeats nothing that could be a password
     */
    static RedisUrl parse(String where, String text) {
        return new Reader(where, text.strip()).read();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(form.scheme(tls)).append("://");
        if (user != null || password != null) {
            text.append(user == null ? "" : user)
                    .append(password == null ? "" : ":" + MASK)
                    .append('@');
        }
        text.append(nodes.stream().map(RedisUrl::text).collect(Collectors.joining(",")));
        text.append(database == null ? "" : "/" + database);
        return text.append(master == null ? "" : "#" + master).toString();
    }

    private static String text(HostAndPort node) {
        return node.getHost().indexOf(':') < 0 ? node.toString() : "[" + node.getHost() + "]:" + node.getPort();
    }

    /** Reads from left to right, and knows the place for messages. */
    private static final class Reader {

        private final String where;
        private final String text;

        private Reader(String where, String text) {
            this.where = where;
            this.text = text;
        }

        private RedisUrl read() {
            int colon = text.indexOf("://");
            Form form = Form.SINGLE;
            boolean tls = false;
            boolean known = false;
            for (Form each : Form.values()) {
                for (boolean secure : new boolean[] {false, true}) {
                    if (colon > 0 && text.substring(0, colon).equalsIgnoreCase(each.scheme(secure))) {
                        form = each;
                        tls = secure;
                        known = true;
                    }
                }
            }
            if (!known) {
                throw wrong(
                        "no known scheme at its start",
                        "redis://host, also with rediss, redis-sentinel, "
                                + "rediss-sentinel, redis-cluster or rediss-cluster");
            }
            int begin = colon + 3;
            int end = begin;
            while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            int at = text.lastIndexOf('@');
            if (at > end) {
                throw wrong(
                        "'%s' at character %d, before the '@'".formatted(text.charAt(end), end + 1),
                        "%2F for '/', %3F for '?' and %23 for '#' in a user or password");
            }
            String user = null;
            String password = null;
            if (at >= begin) {
                int split = text.indexOf(':', begin);
                if (split < 0 || split > at) {
                    throw wrong("no ':' before the '@'", "user:password@ or :password@");
                }
                user = decoded(begin, split, "user");
                password = decoded(split + 1, at, "password");
                if (user != null && user.chars().anyMatch(Character::isISOControl)) {
                    throw wrong("a control character in the user", "printable characters");
                }
                if (user != null && password == null) {
                    throw wrong("no password before the '@' at character " + (at + 1), "user:password@");
                }
                begin = at + 1;
            }
            Set<HostAndPort> nodes = nodes(form, begin, end);
            int hash = text.indexOf('#', end);
            int pathEnd = hash < 0 ? text.length() : hash;
            if (text.indexOf('?') >= 0) {
                throw wrong(
                        "a '?' at character " + (text.indexOf('?') + 1),
                        "no parameters; RedisOptions and settings have what goes beyond a URL");
            }
            Integer database = database(form, end, pathEnd);
            return new RedisUrl(form, tls, user, password, nodes, database, master(form, hash));
        }

        private @Nullable String decoded(int from, int to, String what) {
            if (from == to) {
                return null;
            }
            ByteBuffer bytes = ByteBuffer.allocate(3 * (to - from));
            for (int i = from; i < to; ) {
                if (text.charAt(i) != '%') {
                    int next = text.offsetByCodePoints(i, 1);
                    bytes.put(text.substring(i, next).getBytes(StandardCharsets.UTF_8));
                    i = next;
                    continue;
                }
                int value = i + 2 < to ? hex(text.charAt(i + 1)) * 16 + hex(text.charAt(i + 2)) : -1;
                if (value < 0) {
                    throw wrong("a '%' in the " + what + " without two hexadecimal digits", "%25 for '%'");
                }
                bytes.put((byte) value);
                i += 3;
            }
            try {
                return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
            } catch (CharacterCodingException e) {
                // Without this exception as the cause: its place would tell about the password.
                throw wrong("the " + what + " is no UTF-8", "its bytes in UTF-8, in percent form");
            }
        }

        /** Far below zero for what is no digit. */
        private static int hex(char c) {
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            return digit < 0 ? -1_000 : digit;
        }

        private Set<HostAndPort> nodes(Form form, int begin, int end) {
            Set<HostAndPort> nodes = new LinkedHashSet<>();
            List<Integer> starts = new ArrayList<>(List.of(begin));
            for (int i = begin; i < end; i++) {
                if (text.charAt(i) == ',') {
                    starts.add(i + 1);
                }
            }
            for (int i = 0; i < starts.size(); i++) {
                int last = i + 1 < starts.size() ? starts.get(i + 1) - 1 : end;
                nodes.add(node(form, starts.get(i), last));
            }
            if (form == Form.SINGLE && starts.size() > 1) {
                throw wrong(
                        "several hosts with this scheme",
                        "one host, or redis-sentinel:// or redis-cluster:// for several");
            }
            return nodes;
        }

        private HostAndPort node(Form form, int from, int to) {
            int colon = text.lastIndexOf(':', to - 1);
            String host;
            if (from < to && text.charAt(from) == '[') {
                int bracket = text.indexOf(']', from);
                if (bracket < 0 || bracket > to || (bracket + 1 < to && text.charAt(bracket + 1) != ':')) {
                    throw wrong("no ']' after the '[' at character " + (from + 1), "such as [::1]:6379");
                }
                host = text.substring(from + 1, bracket);
                colon = bracket + 1 < to ? bracket + 1 : -1;
                check(host, from + 1, "0123456789abcdefABCDEF:.");
            } else {
                colon = colon < from ? -1 : colon;
                if (colon > 0 && text.indexOf(':', from) < colon) {
                    throw wrong("several ':' after character " + from, "brackets around IPv6, such as [::1]:6379");
                }
                host = text.substring(from, colon < 0 ? to : colon);
                check(host, from, null);
            }
            return new HostAndPort(host, colon < 0 ? form.port : port(colon + 1, to));
        }

        private void check(String host, int from, @Nullable String allowed) {
            boolean good = !host.isEmpty()
                    && host.chars()
                            .allMatch(c -> allowed != null
                                    ? allowed.indexOf(c) >= 0
                                    : c < 128 && (Character.isLetterOrDigit(c) || "-._".indexOf(c) >= 0));
            if (!good) {
                throw wrong(
                        "no host at character " + (from + 1),
                        "a name or an address, such as localhost, 10.0.0.7 or [::1]");
            }
        }

        private int port(int from, int to) {
            int port = number(from, to, 65535);
            if (port < 1) {
                throw wrong("no port at character " + (from + 1), "1 to 65535");
            }
            return port;
        }

        /** The number, or -1 if it is none or too large. */
        private int number(int from, int to, int most) {
            if (from >= to || to - from > 9) {
                return -1;
            }
            int number = 0;
            for (int i = from; i < to; i++) {
                char c = text.charAt(i);
                if (c < '0' || c > '9') {
                    return -1;
                }
                number = number * 10 + c - '0';
            }
            return number > most ? -1 : number;
        }

        private @Nullable Integer database(Form form, int from, int to) {
            if (to - from <= 1) {
                return null;
            }
            int database = number(from + 1, to, RedisOptions.MOST_DATABASE);
            if (database < 0) {
                throw wrong(
                        "no database at character " + (from + 2), "a whole number, 0 to " + RedisOptions.MOST_DATABASE);
            }
            if (form == Form.CLUSTER && database > 0) {
                throw wrong("database " + database + " of a cluster", "none, because a cluster has only database 0");
            }
            return database;
        }

        private @Nullable String master(Form form, int hash) {
            String master = hash < 0 ? "" : text.substring(hash + 1);
            if (form != Form.SENTINEL && hash >= 0) {
                throw wrong("a '#' at character " + (hash + 1), "a master's name only with redis-sentinel://");
            }
            if (form == Form.SENTINEL && (master.isEmpty() || master.chars().anyMatch(c -> c <= ' ' || c > '~'))) {
                throw wrong("no name of the master at its end", "such as redis-sentinel://localhost:26379#mymaster");
            }
            return form == Form.SENTINEL ? master : null;
        }

        private IllegalArgumentException wrong(String what, String expected) {
            return new IllegalArgumentException("%s: %s (expected: %s)".formatted(where, what, expected));
        }
    }
}
