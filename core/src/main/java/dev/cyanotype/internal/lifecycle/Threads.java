/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes executors for work that may block. */
final class Threads {

    /** For a moment, because a thread costs more than what most apps in tests do with it, and they come by the thousand. */
    private static final ExecutorService KEPT = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons("cyanotype-kept"));

    private Threads() {}

    /** A virtual thread for each piece of work where the JVM has them, else pooled daemon threads. */
    static ExecutorService executor(String name) {
        if (Runtime.version().feature() >= 21) {
            return virtual(name + "-");
        }
        return Executors.newCachedThreadPool(daemons(name));
    }

    /** Threads for what runs for long: virtual where the JVM has them, else daemons. */
    static Executor longRunning(String name) {
        if (Runtime.version().feature() >= 21) {
            ThreadFactory threads = virtualFactory(name + "-");
            return work -> threads.newThread(work).start();
        }
        AtomicInteger count = new AtomicInteger();
        return work -> start(name + "-" + count.incrementAndGet(), work);
    }

    /**
     * Does something on a daemon thread, at once. It may have been another's, but has the caller's class loader.
     *
     * @return what interrupts it, and nothing that comes after it
     */
    static Future<?> start(String name, Runnable work) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return KEPT.submit(() -> {
            Thread thread = Thread.currentThread();
            thread.setName(name);
            thread.setContextClassLoader(loader);
            try {
                work.run();
            } finally {
                thread.setContextClassLoader(null);
                thread.setName("cyanotype-kept");
            }
        });
    }

    static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private static ExecutorService virtual(String prefix) {
        try {
            Method make = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
            return (ExecutorService) make.invoke(null, virtualFactory(prefix));
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("this JVM should have virtual threads", e);
        }
    }

    /** The bytecode is for Java 17, which does not have these methods. */
    private static ThreadFactory virtualFactory(String prefix) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            builder = type.getMethod("name", String.class, long.class).invoke(builder, prefix, 1L);
            return (ThreadFactory) type.getMethod("factory").invoke(builder);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("this JVM should have virtual threads", e);
        }
    }
}
