/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import dev.cyanotype.internal.testkit.wire.RawSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A process with very many clients, which say nothing. Its arguments are the port, the path, and how many there are. */
final class Crowd {

    private static final int AT_ONCE = 40;
    private static final int OF_ONE_ADDRESS = 1000;

    /** What one client has got: what ends the handshake first, then bytes of frames. */
    private static final class Visitor {

        private int newLines;
        private int frameBytes;
    }

    private final InetSocketAddress address;
    private final byte[] handshake;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    private final List<SocketChannel> channels = new ArrayList<>();
    private int open;
    private int lost;

    private Crowd(int port, String path) throws IOException {
        address = new InetSocketAddress("127.0.0.1", port);
        handshake = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + RawSocket.KEY + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    public static void main(String[] args) throws Exception {
        Crowd crowd = new Crowd(Integer.parseInt(args[0]), args[1]);
        crowd.come(Integer.parseInt(args[2]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            // How many bytes of frames everyone is to get.
            crowd.hear(Integer.parseInt(line));
            System.out.println("= " + crowd.open + " of " + crowd.channels.size() + ", lost " + crowd.lost);
        }
        Runtime.getRuntime().halt(1);
    }

    private void come(int number) throws IOException {
        while (open < number && lost == 0) {
            while (channels.size() < number && channels.size() < open + AT_ONCE) {
                SocketChannel channel = SocketChannel.open();
                // There are not enough ports of one address for all that is tested at a time.
                channel.bind(new InetSocketAddress("127.0.0." + (2 + channels.size() / OF_ONE_ADDRESS), 0));
                channel.connect(address);
                channel.write(ByteBuffer.wrap(handshake));
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, new Visitor());
                channels.add(channel);
            }
            read(1000);
        }
    }

    private void hear(int bytes) throws IOException {
        open = 0;
        for (SelectionKey key : selector.keys()) {
            if (((Visitor) key.attachment()).frameBytes >= bytes) {
                open++;
            }
        }
        long end = System.nanoTime() + 30_000_000_000L;
        while (open + lost < channels.size() && System.nanoTime() < end) {
            read(100);
            open = 0;
            for (SelectionKey key : selector.keys()) {
                open += key.isValid() && ((Visitor) key.attachment()).frameBytes >= bytes ? 1 : 0;
            }
        }
    }

    private void read(int millis) throws IOException {
        selector.select(millis);
        for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
            SelectionKey key = keys.next();
            keys.remove();
            Visitor visitor = (Visitor) key.attachment();
            int length = ((SocketChannel) key.channel()).read(buffer.clear());
            if (length < 0) {
                lost++;
                key.cancel();
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                byte next = buffer.get();
                if (visitor.newLines == 4) {
                    visitor.frameBytes++;
                } else {
                    visitor.newLines = next == '\r' || next == '\n' ? visitor.newLines + 1 : 0;
                    open += visitor.newLines == 4 ? 1 : 0;
                }
            }
        }
    }
}
