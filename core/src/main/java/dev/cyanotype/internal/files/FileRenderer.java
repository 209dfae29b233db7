/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.RenderedResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a response whose body is a file ready for the wire: whole, in parts, or not at all. */
public final class FileRenderer {

    private FileRenderer() {}

    /**
     * Answers with a file. Conditions and ranges count for GET and HEAD, and only where the answer would be 200.
     *
     * @throws NotFoundException if there is no such file
     * @throws HttpException 412 or 416 if the request asks for another state or another part of the file
     */
    @SuppressWarnings("resource") // Closed with the response that is made of it.
    public static RenderedResponse render(Response response, HttpRequest request) {
        Resource resource;
        try {
            resource = Resource.open(Objects.requireNonNull(response.body(), "body"));
        } catch (IOException | SecurityException e) {
            throw new NotFoundException("There is no such file", e);
        }
        try {
            return render(response, request, resource);
        } catch (RuntimeException | Error e) {
            resource.close();
            throw e;
        }
    }

    private static RenderedResponse render(Response response, HttpRequest request, Resource resource) {
        String given = response.contentType();
        String contentType = given == null ? ContentTypes.of(resource.name()) : given;
        boolean get = request.method().equals("GET");
        if (response.status() != 200 || !get && !request.method().equals("HEAD")) {
            return FileBody.whole(response.status(), response.headers(), contentType, resource);
        }
        Headers headers = described(response.headers(), resource);
        Preconditions conditions = new Preconditions(headers.first("ETag"), date(headers.first("Last-Modified")));
        switch (conditions.evaluate(request)) {
            case FAILED:
                throw new HttpException(412, "The file has changed, or is not the one that the request is for");
            case NOT_MODIFIED:
                resource.close();
                return RenderedResponse.empty(304, headers.without("Content-Encoding"));
            default:
        }
        List<ByteRange> ranges = get ? ranges(request, headers, resource, conditions) : null;
        if (ranges == null) {
            return FileBody.whole(200, headers, contentType, resource);
        }
        if (ranges.isEmpty()) {
            throw new HttpException(
                    416,
                    "The file has " + resource.length() + " bytes",
                    null,
                    Headers.empty().with("Content-Range", "bytes */" + resource.length()));
        }
        return FileBody.parts(headers, contentType, resource, ranges);
    }

    /** What the handler has said about the file counts, whatever the file itself says. */
    private static Headers described(Headers given, Resource resource) {
        Headers headers = given;
        if (headers.first("ETag") == null && resource.version() != null) {
            // The same content in two codings is two representations.
            String coding = headers.first("Content-Encoding");
            headers = headers.plus("ETag", '"' + resource.version() + (coding == null ? "" : "-" + coding) + '"');
        }
        Long time = resource.lastModified();
        // A time to come may come again with other content.
        if (headers.first("Last-Modified") == null && time != null && time <= System.currentTimeMillis() / 1000) {
            headers = headers.plus("Last-Modified", HttpDates.format(time));
        }
        if (headers.first("Accept-Ranges") == null && resource.length() >= 0) {
            headers = headers.plus("Accept-Ranges", "bytes");
        }
        return headers;
    }

    private static @Nullable List<ByteRange> ranges(
            HttpRequest request, Headers headers, Resource resource, Preconditions conditions) {
        List<String> values = request.headers("Range");
        boolean wanted = values.size() == 1 && "bytes".equals(headers.first("Accept-Ranges"));
        return wanted && resource.length() >= 0 && conditions.allowParts(request)
                ? ByteRange.parse(values.get(0), resource.length())
                : null;
    }

    private static @Nullable Long date(@Nullable String text) {
        return text == null ? null : HttpDates.parse(text);
    }
}
