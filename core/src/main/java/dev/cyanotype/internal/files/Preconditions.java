/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import dev.cyanotype.spi.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks of the state of a file before it wants an answer, as RFC 9110 section 13 has it.
 *
 * @param entityTag with its quotes, or null if there is none
 * @param lastModified in seconds since 1970, or null if it is not known
 */
record Preconditions(@Nullable String entityTag, @Nullable Long lastModified) {

    /** What comes of the conditions. */
    enum Outcome {
        /** The request is answered as if it had no conditions. */
        PROCEED,
        /** The client has the file as it is: 304. */
        NOT_MODIFIED,
        /** The file is not what the client takes it for: 412. */
        FAILED
    }

    /** Evaluates the conditions of a GET or HEAD request in the order of section 13.2.2. */
    Outcome evaluate(HttpRequest request) {
        EntityTags match = tags(request, "If-Match");
        if (match != null) {
            if (!match.any() && !match.hasStrong(entityTag)) {
                return Outcome.FAILED;
            }
        } else {
            Long unmodifiedSince = date(request, "If-Unmodified-Since");
            if (unmodifiedSince != null && lastModified != null && lastModified > unmodifiedSince) {
                return Outcome.FAILED;
            }
        }
        EntityTags noneMatch = tags(request, "If-None-Match");
        if (noneMatch != null) {
            return noneMatch.any() || noneMatch.hasWeak(entityTag) ? Outcome.NOT_MODIFIED : Outcome.PROCEED;
        }
        Long modifiedSince = date(request, "If-Modified-Since");
        return modifiedSince != null && lastModified != null && lastModified <= modifiedSince
                ? Outcome.NOT_MODIFIED
                : Outcome.PROCEED;
    }

    /** Whether a part may be sent: the client has the other parts of the same file, or does not ask for that. */
    boolean allowParts(HttpRequest request) {
        List<String> values = request.headers("If-Range");
        if (values.isEmpty()) {
            return true;
        }
        if (values.size() > 1) {
            return false;
        }
        String value = values.get(0).strip();
        if (value.startsWith("\"") || value.startsWith("W/")) {
            EntityTags tags = EntityTags.parse(value);
            return tags.tags().size() == 1 && tags.hasStrong(entityTag);
        }
        Long date = HttpDates.parse(value);
        return date != null && date.equals(lastModified);
    }

    private static @Nullable EntityTags tags(HttpRequest request, String name) {
        List<String> values = request.headers(name);
        return values.isEmpty() ? null : EntityTags.parse(String.join(",", values));
    }

    /** A field that is no single date counts as absent. */
    private static @Nullable Long date(HttpRequest request, String name) {
        List<String> values = request.headers(name);
        return values.size() == 1 ? HttpDates.parse(values.get(0)) : null;
    }
}
