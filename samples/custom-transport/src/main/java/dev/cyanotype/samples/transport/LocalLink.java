/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import dev.cyanotype.spi.AbstractPeerBus;
import dev.cyanotype.spi.MessageJson;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A connection over a Unix domain socket: messages as JSON, each after its length in four bytes. */
record LocalLink(SocketChannel channel, MessageJson json) implements AbstractPeerBus.Link {

    /** Connects to a process; null if it is gone. */
    static @Nullable LocalLink to(Path socket, MessageJson json) {
        for (int tries = 1; tries < 1000 && Files.exists(socket); tries++) {
            try {
                return new LocalLink(SocketChannel.open(UnixDomainSocketAddress.of(socket)), json);
            } catch (ConnectException e) {
                // Its process was killed, and no socket is given the name of an earlier one.
                if (!Files.isRegularFile(socket)) {
                    socket.toFile().delete();
                }
                break;
            } catch (SocketException e) {
                // Where very many connect at once, a virtual thread is sent away, while another one would wait.
                LockSupport.parkNanos(1_000_000L * tries);
            } catch (IOException e) {
                break;
            }
        }
        return null;
    }

    @Override
    public synchronized void send(JsonNode message) {
        byte[] bytes = json.write(message);
        ByteBuffer frame = ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length);
        frame.put(bytes).flip();
        try {
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        } catch (IOException e) {
            // Then there is nothing to receive, either.
            close();
        }
    }

    @Override
    public JsonNode receive() throws IOException {
        return json.read(read(read(4).getInt()).array());
    }

    private ByteBuffer read(int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the other end has gone");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone all the same.
        }
    }
}
