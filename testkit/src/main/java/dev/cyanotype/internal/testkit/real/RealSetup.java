/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.testkit.real;

import dev.cyanotype.internal.testkit.redis.RedisPool;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportProvider;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The transports of one app in a test: where they listen, which Redis they use, and what is under way on them. */
public final class RealSetup {

    private static final String HOST = "127.0.0.1";
    private static final String REDIS_URL = "redis.url";
    private static final String WEBSOCKET_PORT = "websocket.port";
    private static final String ORIGIN = "given by the test";

    private final UnderWay underWay;
    private final Set<String> given;
    private final Set<String> enabled = new TreeSet<>();
    private final Map<OperationKind, Transport> carriers = new EnumMap<>(OperationKind.class);
    private final Map<OperationKind, URI> addresses = new EnumMap<>(OperationKind.class);
    private boolean servesHttp;
    private RedisPool.@Nullable Lease redis;

    /** Whether it was decided which Redis is used. */
    private boolean redisKnown;

    private @Nullable ObservedBus bus;

    /**
     * Of an app that is not started.
     *
     * @param given the settings that the test has set itself, which hold as they are
     */
    public RealSetup(TestTime time, Set<String> given) {
        this.underWay = UnderWay.of(time);
        this.given = given;
    }

    UnderWay underWay() {
        return underWay;
    }

    /** Notes a transport that was found or given. */
    public TransportProvider observe(TransportProvider provider) {
        return new ObservedProvider(provider, this);
    }

    /** Counts what the app's executor is at. */
    public Executor counting(Executor executor) {
        return underWay.activity().counting(executor);
    }

    /** It is one of the app's transports. */
    void takesPart(TransportProvider provider) {
        enabled.add(provider.id());
        servesHttp |= provider.carries().contains(OperationKind.HTTP);
    }

    /** The settings as a transport is to see them. */
    Settings settings(TransportProvider provider, Settings settings) {
        Settings mine = settings;
        for (String key : provider.settings()) {
            String value = given.contains(key) ? null : value(key, provider, settings);
            if (value != null) {
                mine = mine.with(key, new Settings.Value(value, ORIGIN));
            }
        }
        return mine;
    }

    private @Nullable String value(String key, TransportProvider provider, Settings settings) {
        return switch (key) {
            case "http.port" -> "0";
            case "http.host", "websocket.host" -> HOST;
            case WEBSOCKET_PORT -> {
                boolean alone = enabled.contains(provider.id()) && !servesHttp;
                yield alone || settings.text(key) != null ? "0" : null;
            }
            case REDIS_URL -> redisUrl(provider, settings);
            default -> null;
        };
    }

    /** Null if the app has one without a test. */
    private @Nullable String redisUrl(TransportProvider provider, Settings settings) {
        if (!redisKnown && settings.text(REDIS_URL) == null) {
            redisKnown = true;
            if (!provider.isEnabled(settings)) {
                redis = RedisPool.OF_THIS_JVM.lease();
            } else if (RedisPool.isNamedOutside()) {
                redis = RedisPool.OF_THIS_JVM.leaseOutside();
                return null;
            }
        }
        return redis == null || provider.isEnabled(settings) ? null : redis.url();
    }

    /** Observes a bus that was made. */
    ObservedBus bus(MessageBus made, TransportContext context) {
        ObservedBus observed = new ObservedBus(made, underWay, context.app());
        bus = observed;
        underWay.activity().onImpatience(() -> underWay.messages().lost(made.counters()));
        return observed;
    }

    /** Notes a transport that was made. */
    Transport transport(TransportProvider provider, Transport made) {
        provider.carries().forEach(kind -> carriers.put(kind, made));
        return made;
    }

    ObservedBus bus() {
        ObservedBus made = bus;
        if (made == null) {
            throw new IllegalStateException("the app has no transport for messages");
        }
        return made;
    }

    /** Notes where the app listens, which is where it has listened when it is stopped. */
    public void started() {
        carriers.forEach((kind, transport) -> transport.address().ifPresent(uri -> addresses.put(kind, uri)));
    }

    /** Where requests go. */
    URI http() {
        return address(OperationKind.HTTP, "serves HTTP", "cyanotype-http-javalin");
    }

    /** Where websockets are asked for: on a port of their own, or beside HTTP. */
    URI websockets() {
        URI own = addresses.get(OperationKind.SOCKET);
        return own == null ? address(OperationKind.HTTP, "serves websockets", "cyanotype-websocket") : own;
    }

    private URI address(OperationKind kind, String what, String artifact) {
        URI address = addresses.get(kind);
        if (address == null) {
            throw new IllegalStateException(
                    "no transport of the app %s (found: %s). Add dev.cyanotype:%s.".formatted(what, enabled, artifact));
        }
        return address;
    }

    /** Gives back what does not end with the app. */
    void close() {
        underWay.activity().close();
        RedisPool.Lease lease = redis;
        redis = null;
        if (lease != null) {
            lease.close();
        }
    }
}
