/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sends one command at a time, each over a connection of its own, in version 2 of the Redis protocol. */
public final class RedisClient {

    private final String host;
    private final int port;
    private final List<List<String>> greeting = new ArrayList<>();

    /**
     * Of a URL such as {@code redis://user:password@host:6379/0}.
     *
     * @throws IllegalArgumentException if it is no such URL; the message does not show it, because of the password
     */
    public RedisClient(String url) {
        URI uri = uri(url);
        host = uri.getHost();
        port = uri.getPort() == -1 ? 6379 : uri.getPort();
        String login = uri.getRawUserInfo();
        if (login != null) {
            int colon = login.indexOf(':');
            String user = decode(login.substring(0, Math.max(colon, 0)));
            String password = decode(login.substring(colon + 1));
            greeting.add(user.isEmpty() ? List.of("AUTH", password) : List.of("AUTH", user, password));
        }
        String database = uri.getPath();
        if (database != null && database.length() > 1) {
            greeting.add(List.of("SELECT", database.substring(1)));
        }
    }

    private static URI uri(String url) {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null && "redis".equals(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Without this exception as the cause: it shows the URL.
        }
        throw new IllegalArgumentException(
                "not the URL of a Redis without TLS (expected: e.g. 'redis://localhost:6379')");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    /**
     * Sends one command.
     *
     * @param patience how long to wait for the connection, and for each part of the reply
     * @return the reply as text
     * @throws IllegalStateException if the reply is an error
     * @throws IOException if there is no reply
     */
    public String call(Duration patience, List<String> words) throws IOException {
        int millis = (int) patience.toMillis();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), millis);
            socket.setSoTimeout(millis);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (List<String> command : greeting) {
                exchange(socket, in, command);
            }
            return exchange(socket, in, words);
        }
    }

    private static String exchange(Socket socket, InputStream in, List<String> words) throws IOException {
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        write(command, "*" + words.size() + "\r\n");
        for (String word : words) {
            write(command, "$" + word.getBytes(StandardCharsets.UTF_8).length + "\r\n");
            write(command, word + "\r\n");
        }
        command.writeTo(socket.getOutputStream());
        int type = in.read();
        String text = reply(type, in);
        if (type == '-') {
            throw new IllegalStateException("command '%s': %s".formatted(words.get(0), text));
        }
        return text;
    }

    private static void write(ByteArrayOutputStream command, String text) {
        command.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String reply(int type, InputStream in) throws IOException {
        if (type == -1) {
            throw new EOFException("the connection was closed before the reply");
        }
        String line = line(in);
        return switch (type) {
            case '+', '-', ':' -> line;
            case '$' -> bulk(Integer.parseInt(line), in);
            case '*' -> array(Integer.parseInt(line), in);
            default -> throw new IOException("a reply starts with '%c', which is not Redis".formatted(type));
        };
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next == -1) {
                throw new EOFException("the connection was closed within the reply");
            }
            line.write(next);
        }
        in.skipNBytes(1);
        return line.toString(StandardCharsets.UTF_8);
    }

    private static String bulk(int length, InputStream in) throws IOException {
        if (length == -1) {
            return "";
        }
        String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        in.skipNBytes(2);
        return text;
    }

    private static String array(int size, InputStream in) throws IOException {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            items.add(reply(in.read(), in));
        }
        return String.join("\n", items);
    }
}
