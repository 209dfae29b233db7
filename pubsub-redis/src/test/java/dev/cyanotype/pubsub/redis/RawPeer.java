/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Talks to Redis in bytes, as a program in another language does: hears channels, and publishes. Thread-safe. */
final class RawPeer implements AutoCloseable {

    /** A message as it was heard. */
    record Heard(String channel, byte[] bytes) {

        String text() {
            return new String(bytes, UTF_8);
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Socket commands;
    private final InputStream replies;
    private final Socket subscription;
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

    private RawPeer(String host, int port, List<String> channels) throws IOException {
        this.commands = connect(host, port);
        this.replies = new BufferedInputStream(commands.getInputStream());
        this.subscription = connect(host, port);
        InputStream in = new BufferedInputStream(subscription.getInputStream());
        if (!channels.isEmpty()) {
            List<byte[]> words = new ArrayList<>(List.of("SUBSCRIBE".getBytes(UTF_8)));
            channels.forEach(channel -> words.add(channel.getBytes(UTF_8)));
            send(subscription, words);
            channels.forEach(channel -> read(in));
        }
        Thread reader = new Thread(() -> listen(in), "raw-peer");
        reader.setDaemon(true);
        reader.start();
    }

    /** Hears channels from when this returns. */
    static RawPeer on(String host, int port, String... channels) throws IOException {
        return new RawPeer(host, port, List.of(channels));
    }

    private static Socket connect(String host, int port) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
        return socket;
    }

    /** Publishes; how many subscribers there were. */
    long publish(String channel, byte[] message) {
        return (long) command("PUBLISH".getBytes(UTF_8), channel.getBytes(UTF_8), message);
    }

    long publish(String channel, String message) {
        return publish(channel, message.getBytes(UTF_8));
    }

    /** Sends any command; its reply, of Longs, byte arrays and lists. */
    synchronized Object command(byte[]... words) {
        try {
            send(commands, List.of(words));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return read(replies);
    }

    /** The next message on any of its channels. */
    Heard next() throws InterruptedException {
        Heard next = next(PATIENCE);
        if (next == null) {
            throw new AssertionError("nothing was heard within " + PATIENCE.toSeconds() + " s");
        }
        return next;
    }

    /** The next message, or null if there is none in this time. */
    @Nullable
    Heard next(Duration patience) throws InterruptedException {
        return heard.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void listen(InputStream in) {
        try {
            while (true) {
                List<?> message = (List<?>) read(in);
                heard.add(new Heard(new String((byte[]) message.get(1), UTF_8), (byte[]) message.get(2)));
            }
        } catch (RuntimeException e) {
            // The connection was closed.
        }
    }

    private static void send(Socket socket, List<byte[]> words) throws IOException {
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        command.writeBytes(("*" + words.size() + "\r\n").getBytes(UTF_8));
        for (byte[] word : words) {
            command.writeBytes(("$" + word.length + "\r\n").getBytes(UTF_8));
            command.writeBytes(word);
            command.writeBytes("\r\n".getBytes(UTF_8));
        }
        command.writeTo(socket.getOutputStream());
    }

    private static Object read(InputStream in) {
        try {
            int type = in.read();
            String line = line(in);
            switch (type) {
                case ':':
                    return Long.valueOf(line);
                case '$':
                    byte[] bytes = in.readNBytes(Math.max(0, Integer.parseInt(line)));
                    in.skipNBytes(line.equals("-1") ? 0 : 2);
                    return bytes;
                case '*':
                    List<Object> items = new ArrayList<>();
                    for (int i = 0; i < Integer.parseInt(line); i++) {
                        items.add(read(in));
                    }
                    return items;
                case '+':
                    return line;
                default:
                    throw new IllegalStateException((char) type + line);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.write(next);
        }
        in.skipNBytes(1);
        return line.toString(UTF_8);
    }

    @Override
    public void close() throws IOException {
        commands.close();
        subscription.close();
    }
}
