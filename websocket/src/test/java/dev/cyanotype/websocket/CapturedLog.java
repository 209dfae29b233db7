/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Everything that the library logs while this is open, down to DEBUG, and what others do as usual; not on the console. */
final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger own = (Logger) LoggerFactory.getLogger("dev.cyanotype");
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Appender<ILoggingEvent> console = root.getAppender("console");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    CapturedLog() {
        setContext(root.getLoggerContext());
        start();
        own.setLevel(Level.DEBUG);
        root.detachAppender(console);
        root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        String thrown = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        lines.add(event.getLevel() + " " + event.getFormattedMessage() + (thrown.isEmpty() ? "" : "\n" + thrown));
    }

    /** Level, text and stack trace of each event. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** The lines that start so. */
    List<String> lines(String start) {
        return lines.stream().filter(line -> line.startsWith(start)).toList();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        root.addAppender(console);
        own.setLevel(null);
    }
}
