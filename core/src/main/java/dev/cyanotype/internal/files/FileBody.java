/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.spi.RenderedResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a file or parts of it, a little at a time. */
final class FileBody {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.http");

    private static final int BUFFER_BYTES = 16384;

    private FileBody() {}

    /** A response with all of a file; closing it closes the file. */
    static RenderedResponse whole(int status, Headers headers, String contentType, Resource resource) {
        long length = resource.length();
        RenderedResponse response = length < 0
                ? RenderedResponse.ofStream(status, headers, contentType, (FileWriter) out -> copyAll(resource, out))
                : RenderedResponse.ofStream(
                        status, headers, contentType, length, (FileWriter) out -> copy(resource, 0, length, out));
        return response.onClose(resource::close);
    }

    /** A response 206 with one or more parts of a file; closing it closes the file. */
    static RenderedResponse parts(Headers headers, String contentType, Resource resource, List<ByteRange> ranges) {
        RenderedResponse response = ranges.size() == 1
                ? one(headers, contentType, resource, ranges.get(0))
                : several(headers, contentType, resource, ranges);
        return response.onClose(resource::close);
    }

    private static RenderedResponse one(Headers headers, String contentType, Resource resource, ByteRange range) {
        return RenderedResponse.ofStream(
                206,
                headers.with("Content-Range", range.of(resource.length())),
                contentType,
                range.length(),
                (FileWriter) out -> copy(resource, range.first(), range.length(), out));
    }

    /** Parts as RFC 9110 section 14.6 has them. Nobody can put the boundary into a file, since nobody knows it before. */
    private static RenderedResponse several(
            Headers headers, String contentType, Resource resource, List<ByteRange> ranges) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String boundary = "%016x%016x".formatted(random.nextLong(), random.nextLong());
        List<byte[]> heads = new ArrayList<>();
        byte[] end = ascii("\r\n--" + boundary + "--\r\n");
        long length = end.length;
        for (ByteRange range : ranges) {
            byte[] head = ascii((heads.isEmpty() ? "--" : "\r\n--") + boundary + "\r\nContent-Type: " + contentType
                    + "\r\nContent-Range: " + range.of(resource.length()) + "\r\n\r\n");
            heads.add(head);
            length += head.length + range.length();
        }
        FileWriter writer = out -> {
            for (int i = 0; i < heads.size(); i++) {
                out.write(heads.get(i));
                copy(resource, ranges.get(i).first(), ranges.get(i).length(), out);
            }
            out.write(end);
        };
        return RenderedResponse.ofStream(206, headers, "multipart/byteranges;boundary=" + boundary, length, writer);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Copies as many bytes as were announced, or fails: less must not look like all. */
    private static void copy(Resource resource, long offset, long length, OutputStream out) throws IOException {
        if (length == 0) {
            return;
        }
        byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, length)];
        try (InputStream in = read(resource, offset)) {
            for (long left = length; left > 0; ) {
                int count = read(resource, in, buffer, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    LOG.warn("{} has become shorter while it was sent, so its answer was cut off", resource);
                    throw new EOFException(resource + " is " + left + " bytes shorter than announced");
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        }
    }

    private static void copyAll(Resource resource, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = read(resource, 0)) {
            for (int count = read(resource, in, buffer, buffer.length);
                    count >= 0;
                    count = read(resource, in, buffer, buffer.length)) {
                out.write(buffer, 0, count);
            }
        }
    }

    private static InputStream read(Resource resource, long offset) throws IOException {
        try {
            return resource.read(offset);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} could not be read to its end, so its answer was cut off", resource, e);
            throw e;
        }
    }

    /** Of an error while reading a person has to know, unlike of one while writing: then the client has gone. */
    private static int read(Resource resource, InputStream in, byte[] buffer, int length) throws IOException {
        try {
            return in.read(buffer, 0, length);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} could not be read to its end, so its answer was cut off", resource, e);
            throw e;
        }
    }
}
