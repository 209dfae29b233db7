/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import dev.cyanotype.exchange.StreamWriter;
import dev.cyanotype.spi.RenderedResponse;
import io.javalin.compression.CompressionStrategy;
import io.javalin.http.Context;
import io.javalin.http.servlet.JavalinServletContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Our body as the result that Javalin keeps.
 *
 * <p>When Javalin copies it to the client, at the very end of a request, the first read writes the whole body to the
 * servlet's response in one go. So Javalin's large copy buffer stays unused, its request log still sees the size, and its
 * after-handlers run before anything is sent.
 */
final class ResponseBody extends ByteArrayInputStream {

    private static final byte[] NOTHING = {};

    /** Up to this size Jetty gathers the body and announces its length by itself. */
    private static final int GATHERED_BYTES = 8192;

    private final Context ctx;
    private final CompressionStrategy compression;
    private final RenderedResponse response;
    private boolean sent;

    ResponseBody(Context ctx, CompressionStrategy compression, RenderedResponse response) {
        super(bytesOf(response));
        this.ctx = ctx;
        this.compression = compression;
        this.response = response;
    }

    private static byte[] bytesOf(RenderedResponse response) {
        byte[] bytes = response.bytes();
        return bytes == null ? NOTHING : bytes;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        boolean atTheEnd = ctx instanceof JavalinServletContext servletContext
                && servletContext.getResponseWritten().get();
        if (sent || !atTheEnd) {
            return super.read(target, offset, length);
        }
        sent = true;
        pos = count;
        try {
            send();
        } catch (IOException e) {
            throw sneaky(e);
        }
        return -1;
    }

    @Override
    public void close() {
        response.close();
    }

    private void send() throws IOException {
        HttpServletResponse servletResponse = ctx.res();
        StreamWriter stream = response.stream();
        Path file = response.file();
        if (stream != null) {
            write(stream, servletResponse.getOutputStream());
        } else if (file != null) {
            servletResponse.setContentLengthLong(response.contentLength());
            try (var in = Files.newInputStream(file)) {
                in.transferTo(servletResponse.getOutputStream());
            }
        } else if (response.bytes() == null) {
            if (response.contentLength() >= 0) {
                servletResponse.setContentLengthLong(response.contentLength());
            }
        } else if (isCompressed(servletResponse)) {
            ctx.outputStream().write(buf, 0, count);
        } else {
            if (count > GATHERED_BYTES) {
                servletResponse.setContentLength(count);
            }
            servletResponse.getOutputStream().write(buf, 0, count);
        }
    }

    private static void write(StreamWriter stream, OutputStream out) throws IOException {
        try {
            stream.writeTo(out);
            out.flush();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while writing the body", e);
        } catch (Exception e) {
            throw new IOException("the body could not be written to its end", e);
        }
    }

    private boolean isCompressed(HttpServletResponse servletResponse) {
        if (count < compression.getDefaultMinSizeForCompression()
                || compression.getCompressors().isEmpty()
                || servletResponse.containsHeader("Content-Encoding")) {
            return false;
        }
        String accepted = ctx.req().getHeader("Accept-Encoding");
        return accepted != null && compression.findMatchingCompressor(accepted) != null;
    }

    /** Keeps the exception as it is: Javalin knows by its type that a client has gone, and is quiet then. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> UncheckedIOException sneaky(IOException e) throws E {
        throw (E) e;
    }
}
