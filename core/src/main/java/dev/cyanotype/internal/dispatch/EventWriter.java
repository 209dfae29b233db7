/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.exchange.EventStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes server-sent events as the HTML standard, section 9.2.6, has them. */
final class EventWriter implements EventStream {

    private final OutputStream out;
    private final AppRuntime runtime;
    private final @Nullable String lastEventId;

    private EventWriter(OutputStream out, AppRuntime runtime, @Nullable String lastEventId) {
        this.out = out;
        this.runtime = runtime;
        this.lastEventId = lastEventId;
    }

    /** The end of a stream that has none, because its app stops: clients come again, to another replica. */
    private static final class StoppingException extends IOException {

        private static final long serialVersionUID = 1L;

        StoppingException() {
            super("the app stops, and with it this stream of events");
        }
    }

    /** Sends the events of a source until it ends, or the app stops. */
    static void write(EventStream.Source source, OutputStream out, AppRuntime runtime, @Nullable String lastEventId)
            throws Exception {
        try {
            source.sendTo(new EventWriter(out, runtime, lastEventId));
        } catch (StoppingException e) {
            // What was sent is whole, and so is the response.
        }
    }

    @Override
    public void send(@Nullable String event, Object data, @Nullable String id) throws IOException {
        StringBuilder text = new StringBuilder();
        if (id != null) {
            text.append("id: ").append(oneLine("id", id)).append('\n');
        }
        if (event != null) {
            text.append("event: ").append(oneLine("event", event)).append('\n');
        }
        lines(
                text,
                "data: ",
                data instanceof CharSequence chars
                        ? chars.toString()
                        : runtime.json().encodeText(data));
        write(text);
    }

    @Override
    public void comment(String comment) throws IOException {
        StringBuilder text = new StringBuilder();
        lines(text, ": ", comment);
        write(text);
    }

    @Override
    public void retry(Duration delay) throws IOException {
        if (delay.toMillis() < 1) {
            throw new IllegalArgumentException("retry: " + delay + " (expected: 1 ms or more)");
        }
        write(new StringBuilder("retry: ").append(delay.toMillis()).append('\n'));
    }

    @Override
    public @Nullable String lastEventId() {
        return lastEventId;
    }

    private static void lines(StringBuilder text, String field, String value) {
        for (String line : value.split("\r\n|\r|\n", -1)) {
            text.append(field).append(line).append('\n');
        }
    }

    private static String oneLine(String field, String value) {
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(field + " of an event has a line break or a NUL (expected: one line)");
        }
        return value;
    }

    private void write(StringBuilder text) throws IOException {
        byte[] bytes = text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        if (runtime.traffic().isRefusing()) {
            throw new StoppingException();
        }
        synchronized (this) {
            out.write(bytes);
            out.flush();
        }
    }
}
