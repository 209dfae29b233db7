/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.json.JsonOptions;
import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.TransportProvider;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The settings that core reads itself. */
final class CoreSettings {

    private static final String MAX_BODY = "http.maxBodyBytes";
    private static final String MAX_UPLOAD = "http.maxUploadBytes";
    private static final String MAX_UPLOAD_MEMORY = "http.maxUploadMemoryBytes";
    private static final String MAX_PARTS = "http.maxParts";
    private static final String MAX_URL = "http.maxUrlLength";
    private static final String ORIGIN = "http.origin";
    private static final String MAX_DEPTH = "json.maxDepth";
    private static final String MAX_STRING = "json.maxStringLength";
    private static final String MAX_DOCUMENT = "json.maxDocumentBytes";
    private static final String MAX_CALLS = "messages.maxCalls";
    private static final String MAX_SOCKET_MESSAGE = "websocket.maxMessageBytes";
    private static final String MAX_SOCKET_PENDING = "websocket.maxPendingBytes";
    private static final String MAX_SOCKETS = "websocket.maxConnections";
    private static final String MAX_SOCKETS_PER_ADDRESS = "websocket.maxConnectionsPerAddress";
    private static final String SOCKET_ORIGINS = "websocket.origins";
    private static final String STOP_BUDGET = "stop.budgetSeconds";
    private static final String STOP_DELAY = "stop.delaySeconds";
    private static final String TEMPLATE_CACHE = "templates.cache";
    private static final String EXCLUDE = "transports.exclude";

    /** Read by the testkit, before there is an app. */
    private static final String TEST_TRANSPORTS = "test.transports";

    private static final String TEST_SEED = "test.seed";

    static final KnownSettings KNOWN = KnownSettings.of(Set.of(
            MAX_BODY,
            MAX_UPLOAD,
            MAX_UPLOAD_MEMORY,
            MAX_PARTS,
            MAX_URL,
            ORIGIN,
            MAX_DEPTH,
            MAX_STRING,
            MAX_DOCUMENT,
            MAX_CALLS,
            MAX_SOCKET_MESSAGE,
            MAX_SOCKET_PENDING,
            MAX_SOCKETS,
            MAX_SOCKETS_PER_ADDRESS,
            SOCKET_ORIGINS,
            STOP_BUDGET,
            STOP_DELAY,
            TEMPLATE_CACHE,
            EXCLUDE,
            TEST_TRANSPORTS,
            TEST_SEED));

    private CoreSettings() {}

    /** The providers that are not left out. */
    static List<TransportProvider> withoutExcluded(List<TransportProvider> providers, Settings settings) {
        String excluded = settings.text(EXCLUDE);
        if (excluded == null || excluded.isBlank()) {
            return providers;
        }
        List<String> ids = Arrays.stream(excluded.split(",")).map(String::strip).toList();
        List<String> known = providers.stream().map(TransportProvider::id).toList();
        for (String id : ids) {
            if (!known.contains(id)) {
                throw new IllegalArgumentException(
                        "setting '%s': there is no transport '%s' (expected: of %s)".formatted(EXCLUDE, id, known));
            }
        }
        return providers.stream()
                .filter(provider -> !ids.contains(provider.id()))
                .toList();
    }

    static HttpOptions http(HttpOptions options, Settings settings) {
        if (noneIsSet(settings, MAX_BODY, MAX_UPLOAD, MAX_UPLOAD_MEMORY, MAX_PARTS, MAX_URL, ORIGIN)) {
            return options;
        }
        HttpOptions.Builder builder = options.toBuilder();
        String origin = settings.text(ORIGIN);
        if (origin != null) {
            try {
                builder.origin(origin.strip());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("setting '" + ORIGIN + "': " + e.getMessage(), e);
            }
        }
        return builder.maxBodyBytes(settings.number(MAX_BODY, options.maxBodyBytes(), 0, Long.MAX_VALUE))
                .maxUploadBytes(settings.number(MAX_UPLOAD, options.maxUploadBytes(), 0, Long.MAX_VALUE))
                .maxUploadMemoryBytes(
                        settings.number(MAX_UPLOAD_MEMORY, options.maxUploadMemoryBytes(), 0, Long.MAX_VALUE))
                .maxParts(settings.integer(MAX_PARTS, options.maxParts(), 1, Integer.MAX_VALUE))
                .maxUrlLength(settings.integer(MAX_URL, options.maxUrlLength(), 1, Integer.MAX_VALUE))
                .build();
    }

    static JsonOptions json(JsonOptions options, Settings settings) {
        if (noneIsSet(settings, MAX_DEPTH, MAX_STRING, MAX_DOCUMENT)) {
            // The very same, because apps with the same options share what they learn.
            return options;
        }
        return options.toBuilder()
                .maxDepth(settings.integer(MAX_DEPTH, options.maxDepth(), 1, Integer.MAX_VALUE))
                .maxStringLength(settings.integer(MAX_STRING, options.maxStringLength(), 1, Integer.MAX_VALUE))
                .maxDocumentBytes(settings.number(MAX_DOCUMENT, options.maxDocumentBytes(), 1, Long.MAX_VALUE))
                .build();
    }

    static SocketOptions sockets(SocketOptions options, Settings settings) {
        if (noneIsSet(
                settings,
                MAX_SOCKET_MESSAGE,
                MAX_SOCKET_PENDING,
                MAX_SOCKETS,
                MAX_SOCKETS_PER_ADDRESS,
                SOCKET_ORIGINS)) {
            return options;
        }
        SocketOptions.Builder builder = options.toBuilder();
        String origins = settings.text(SOCKET_ORIGINS);
        if (origins != null && !origins.isBlank()) {
            try {
                builder.origins(
                        Arrays.stream(origins.split(",")).map(String::strip).toArray(String[]::new));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("setting '" + SOCKET_ORIGINS + "': " + e.getMessage(), e);
            }
        }
        return builder.maxMessageBytes(settings.integer(MAX_SOCKET_MESSAGE, options.maxMessageBytes(), 1, 128 << 20))
                .maxPendingBytes(settings.number(MAX_SOCKET_PENDING, options.maxPendingBytes(), 1024, Long.MAX_VALUE))
                .maxConnections(settings.integer(MAX_SOCKETS, options.maxConnections(), 1, Integer.MAX_VALUE))
                .maxConnectionsPerAddress(settings.integer(
                        MAX_SOCKETS_PER_ADDRESS, options.maxConnectionsPerAddress(), 1, Integer.MAX_VALUE))
                .build();
    }

    private static boolean noneIsSet(Settings settings, String... keys) {
        for (String key : keys) {
            if (settings.text(key) != null) {
                return false;
            }
        }
        return true;
    }

    static StopSettings stopping(StopSettings given, Settings settings) {
        return new StopSettings(
                seconds(settings, STOP_BUDGET, given.budget()), seconds(settings, STOP_DELAY, given.delay()));
    }

    private static Duration seconds(Settings settings, String key, Duration otherwise) {
        return settings.text(key) == null
                ? otherwise
                : Duration.ofSeconds(settings.number(key, 0, 0, StopSettings.LONGEST.toSeconds()));
    }

    /** How many calls may wait for their replies. */
    static int maxCalls(Settings settings) {
        return settings.integer(MAX_CALLS, 10_000, 1, Integer.MAX_VALUE);
    }

    /** Whether templates are read once, and not anew for each request. */
    static boolean templateCache(Settings settings) {
        return settings.flag(TEMPLATE_CACHE, true);
    }
}
