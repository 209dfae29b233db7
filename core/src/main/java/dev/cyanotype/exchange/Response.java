/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.exchange;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer: a status, header fields and a body, the same for every transport.
 *
 * <p>Over HTTP it is sent as it is. On an action or a socket a status of 400 or more becomes an error reply with the
 * same body, and header fields are dropped; only bodies that are JSON, text or empty can travel there.
 *
 * <p>Immutable and thread-safe, as far as the body object is: each change gives a new value.
 *
 * @since 0.1
 */
public final class Response {

    /** What kind of body a response has. */
    public enum Kind {
        /** None. */
        EMPTY,
        /** An object to be encoded as JSON. */
        JSON,
        /** A string to be sent as UTF-8. */
        TEXT,
        /** Bytes. */
        BYTES,
        /** A file, by its {@link Path}, or a class-path resource, by its {@link URL}. */
        FILE,
        /** A {@link StreamWriter}. */
        STREAM,
        /** Server-sent events, by their {@link EventStream.Source}. */
        EVENTS,
        /** A {@link View}, rendered after all hooks have run. */
        VIEW
    }

    private static final Response NO_CONTENT = new Response(204, Headers.empty(), null, Kind.EMPTY, null);

    private final int status;
    private final Headers headers;
    private final @Nullable String contentType;
    private final Kind kind;
    private final @Nullable Object body;

    private Response(int status, Headers headers, @Nullable String contentType, Kind kind, @Nullable Object body) {
        this.status = status;
        this.headers = headers;
        this.contentType = contentType;
        this.kind = kind;
        this.body = body;
    }

    /**
     * An answer without a body.
     *
     * @param status from 200 to 599
     * @return the response
     */
    public static Response of(int status) {
        return new Response(ResponseChecks.status(status), Headers.empty(), null, Kind.EMPTY, null);
    }

    /**
     * An answer with a JSON body.
     *
     * @param status from 200 to 599
     * @param body any object that encodes to JSON; null is the JSON {@code null}
     * @return the response
     */
    public static Response of(int status, @Nullable Object body) {
        return new Response(ResponseChecks.status(status), Headers.empty(), "application/json", Kind.JSON, body);
    }

    /**
     * An answer 200 with a JSON body.
     *
     * @param body any object that encodes to JSON; null is the JSON {@code null}
     * @return the response
     */
    public static Response json(@Nullable Object body) {
        return of(200, body);
    }

    /**
     * An answer 201 with a JSON body.
     *
     * @param body what was created
     * @return the response
     */
    public static Response created(@Nullable Object body) {
        return of(201, body);
    }

    /**
     * An answer 204, without a body.
     *
     * @return the response
     */
    public static Response empty() {
        return NO_CONTENT;
    }

    /**
     * An answer 200 of plain text in UTF-8.
     *
     * @param text the body
     * @return the response
     */
    public static Response text(String text) {
        return ok("text/plain;charset=utf-8", Kind.TEXT, requireNonNull(text, "text"));
    }

    /**
     * An answer 200 of HTML in UTF-8.
     *
     * @param html the body, sent as it is: escape what users typed
     * @return the response
     */
    public static Response html(String html) {
        return ok("text/html;charset=utf-8", Kind.TEXT, requireNonNull(html, "html"));
    }

    /**
     * An answer 200 of bytes.
     *
     * @param contentType the media type, such as {@code image/png}
     * @param bytes the body; not copied, so leave it alone afterwards
     * @return the response
     * @throws IllegalArgumentException if the media type has line breaks
     */
    public static Response bytes(String contentType, byte[] bytes) {
        return ok(ResponseChecks.mediaType(contentType), Kind.BYTES, requireNonNull(bytes, "bytes"));
    }

    /**
     * An answer 200 with the content of a file, read while it is sent.
     *
     * <p>The content type follows from the file's name. As long as this is the answer 200 to GET or HEAD, conditional and
     * range requests of RFC 9110 are answered with 304, 206, 412 or 416 when it is sent, after all hooks, by the file's
     * size and time or by the {@code ETag} and {@code Last-Modified} that it has been given. If there is no such file
     * then, the error handlers get a {@link NotFoundException}. The path is taken as it is: never build one from what a
     * client sent.
     *
     * @param file the file
     * @return the response
     */
    public static Response file(Path file) {
        return ok(null, Kind.FILE, requireNonNull(file, "file"));
    }

    /**
     * An answer 200 with the content of a class-path resource, read while it is sent.
     *
     * <p>It is answered as {@link #file(Path)} is. In a jar the checksum of the entry stands for its time.
     *
     * @param resource what {@link Class#getResource} gives; never build a URL from what a client sent
     * @return the response
     */
    public static Response file(URL resource) {
        return ok(null, Kind.FILE, requireNonNull(resource, "resource"));
    }

    /**
     * An answer 200 whose body is written while the client reads it.
     *
     * @param contentType the media type
     * @param writer writes the body, after all hooks have run
     * @return the response
     * @throws IllegalArgumentException if the media type has line breaks
     */
    public static Response stream(String contentType, StreamWriter writer) {
        return ok(ResponseChecks.mediaType(contentType), Kind.STREAM, requireNonNull(writer, "writer"));
    }

    /**
     * An answer 200 whose body is copied from an input stream.
     *
     * @param contentType the media type
     * @param in closed when the response has ended, whether it was sent or not
     * @return the response
     * @throws IllegalArgumentException if the media type has line breaks
     */
    public static Response stream(String contentType, InputStream in) {
        return stream(contentType, new CopiedStream(requireNonNull(in, "in")));
    }

    /**
     * An answer 200 of server-sent events.
     *
     * @param source sends the events, on a thread of its own where the JVM has virtual threads; the stream ends when it
     *     returns
     * @return the response
     */
    public static Response events(EventStream.Source source) {
        return ok("text/event-stream", Kind.EVENTS, requireNonNull(source, "source"))
                .header("Cache-Control", "no-cache")
                .header("X-Accel-Buffering", "no");
    }

    /**
     * An answer 200 that a template makes.
     *
     * <p>The content type follows from the template's name: {@code list.html}, {@code feed.xml}. It is rendered in memory
     * after all hooks have run, so that an error in it goes to the error handlers and no half page is sent.
     *
     * @param template a template's name within the folders of the app and its blueprints, such as
     *     {@code users/list.html}; never one that a client chose
     * @param model the values it shows, by name; they replace those of model functions
     * @return the response
     * @throws IllegalArgumentException if the name could lead out of a folder
     */
    public static Response view(String template, Map<String, ?> model) {
        View view = new View(template, model);
        return ok(view.contentType(), Kind.VIEW, view);
    }

    /**
     * An answer 200 that a template makes of one value.
     *
     * @param template a template's name, as in {@link #view(String, Map)}
     * @param name what the template calls the value
     * @param value the value
     * @return the response
     * @throws IllegalArgumentException if the template's name could lead out of a folder
     */
    public static Response view(String template, String name, Object value) {
        return view(template, Map.of(name, value));
    }

    /**
     * An answer 200 that a template makes of what model functions give.
     *
     * @param template a template's name, as in {@link #view(String, Map)}
     * @return the response
     * @throws IllegalArgumentException if the template's name could lead out of a folder
     */
    public static Response view(String template) {
        return view(template, Map.of());
    }

    /**
     * An answer 302 that sends the client elsewhere.
     *
     * @param location a path or an absolute URL; never one that a client chose
     * @return the response; {@link #status(int)} makes it 301, 303, 307 or 308
     */
    public static Response redirect(String location) {
        return of(302).header("Location", requireNonNull(location, "location"));
    }

    /**
     * An answer with a problem of RFC 9457.
     *
     * @param problem what went wrong
     * @return the response with the problem's status
     */
    public static Response problem(Problem problem) {
        requireNonNull(problem, "problem");
        return new Response(problem.status(), Headers.empty(), Problem.CONTENT_TYPE, Kind.JSON, problem);
    }

    /**
     * What a handler's plain result becomes: itself if it is a response, 204 for null, else 200 with JSON.
     *
     * @param result anything but a {@link java.util.concurrent.CompletionStage}
     * @return the response
     */
    public static Response from(@Nullable Object result) {
        if (result instanceof Response response) {
            return response;
        }
        return result == null ? NO_CONTENT : json(result);
    }

    /**
     * The status.
     *
     * @return from 200 to 599
     */
    public int status() {
        return status;
    }

    /**
     * Changes the status.
     *
     * @param newStatus from 200 to 599
     * @return the changed response
     */
    public Response status(int newStatus) {
        return new Response(ResponseChecks.status(newStatus), headers, contentType, kind, body);
    }

    /**
     * The header fields but {@code Content-Type}.
     *
     * @return often empty
     */
    public Headers headers() {
        return headers;
    }

    /**
     * Sets a header field, replacing earlier values.
     *
     * @param name the field's name; {@code Content-Type} changes {@link #contentType()}
     * @param value one line of text
     * @return the changed response
     * @throws IllegalArgumentException if name or value can't be sent
     */
    public Response header(String name, String value) {
        return requireNonNull(name, "name").equalsIgnoreCase("Content-Type")
                ? contentType(value)
                : headers(headers.with(name, value));
    }

    /**
     * Replaces all header fields but {@code Content-Type}.
     *
     * @param newHeaders the fields; a content type among them is left out, see {@link #contentType(String)}
     * @return the changed response
     */
    public Response headers(Headers newHeaders) {
        return new Response(
                status, requireNonNull(newHeaders, "headers").without("Content-Type"), contentType, kind, body);
    }

    /**
     * Sets a cookie, beside those set already.
     *
     * @param cookie the cookie
     * @return the changed response
     */
    public Response cookie(Cookie cookie) {
        return headers(
                headers.plus("Set-Cookie", requireNonNull(cookie, "cookie").headerValue()));
    }

    /**
     * The media type of the body.
     *
     * @return null if there is no body, or if it follows from a file's name
     */
    public @Nullable String contentType() {
        return contentType;
    }

    /**
     * Changes the media type of the body.
     *
     * @param newContentType the media type, with its parameters
     * @return the changed response
     * @throws IllegalArgumentException if it has line breaks
     */
    public Response contentType(String newContentType) {
        return new Response(status, headers, ResponseChecks.mediaType(newContentType), kind, body);
    }

    /**
     * What kind of body this is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The body as the handler gave it.
     *
     * @return what {@link #kind()} says, or null for {@link Kind#EMPTY} and for the JSON {@code null}
     */
    public @Nullable Object body() {
        return body;
    }

    private static Response ok(@Nullable String contentType, Kind kind, Object body) {
        return new Response(200, Headers.empty(), contentType, kind, body);
    }

    /** The status and the kind of body; never the body. */
    @Override
    public String toString() {
        return "Response[" + status + " " + kind + "]";
    }
}
