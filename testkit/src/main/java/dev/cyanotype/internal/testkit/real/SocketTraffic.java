/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.real;

/**
 * What both sides of a websocket have sent and got. Messages, pings and pongs come in the order they are sent, so that counts say
 * what is on its way. Guarded by the activity's lock.
 */
final class SocketTraffic {

    private final Activity activity;
    private final String id;
    private final Activity.Token token;

    private boolean accepted;
    private boolean opened;

    /** The app has been told of the end. */
    private boolean appEnded;

    /** The client has seen the end. */
    private boolean clientEnded;

    private boolean reading = true;

    private long sentByClient;
    private long gotByApp;
    private boolean asked;
    private long pongsByClient;
    private long pongsSeen;

    /** Given to the transport, and not yet taken by the network. */
    private long sending;

    private long sentByApp;
    private long gotByClient;
    private long pingsByApp;
    private long pingsSeen;
    private boolean closing;

    /** A change of some of the counts. */
    interface Change {

        void apply(SocketTraffic traffic);
    }

    SocketTraffic(Activity activity, String id) {
        this.activity = activity;
        this.id = id;
        this.token = activity.expectWhile("what is on its way on websocket " + id, this::isUnderWay);
    }

    String id() {
        return id;
    }

    private void note(Change change) {
        synchronized (activity) {
            change.apply(this);
            if (clientEnded && (appEnded || !accepted)) {
                token.end();
            }
            activity.touch();
        }
    }

    private boolean isUnderWay() {
        if (!accepted) {
            return false;
        }
        if (appEnded || clientEnded) {
            // An app that has not asked for what comes before does not get to see the end.
            return clientEnded ? !appEnded && (gotByApp == sentByClient || asked) : reading;
        }
        boolean toApp = (gotByApp < sentByClient && asked) || (gotByApp == sentByClient && pongsSeen < pongsByClient);
        boolean toClient = sending > 0 || gotByClient < sentByApp || pingsSeen < pingsByApp || closing;
        return !opened || toApp || (reading && toClient);
    }

    // What the app's side does.

    void accepted() {
        note(traffic -> traffic.accepted = true);
    }

    void opened() {
        note(traffic -> traffic.opened = true);
    }

    void appAsks() {
        note(traffic -> traffic.asked = true);
    }

    void appGot() {
        note(traffic -> {
            traffic.gotByApp++;
            traffic.asked = false;
        });
    }

    void appSawPong() {
        note(traffic -> traffic.pongsSeen++);
    }

    void appSends() {
        note(traffic -> traffic.sending++);
    }

    void appSent(boolean success) {
        note(traffic -> {
            traffic.sending--;
            traffic.sentByApp += success ? 1 : 0;
        });
    }

    void appPings() {
        note(traffic -> traffic.pingsByApp++);
    }

    void appCloses() {
        note(traffic -> traffic.closing = true);
    }

    void appEnded() {
        note(traffic -> traffic.appEnded = true);
    }

    // What the client's side does.

    void clientSends() {
        note(traffic -> traffic.sentByClient++);
    }

    void clientPongs() {
        note(traffic -> {
            traffic.pingsSeen++;
            traffic.pongsByClient++;
        });
    }

    void clientGot() {
        note(traffic -> traffic.gotByClient++);
    }

    void clientReads(boolean reads) {
        note(traffic -> traffic.reading = reads);
    }

    void clientEnded() {
        note(traffic -> traffic.clientEnded = true);
    }
}
