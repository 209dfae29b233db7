/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between clients and a server, and can swallow what they send, as a network does that has lost its way: connections
 * stay open, and nothing comes through. Thread-safe.
 */
final class TcpProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final String host;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean swallows;

    private TcpProxy(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        begin(this::accept);
    }

    static TcpProxy before(String host, int port) throws IOException {
        return new TcpProxy(host, port);
    }

    int port() {
        return listening.getLocalPort();
    }

    String url() {
        return "redis://127.0.0.1:" + port();
    }

    /** From now on nothing comes through any connection, those that are made later included. */
    void swallow(boolean on) {
        swallows = on;
    }

    /** Ends all connections. */
    void cut() {
        open.forEach(TcpProxy::close);
    }

    private static void begin(Runnable task) {
        Thread thread = new Thread(task, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                open.add(client);
                Socket server = new Socket(host, port);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(server);
                begin(() -> pump(client, server));
                begin(() -> pump(server, client));
            } catch (IOException e) {
                // The server is down, or the proxy is closed.
            }
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!swallows) {
                    out.write(buffer, 0, count);
                }
            }
        } catch (IOException e) {
            // One side has gone, so the other one is closed.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Then it is closed already.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
