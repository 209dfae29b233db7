/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import dev.cyanotype.exchange.StreamWriter;
import dev.cyanotype.spi.CorrelationId;
import dev.cyanotype.spi.RenderedResponse;
import io.javalin.compression.CompressionStrategy;
import io.javalin.http.Context;
import io.javalin.http.servlet.JavalinServletContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EofException;

/**
 * Sends our body when Javalin means to copy its result to the client.
 *
 * <p>Javalin gets an input stream for a result. At the very end of a request it copies that to the client, and then the
 * first read writes the whole body to the servlet's response in one go. So Javalin's large copy buffer stays unused, its
 * request log still sees the size, and its after-handlers run before anything is sent.
 */
final class BodySender {

    /**
     * Set only when the body is sent: to Javalin it would be its own, and to be answered with 304, whatever the method and
     * the status.
     */
    static final String ENTITY_TAG = "ETag";

    /** Up to this size Jetty gathers the body and announces its length by itself. */
    private static final int GATHERED_BYTES = 8192;

    private final Context ctx;
    private final JavalinRequest request;
    private final CompressionStrategy compression;
    private final RenderedResponse response;
    private boolean sent;

    BodySender(Context ctx, JavalinRequest request, CompressionStrategy compression, RenderedResponse response) {
        this.ctx = ctx;
        this.request = request;
        this.compression = compression;
        this.response = response;
    }

    /** Bytes look like bytes to whoever reads them early; of nothing else could Javalin make an entity tag. */
    InputStream asResult() {
        byte[] bytes = response.bytes();
        return bytes == null ? new LateResult() : new LateBytes(bytes);
    }

    /** Sends the body if its time has come, which is when all of Javalin's handlers have run; says whether it did. */
    private boolean sendNow() throws IOException {
        boolean due = !sent
                && ctx instanceof JavalinServletContext servletContext
                && servletContext.getResponseWritten().get();
        if (due) {
            sent = true;
            send();
        }
        return due;
    }

    private void close() {
        response.close();
        request.end();
    }

    /** A body in memory. */
    private final class LateBytes extends ByteArrayInputStream {

        LateBytes(byte[] bytes) {
            super(bytes);
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // A lock would be held while a slow client reads.
        public int read(byte[] target, int offset, int length) {
            try {
                return sendNow() ? skipAll() : super.read(target, offset, length);
            } catch (IOException e) {
                throw sneaky(e);
            }
        }

        /** To Javalin the copy has ended; its request log may still start again. */
        private int skipAll() {
            pos = count;
            return -1;
        }

        @Override
        public void close() {
            BodySender.this.close();
        }
    }

    /** A body that is not in memory, or none. */
    private final class LateResult extends InputStream {

        @Override
        public int read() throws IOException {
            sendNow();
            return -1;
        }

        /** Where there is no body, reading it again is as good as the first time. */
        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // There is nothing to guard.
        public void reset() throws IOException {
            if (response.stream() != null) {
                super.reset();
            }
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return read();
        }

        @Override
        public void close() {
            BodySender.this.close();
        }
    }

    private void send() throws IOException {
        HttpServletResponse servletResponse = ctx.res();
        String entityTag = response.headers().first(ENTITY_TAG);
        if (entityTag != null) {
            servletResponse.setHeader(ENTITY_TAG, entityTag);
        }
        keepContentType(servletResponse);
        byte[] bytes = response.bytes();
        StreamWriter stream = response.stream();
        if (stream != null) {
            if (response.contentLength() >= 0) {
                servletResponse.setContentLengthLong(response.contentLength());
            }
            write(stream, servletResponse);
        } else if (bytes == null) {
            if (response.contentLength() >= 0) {
                servletResponse.setContentLengthLong(response.contentLength());
            } else if (response.contentType() != null || response.status() == 304) {
                // There is a body elsewhere, for GET or in the client's cache: Jetty would announce a length of zero.
                servletResponse.flushBuffer();
            }
        } else if (isCompressed(bytes.length, servletResponse)) {
            ctx.outputStream().write(bytes);
        } else {
            if (bytes.length > GATHERED_BYTES) {
                servletResponse.setContentLength(bytes.length);
            }
            servletResponse.getOutputStream().write(bytes);
        }
    }

    /** Undoes what Jetty does to spaces and letter case, unless one of Javalin's handlers has set another type. */
    private void keepContentType(HttpServletResponse servletResponse) {
        String given = response.contentType();
        String sent = servletResponse.getContentType();
        if (given != null
                && sent != null
                && !given.equals(sent)
                && given.replace(" ", "").equalsIgnoreCase(sent.replace(" ", ""))) {
            ServletContextRequest.getServletContextRequest(ctx.req())
                    .getServletContextResponse()
                    .getWrapped()
                    .getHeaders()
                    .put("Content-Type", given);
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
            servletResponse
                    .getOutputStream()
                    .write(ProblemErrorHandler.problem(
                            500, CorrelationId.from(ctx.req().getHeader("X-Request-Id"))));
        }
    }

    private boolean isCompressed(int length, HttpServletResponse servletResponse) {
        if (length < compression.getDefaultMinSizeForCompression()
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
