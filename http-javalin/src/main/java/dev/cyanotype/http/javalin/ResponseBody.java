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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EofException;

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
    private final JavalinRequest request;
    private final CompressionStrategy compression;
    private final RenderedResponse response;
    private boolean sent;

    ResponseBody(Context ctx, JavalinRequest request, CompressionStrategy compression, RenderedResponse response) {
        super(bytesOf(response));
        this.ctx = ctx;
        this.request = request;
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
        request.end();
    }

    private void send() throws IOException {
        HttpServletResponse servletResponse = ctx.res();
        StreamWriter stream = response.stream();
        Path file = response.file();
        if (stream != null) {
            write(stream, servletResponse);
        } else if (file != null) {
            servletResponse.setContentLengthLong(response.contentLength());
            try (var in = Files.newInputStream(file)) {
                in.transferTo(servletResponse.getOutputStream());
            }
        } else if (response.bytes() == null) {
            if (response.contentLength() >= 0) {
                servletResponse.setContentLengthLong(response.contentLength());
            } else if (response.contentType() != null) {
                // The answer to HEAD for a body of unknown length: Jetty would announce zero.
                servletResponse.flushBuffer();
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

    private void write(StreamWriter stream, HttpServletResponse servletResponse) throws IOException {
        GuardedOutput out = new GuardedOutput(servletResponse.getOutputStream());
        try {
            stream.writeTo(out);
            out.flush();
        } catch (EofException e) {
            throw e;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            breakOff(servletResponse);
        } finally {
            out.end();
        }
    }

    /** Tells the client that there is less than there should be; a chunked body would otherwise seem complete. */
    private void breakOff(HttpServletResponse servletResponse) throws IOException {
        if (servletResponse.isCommitted()) {
            ServletContextRequest.getServletContextRequest(ctx.req())
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close();
        } else {
            servletResponse.reset();
            servletResponse.setStatus(500);
            servletResponse.setContentType(ProblemErrorHandler.CONTENT_TYPE);
            servletResponse.getOutputStream().write(ProblemErrorHandler.problem(500));
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
