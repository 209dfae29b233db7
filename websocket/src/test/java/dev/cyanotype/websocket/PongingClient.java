/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/** A process with a client of Java, which answers pings and says nothing. Its argument is the address. */
final class PongingClient implements WebSocket.Listener {

    private final CountDownLatch closed = new CountDownLatch(1);

    private PongingClient() {}

    public static void main(String[] args) throws Exception {
        PongingClient client = new PongingClient();
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(args[0].replace("http:", "ws:")), client)
                .join();
        System.out.println("open");
        Thread ear = new Thread(() -> {
            try {
                System.in.readAllBytes();
            } catch (java.io.IOException e) {
                // The same to us.
            }
            Runtime.getRuntime().halt(1);
        });
        ear.setDaemon(true);
        ear.start();
        client.closed.await();
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        end(code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        end(error.toString());
    }

    private void end(String how) {
        System.out.println("closed " + how);
        closed.countDown();
    }
}
