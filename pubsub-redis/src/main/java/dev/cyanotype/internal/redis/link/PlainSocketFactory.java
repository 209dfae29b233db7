/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Makes sockets that a thread can wait at without a time limit, at the price of one system call for each read.
 *
 * <p>A socket that was ever read or connected with a limit stays in non-blocking mode, where each read that has to wait takes
 * three of them; that of a channel goes back.
 */
record PlainSocketFactory(HostAndPort node, int timeoutMillis) implements JedisSocketFactory {

    @Override
    public Socket createSocket() {
        JedisConnectionException failed = new JedisConnectionException("Failed to connect to " + node + ".");
        try {
            List<InetAddress> addresses = Arrays.asList(InetAddress.getAllByName(node.getHost()));
            Collections.shuffle(addresses);
            for (InetAddress address : addresses) {
                try {
                    return connect(new InetSocketAddress(address, node.getPort()));
                } catch (IOException e) {
                    failed.addSuppressed(e);
                }
            }
        } catch (IOException e) {
            failed.addSuppressed(e);
        }
        throw failed;
    }

    private Socket connect(InetSocketAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Socket socket = channel.socket();
            socket.connect(address, timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            return socket;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
