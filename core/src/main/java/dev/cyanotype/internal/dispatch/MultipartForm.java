/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.exchange.BadRequestException;
import dev.cyanotype.exchange.PayloadTooLargeException;
import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.http.Parameters;
import dev.cyanotype.http.Upload;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.fileupload2.core.AbstractFileUpload;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.RequestContext;
import org.apache.commons.io.output.DeferredFileOutputStream;
import org.jspecify.annotations.Nullable;

/** A multipart form (RFC 7578), its large files on disk until it is closed. */
final class MultipartForm implements AutoCloseable {

    private final Map<String, List<String>> fields = new LinkedHashMap<>();
    private final List<Upload> uploads = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();

    private MultipartForm() {}

    static MultipartForm read(InputStream in, String contentType, long contentLength, HttpOptions options) {
        MultipartForm form = new MultipartForm();
        try {
            form.readAll(in, contentType, contentLength, options);
            return form;
        } catch (IOException e) {
            form.close();
            throw new BadRequestException("the form is malformed (expected: multipart/form-data)", e);
        } catch (RuntimeException e) {
            form.close();
            throw e;
        }
    }

    Parameters fields() {
        return Parameters.of(fields);
    }

    List<Upload> uploads() {
        return List.copyOf(uploads);
    }

    @Override
    public void close() {
        parts.forEach(Part::delete);
    }

    private void readAll(InputStream in, String contentType, long contentLength, HttpOptions options)
            throws IOException {
        FileItemInputIterator items = new Parser().getItemIterator(new Body(in, contentType, contentLength));
        long fieldBytes = 0;
        for (int count = 1; items.hasNext(); count++) {
            FileItemInput item = items.next();
            if (count > options.maxParts()) {
                throw new PayloadTooLargeException("the form has more than " + options.maxParts() + " parts");
            }
            if (item.isFormField()) {
                byte[] value = field(item, options.maxBodyBytes() - fieldBytes, options.maxBodyBytes());
                fieldBytes += value.length;
                fields.computeIfAbsent(item.getFieldName(), name -> new ArrayList<>(1))
                        .add(new String(value, MediaTypes.charset(item.getContentType())));
            } else {
                Part part = new Part(item, options);
                parts.add(part);
                part.fill(item);
                uploads.add(part);
            }
        }
    }

    private static byte[] field(FileItemInput item, long left, long most) throws IOException {
        try (InputStream in = item.getInputStream()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                if (out.size() > left) {
                    throw new PayloadTooLargeException("the fields of the form are larger than " + most + " bytes");
                }
            }
            return out.toByteArray();
        }
    }

    /** The library's parser; it hands out the parts one by one. */
    private static final class Parser extends AbstractFileUpload<Body, DiskFileItem, DiskFileItemFactory> {

        @Override
        public FileItemInputIterator getItemIterator(Body body) throws IOException {
            return getItemIterator((RequestContext) body);
        }

        @Override
        public Map<String, List<DiskFileItem>> parseParameterMap(Body body) throws FileUploadException {
            return parseParameterMap((RequestContext) body);
        }

        @Override
        public List<DiskFileItem> parseRequest(Body body) throws FileUploadException {
            return parseRequest((RequestContext) body);
        }
    }

    /** The body as the parser wants it. */
    private record Body(InputStream in, String contentType, long length) implements RequestContext {

        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public String getContentType() {
            return contentType;
        }

        @Override
        public long getContentLength() {
            return length;
        }

        @Override
        public InputStream getInputStream() {
            return in;
        }

        @Override
        public boolean isMultipartRelated() {
            return false;
        }
    }

    /** A file of the form. */
    private static final class Part implements Upload {

        private final String field;
        private final String fileName;
        private final @Nullable String contentType;
        private final DeferredFileOutputStream content;

        Part(FileItemInput item, HttpOptions options) throws IOException {
            this.field = item.getFieldName();
            String name = nameOf(item);
            this.fileName = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
            this.contentType = item.getContentType();
            this.content = DeferredFileOutputStream.builder()
                    .setThreshold((int) Math.min(options.maxUploadMemoryBytes(), Integer.MAX_VALUE - 8))
                    .setPrefix("cyanotype-upload-")
                    .setDirectory(options.temporaryFolder().toFile())
                    .get();
        }

        /** The parser takes the name for a path of this machine, whose character set may lack what the client's has. */
        private static String nameOf(FileItemInput item) {
            String name;
            try {
                name = item.getName();
            } catch (InvalidPathException e) {
                name = e.getInput();
            }
            if (name != null && name.indexOf('\0') >= 0) {
                throw new BadRequestException("a file of the form has an impossible name");
            }
            return name == null ? "" : name;
        }

        void fill(FileItemInput item) throws IOException {
            try (InputStream in = item.getInputStream();
                    content) {
                in.transferTo(content);
            }
        }

        void delete() {
            File file = content.getFile();
            if (file != null) {
                try {
                    content.close();
                    Files.deleteIfExists(file.toPath());
                } catch (IOException e) {
                    // It stays in the folder for temporary files, whose owner clears it.
                    file.deleteOnExit();
                }
            }
        }

        @Override
        public String field() {
            return field;
        }

        @Override
        public String fileName() {
            return fileName;
        }

        @Override
        public @Nullable String contentType() {
            return contentType;
        }

        @Override
        public long sizeBytes() {
            return content.getByteCount();
        }

        @Override
        public boolean inMemory() {
            return content.isInMemory();
        }

        @Override
        public InputStream stream() throws IOException {
            return content.toInputStream();
        }

        @Override
        public void saveTo(Path target) throws IOException {
            try (InputStream in = stream()) {
                Files.copy(in, target);
            }
        }
    }
}
