/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.exchange.BadRequestException;
import dev.cyanotype.exchange.PayloadTooLargeException;
import dev.cyanotype.exchange.UnsupportedMediaTypeException;
import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.http.Parameters;
import dev.cyanotype.http.RequestBody;
import dev.cyanotype.http.Upload;
import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.spi.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the body of a request, never further than allowed. */
final class BodyReader implements RequestBody {

    private final HttpRequest request;
    private final HttpOptions options;
    private final JsonCodec json;
    private byte @Nullable [] bytes;
    private @Nullable MultipartForm form;
    private boolean streamed;

    BodyReader(HttpRequest request, HttpOptions options, JsonCodec json) {
        this.request = request;
        this.options = options;
        this.json = json;
    }

    @Override
    public @Nullable String contentType() {
        return request.header("Content-Type");
    }

    @Override
    public byte[] bytes() {
        if (bytes == null) {
            long most = options.maxBodyBytes();
            try {
                bytes = readAll(open(most), most);
            } catch (IOException e) {
                throw cut(e);
            }
        }
        return bytes;
    }

    @Override
    public String text() {
        return new String(bytes(), MediaTypes.charset(contentType()));
    }

    @Override
    public JsonNode json() {
        return json(JsonNode.class);
    }

    @Override
    public <T> T json(Class<T> type) {
        String contentType = contentType();
        if (!MediaTypes.isJson(contentType)) {
            throw new UnsupportedMediaTypeException(
                    contentType == null
                            ? "the body has no content type (expected: application/json)"
                            : "the content type of the body is not supported here (expected: application/json)");
        }
        return json.decode(bytes(), type);
    }

    @Override
    public InputStream stream() {
        long most = options.maxUploadBytes();
        return new LimitedInput(open(most), most);
    }

    @Override
    public Parameters form() {
        String essence = MediaTypes.essence(contentType());
        if (essence.equals("application/x-www-form-urlencoded")) {
            return QueryParser.parse(new String(bytes(), StandardCharsets.UTF_8), "the form");
        }
        if (essence.equals("multipart/form-data")) {
            return multipart().fields();
        }
        throw new UnsupportedMediaTypeException(
                "the body is no form (expected: application/x-www-form-urlencoded or" + " multipart/form-data)");
    }

    @Override
    public List<Upload> uploads() {
        if (!MediaTypes.essence(contentType()).equals("multipart/form-data")) {
            throw new UnsupportedMediaTypeException("the body has no files (expected: multipart/form-data)");
        }
        return multipart().uploads();
    }

    /** Removes temporary files. */
    void close() {
        if (form != null) {
            form.close();
        }
    }

    private static RuntimeException cut(IOException e) {
        return new BadRequestException("the body could not be read to its end", e);
    }

    private MultipartForm multipart() {
        if (form == null) {
            long most = options.maxUploadBytes();
            form = MultipartForm.read(
                    new LimitedInput(open(most), most),
                    String.valueOf(contentType()),
                    request.contentLength(),
                    options);
        }
        return form;
    }

    private InputStream open(long most) {
        if (streamed) {
            throw new IllegalStateException("the body was read already, as a stream or as a form. Read it once.");
        }
        if (request.contentLength() > most) {
            throw new PayloadTooLargeException("the body is larger than " + most + " bytes");
        }
        streamed = true;
        try {
            return request.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] readAll(InputStream in, long most) throws IOException {
        long announced = request.contentLength();
        if (announced == 0) {
            return new byte[0];
        }
        if (announced > 0 && announced <= Integer.MAX_VALUE - 8) {
            byte[] exactly = in.readNBytes((int) announced);
            if (exactly.length < announced) {
                throw new IOException("the connection ended");
            }
            return exactly;
        }
        return new LimitedInput(in, most).readAllBytes();
    }
}
