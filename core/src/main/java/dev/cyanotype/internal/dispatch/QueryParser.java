/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.exchange.BadRequestException;
import dev.cyanotype.http.Parameters;
import dev.cyanotype.internal.routing.PercentDecoder;
import dev.cyanotype.spi.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code application/x-www-form-urlencoded}, as queries and forms have it. */
final class QueryParser {

    /** More pairs than any honest form has. */
    private static final int MOST = 10_000;

    private QueryParser() {}

    /** The query of a request. */
    static Parameters of(HttpRequest request) {
        String text = request.query();
        return text == null || text.isEmpty() ? Parameters.empty() : parse(text, "the query");
    }

    static Parameters parse(String text, String what) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        int pairs = 0;
        for (int start = 0; start < text.length(); ) {
            int next = text.indexOf('&', start);
            int end = next < 0 ? text.length() : next;
            if (end > start) {
                if (++pairs > MOST) {
                    throw new BadRequestException(what + " has more than " + MOST + " parameters");
                }
                int equals = text.indexOf('=', start);
                boolean bare = equals < 0 || equals > end;
                String name = PercentDecoder.decode(text.substring(start, bare ? end : equals), true, what);
                String value = bare ? "" : PercentDecoder.decode(text.substring(equals + 1, end), true, what);
                values.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
            }
            start = end + 1;
        }
        return Parameters.of(values);
    }
}
