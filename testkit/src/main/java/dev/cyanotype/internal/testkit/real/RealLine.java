/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.real;

import dev.cyanotype.internal.testkit.socket.SocketClient;
import dev.cyanotype.internal.testkit.socket.SocketLine;
import dev.cyanotype.internal.testkit.wire.RawSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client's side of a websocket over TCP, with a thread that reads. Thread-safe. */
final class RealLine implements SocketLine {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.testkit");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How long the app has to answer a close frame. */
    private static final Duration CLOSING = Duration.ofSeconds(6);

    private static final int NO_CODE = 1005;
    private static final int BROKEN = 1006;

    private final RawSocket connection;
    private final SocketClient client;
    private final SocketTraffic traffic;
    private final Activity activity;
    private final Thread reader;

    /** Held by whoever writes a frame. */
    private final Object writing = new Object();

    private boolean paused;

    /** Nobody wants to see what still comes. */
    private boolean discarding;

    /** How the client has closed it; null if it has not. */
    private @Nullable Integer code;

    private String reason = "";

    RealLine(RawSocket connection, SocketClient client, SocketTraffic traffic, Activity activity) {
        this.connection = connection;
        this.client = client;
        this.traffic = traffic;
        this.activity = activity;
        this.reader = new Thread(this::read, "test-websocket-" + traffic.id());
        reader.setDaemon(true);
    }

    @Override
    public void open() {
        reader.start();
        activity.settle();
    }

    @Override
    public void text(String message) {
        send(RawSocket.TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void binary(byte[] message) {
        send(RawSocket.BINARY, message);
    }

    private void send(int opCode, byte[] payload) {
        traffic.clientSends();
        write(opCode, payload);
        activity.settle();
    }

    /** What can't be written is lost, and the thread that reads will find out why. */
    private void write(int opCode, byte[] payload) {
        try {
            synchronized (writing) {
                connection.frame(RawSocket.FIN | opCode, payload);
            }
        } catch (IOException e) {
            LOG.debug("a frame to the app could not be sent", e);
        }
    }

    @Override
    public void pause() {
        synchronized (this) {
            paused = true;
        }
        traffic.clientReads(false);
    }

    @Override
    public void resume() {
        synchronized (this) {
            paused = false;
            notifyAll();
        }
        traffic.clientReads(true);
        activity.settle();
    }

    @Override
    public void close(int closeCode, String closeReason) {
        if (!client.isOpen()) {
            return;
        }
        byte[] text = closeReason.getBytes(StandardCharsets.UTF_8);
        synchronized (this) {
            if (code != null) {
                return;
            }
            code = closeCode;
            reason = closeReason;
            discarding = true;
            paused = false;
            notifyAll();
        }
        traffic.clientReads(true);
        write(
                RawSocket.CLOSE,
                ByteBuffer.allocate(2 + text.length)
                        .putShort((short) closeCode)
                        .put(text)
                        .array());
        await();
        activity.settle();
    }

    /** Waits for the end, which is the app's to confirm. */
    private void await() {
        try {
            reader.join(CLOSING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cut();
    }

    @Override
    public void vanish() {
        cut();
        client.ended(BROKEN, "");
        traffic.clientEnded();
        activity.settle();
    }

    /** The app has ended, and so does this. */
    void end() {
        cut();
        try {
            reader.join(CLOSING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void cut() {
        synchronized (this) {
            discarding = true;
            paused = false;
            notifyAll();
        }
        try {
            connection.reset();
        } catch (IOException e) {
            LOG.debug("a connection to the app could not be closed", e);
        }
    }

    private void read() {
        try {
            ByteArrayOutputStream parts = new ByteArrayOutputStream();
            boolean text = true;
            boolean over = false;
            while (!over) {
                awaitResumed();
                RawSocket.Frame frame = connection.read();
                awaitResumed();
                switch (frame.opCode()) {
                    case RawSocket.PING -> pinged(frame);
                    case RawSocket.PONG -> {}
                    case RawSocket.CLOSE -> {
                        closed(frame);
                        over = true;
                    }
                    default -> {
                        text = frame.opCode() == RawSocket.CONTINUATION ? text : frame.opCode() == RawSocket.TEXT;
                        parts.writeBytes(frame.payload());
                        if (frame.isFin()) {
                            got(text, parts.toByteArray());
                            parts.reset();
                        }
                    }
                }
            }
            // The server ends the connection, and first whatever else there is to end.
            connection.isEnded();
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("a websocket has ended", e);
        } finally {
            ended(BROKEN, "");
            cut();
        }
    }

    private synchronized void awaitResumed() {
        boolean interrupted = false;
        while (paused) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isDiscarding() {
        return discarding;
    }

    private void got(boolean text, byte[] message) {
        if (!isDiscarding()) {
            client.received(text, message);
        }
        traffic.clientGot();
    }

    private void pinged(RawSocket.Frame ping) {
        client.pinged();
        traffic.clientPongs();
        write(RawSocket.PONG, ping.payload());
    }

    private void closed(RawSocket.Frame frame) {
        byte[] payload = frame.payload();
        int theirs = payload.length < 2 ? NO_CODE : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        String text = payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        Integer ours;
        synchronized (this) {
            ours = code;
        }
        if (ours == null) {
            write(RawSocket.CLOSE, payload);
            ended(theirs, text);
        } else {
            // Who closes is answered with the same code, or told what was wrong with it.
            ended(theirs == NO_CODE ? ours : theirs, theirs == ours ? reason : text);
        }
    }

    private void ended(int endCode, String endReason) {
        client.ended(endCode, endReason);
        traffic.clientEnded();
    }

    @Override
    public void settle() {
        activity.settle();
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }
}
