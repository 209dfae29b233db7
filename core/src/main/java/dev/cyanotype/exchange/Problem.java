/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Details of a problem as RFC 9457 has them: what an error answer says when nobody handled the error.
 *
 * <p>Immutable and thread-safe: each change gives a new value.
 *
 * @since 0.1
 */
public final class Problem {

    /** The media type of the answer. */
    public static final String CONTENT_TYPE = "application/problem+json";

    private final int status;
    private final Map<String, Object> members;

    private Problem(int status, Map<String, Object> members) {
        this.status = status;
        this.members = members;
    }

    /**
     * A problem that says no more than its status.
     *
     * @param status from 400 to 599
     * @return a problem with the title that RFC 9110 gives the status
     * @throws IllegalArgumentException if the status is no error
     */
    public static Problem of(int status) {
        return new Problem(ErrorCodes.check(status), Map.of())
                .with("title", ErrorCodes.reason(status))
                .with("status", status);
    }

    /**
     * The HTTP status.
     *
     * @return from 400 to 599
     */
    public int status() {
        return status;
    }

    /**
     * Names the kind of problem for programs.
     *
     * @param type an absolute or relative URI; unset means {@code about:blank}
     * @return the changed problem
     */
    public Problem type(URI type) {
        return with("type", Objects.requireNonNull(type, "type").toString());
    }

    /**
     * Names the kind of problem for people.
     *
     * @param title short, the same for each problem of its kind
     * @return the changed problem
     */
    public Problem title(String title) {
        return with("title", Objects.requireNonNull(title, "title"));
    }

    /**
     * Explains this very problem.
     *
     * @param detail meant for the client, so no internals
     * @return the changed problem; a null leaves it as it is
     */
    public Problem detail(@Nullable String detail) {
        return detail == null ? this : with("detail", detail);
    }

    /**
     * Adds a member of your own.
     *
     * @param name the member's name
     * @param value anything that encodes to JSON
     * @return the changed problem
     */
    public Problem with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return new Problem(status, Collections.unmodifiableMap(more));
    }

    /**
     * All members as they are encoded.
     *
     * @return in the order they were given
     */
    public Map<String, Object> members() {
        return members;
    }

    @Override
    public String toString() {
        return "Problem[" + status + "]";
    }
}
