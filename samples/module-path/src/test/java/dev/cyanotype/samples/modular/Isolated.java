/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.modular;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cyanotype.App;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Starts the service; made to be loaded by a class loader of its own, with nothing of the tests in sight. */
public final class Isolated implements Callable<String> {

    /** Calls a class that stands in another class loader, on this thread. */
    static String call(Class<?> type, @Nullable ClassLoader context) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(context);
        try {
            return (String) ((Callable<?>) type.getConstructor().newInstance()).call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** What it warns of, then where it can be reached or why it can't. */
    @Override
    public String call() {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.cyanotype.spi");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        String outcome;
        try (App app = App.named("greeter")
                .setting("http.port", "0")
                .register(Greeter.blueprint())
                .build()) {
            app.start();
            outcome = app.address("http").getScheme();
        } catch (RuntimeException e) {
            outcome = e.getMessage();
        }
        List<ILoggingEvent> events = List.copyOf(log.list);
        return events.stream()
                        .map(ILoggingEvent::getFormattedMessage)
                        .collect(Collectors.joining("\n", "", "\n"))
                        .stripLeading()
                + outcome;
    }
}
