/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops apps in order when the process is told to end.
 *
 * <p>The JVM's own answer to SIGTERM and SIGINT runs shutdown hooks and exits with 143 or 130, so it can't say that all went
 * well. Where the JVM lets signals be handled, the first one stops all running apps and exits with 0, a second one cuts that
 * short, and a third one ends the process at once. Elsewhere, and when the process ends otherwise, a shutdown hook stops them.
 */
public final class Signals {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype");

    private static final List<String> NAMES = List.of("TERM", "INT");

    /** What 128 is added to for the exit code of a process that a signal has ended. */
    private static final Map<String, Integer> NUMBERS = Map.of("TERM", 15, "INT", 2);

    private static final Set<AppLifecycle> RUNNING = new LinkedHashSet<>();

    /** Those that had their time to stop when a signal came: also if it was not enough, they get it once. */
    private static final Set<AppLifecycle> TOLD = ConcurrentHashMap.newKeySet();

    /** What handled the signals before. */
    private static final Map<String, Object> BEFORE = new HashMap<>();

    private static final AtomicInteger RECEIVED = new AtomicInteger();

    private Signals() {}

    /** Has an app stopped when the process is told to end, for as long as something is done. */
    public static void during(AppLifecycle app, Runnable work) {
        Thread hook = new Thread(() -> stopOnce(app), "cyanotype-" + app.name() + "-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        add(app);
        try {
            work.run();
        } finally {
            remove(app);
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is on its way out, and the hook has done its work.
            }
        }
    }

    private static void stopOnce(AppLifecycle app) {
        if (!TOLD.contains(app)) {
            app.stop(null);
        }
    }

    private static synchronized void add(AppLifecycle app) {
        RUNNING.add(app);
        if (RUNNING.size() == 1) {
            for (String name : NAMES) {
                try {
                    Object before = handle(name, handler(name));
                    if (isIgnored(before)) {
                        // Who started the process does not want it to end so, as nohup does.
                        handle(name, before);
                    } else {
                        BEFORE.put(name, before);
                    }
                } catch (ReflectiveOperationException | RuntimeException e) {
                    LOG.debug("SIG{} is left to the JVM", name, e);
                }
            }
        }
    }

    private static synchronized void remove(AppLifecycle app) {
        RUNNING.remove(app);
        if (RUNNING.isEmpty() && RECEIVED.get() == 0) {
            BEFORE.forEach((name, before) -> {
                try {
                    handle(name, before);
                } catch (ReflectiveOperationException | RuntimeException e) {
                    LOG.debug("SIG{} is not given back to the JVM", name, e);
                }
            });
            BEFORE.clear();
        }
    }

    private static void received(String name) {
        int code = 128 + NUMBERS.getOrDefault(name, 0);
        int times = RECEIVED.incrementAndGet();
        if (times > 2) {
            Runtime.getRuntime().halt(code);
        }
        if (times == 2) {
            LOG.warn("SIG{} again: what is under way is cut off", name);
            running().forEach(AppLifecycle::hurry);
            return;
        }
        new Thread(() -> stopAll(name), "cyanotype-signal").start();
    }

    private static void stopAll(String name) {
        LOG.info("SIG{}: stopping", name);
        List<Thread> stopping = new ArrayList<>();
        List<AppLifecycle> apps = running();
        for (AppLifecycle app : apps) {
            Thread thread = new Thread(() -> app.stop(null), "cyanotype-" + app.name() + "-stop");
            thread.start();
            stopping.add(thread);
        }
        for (Thread thread : stopping) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        TOLD.addAll(apps);
        System.exit(0);
    }

    private static synchronized List<AppLifecycle> running() {
        return List.copyOf(RUNNING);
    }

    /** The types are not for everybody: the compiler warns of them, and a JVM need not have them. */
    private static Object handler(String name) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.SignalHandler");
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "handle":
                    received(name);
                    return null;
                case "equals":
                    return proxy == arguments[0];
                case "hashCode":
                    return System.identityHashCode(proxy);
                default:
                    return "handler of SIG" + name;
            }
        });
    }

    private static boolean isIgnored(@Nullable Object handler) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.SignalHandler");
        return handler != null && handler == type.getField("SIG_IGN").get(null);
    }

    private static Object handle(String name, Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Method handle = signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"));
        try {
            return handle.invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
        } catch (InvocationTargetException e) {
            throw new ReflectiveOperationException(e.getCause());
        }
    }
}
