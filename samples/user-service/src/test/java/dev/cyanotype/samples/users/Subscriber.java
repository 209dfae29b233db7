/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.users;

import dev.cyanotype.testkit.TestRedis;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A subscriber without a library, so that a test sees the bytes that a caller in another language gets. */
public final class Subscriber implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;
    private final InputStream input;

    public Subscriber(TestRedis redis, String channel) throws IOException {
        socket = new Socket(redis.host(), redis.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        input = new BufferedInputStream(socket.getInputStream());
        socket.getOutputStream().write(("SUBSCRIBE " + channel + "\r\n").getBytes(StandardCharsets.UTF_8));
        frame();
    }

    /** The next message, read as UTF-8. */
    public String next() throws IOException {
        return frame().get(2);
    }

    private List<String> frame() throws IOException {
        int parts = Integer.parseInt(line().substring(1));
        List<String> frame = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            String head = line();
            frame.add(head.startsWith("$") ? bulk(Integer.parseInt(head.substring(1))) : head);
        }
        return frame;
    }

    private String bulk(int length) throws IOException {
        String text = new String(input.readNBytes(length), StandardCharsets.UTF_8);
        line();
        return text;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new IOException("redis has closed the connection");
            }
            line.append((char) next);
        }
        return line.substring(0, line.length() - 1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
