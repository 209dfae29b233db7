/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.http.Upload;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Multipart forms. */
class UploadsIT {

    private static final int IN_MEMORY = 1000;

    @TempDir
    private Path temporary;

    @TempDir
    private Path kept;

    private RunningApp app;

    @BeforeEach
    void start() {
        app = RunningApp.of(App.named("test")
                .http(HttpOptions.builder()
                        .temporaryFolder(temporary)
                        .maxUploadMemoryBytes(IN_MEMORY)
                        .maxUploadBytes(1 << 20)
                        .maxParts(5)
                        .build())
                .post("/describe", ctx -> {
                    List<Map<String, Object>> uploads = new ArrayList<>();
                    for (Upload upload : ctx.body().uploads()) {
                        uploads.add(Map.of(
                                "field", upload.field(),
                                "file", upload.fileName(),
                                "type", String.valueOf(upload.contentType()),
                                "size", upload.sizeBytes(),
                                "memory", upload.inMemory()));
                    }
                    return Map.of(
                            "uploads", uploads,
                            "fields", ctx.body().form().toMap(),
                            "temporary", files());
                })
                .post(
                        "/send-back",
                        ctx -> Response.bytes(
                                "application/octet-stream",
                                ctx.body().uploads().get(0).stream().readAllBytes()))
                .post("/keep", ctx -> {
                    ctx.body().uploads().get(0).saveTo(kept.resolve("kept.bin"));
                    return null;
                })
                .post("/fail", ctx -> {
                    ctx.body().uploads();
                    throw new IllegalStateException(files() + " files");
                }));
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.count();
        }
    }

    private static byte[] part(String head, byte[] content) {
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        part.writeBytes(
                ("--edge\r\nContent-Disposition: form-data; " + head + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        part.writeBytes(content);
        part.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        return part.toByteArray();
    }

    private static byte[] file(int size) {
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (i * 7);
        }
        return content;
    }

    private Answer send(String path, byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        all.writeBytes("--edge--\r\n".getBytes(StandardCharsets.UTF_8));
        return app.send(
                "POST",
                path,
                BodyPublishers.ofByteArray(all.toByteArray()),
                "Content-Type",
                "multipart/form-data; boundary=edge",
                "X-Request-Id",
                "r1");
    }

    @Test
    void small_files_stay_in_memory() {
        Answer answer = send(
                "/describe",
                part("name=\"title\"", "grün".getBytes(StandardCharsets.UTF_8)),
                part("name=\"picture\"; filename=\"a.png\"\r\nContent-Type: image/png", file(IN_MEMORY)));

        assertThatJson(answer.text())
                .isEqualTo("{uploads: [{field: 'picture', file: 'a.png', type: 'image/png', size: 1000, memory: true}],"
                        + " fields: {title: ['grün']}, temporary: 0}");
    }

    @Test
    void large_files_go_to_a_temporary_file_that_is_gone_afterwards() throws IOException {
        Answer answer = send("/describe", part("name=\"a\"; filename=\"a.bin\"", file(IN_MEMORY + 1)));

        assertThatJson(answer.text())
                .isEqualTo("{uploads: [{field: 'a', file: 'a.bin', type: 'null', size: 1001, memory: false}],"
                        + " fields: {}, temporary: 1}");
        assertThat(files()).isZero();
    }

    @Test
    void all_bytes_of_a_large_file_arrive() throws IOException {
        Answer answer = send("/send-back", part("name=\"a\"; filename=\"a.bin\"", file(500_000)));

        assertThat(answer.body()).isEqualTo(file(500_000));
        assertThat(files()).isZero();
    }

    @Test
    void a_kept_file_outlives_its_request() throws IOException {
        Answer answer = send("/keep", part("name=\"a\"; filename=\"a.bin\"", file(5000)));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(kept.resolve("kept.bin")).hasBinaryContent(file(5000));
        assertThat(files()).isZero();
    }

    @Test
    void the_temporary_file_is_gone_after_a_failure_too() throws IOException {
        Answer answer = send("/fail", part("name=\"a\"; filename=\"a.bin\"", file(5000)));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(files()).isZero();
    }

    @Test
    void folders_in_a_file_name_are_dropped() {
        Answer answer = send(
                "/describe",
                part("name=\"a\"; filename=\"../../etc/passwd\"", file(1)),
                part("name=\"b\"; filename=\"C:\\\\temp\\\\b.txt\"", file(1)));

        assertThatJson(answer.text()).inPath("uploads[*].file").isArray().containsExactly("passwd", "b.txt");
    }

    @Test
    void too_large_a_form_is_refused_and_leaves_no_file() throws IOException {
        Answer answer = send("/describe", part("name=\"a\"; filename=\"a.bin\"", file(1 << 20)));

        assertThat(answer.status()).isEqualTo(413);
        assertThatJson(answer.text())
                .isEqualTo("{title: 'Content Too Large', status: 413, detail: 'the body is larger than 1048576 bytes',"
                        + " correlationId: 'r1'}");
        assertThat(files()).isZero();
    }

    @Test
    void too_large_a_form_of_unannounced_size_is_refused_and_leaves_no_file() throws IOException {
        try (RawClient client = app.connect()) {
            client.send(RawClient.request(
                    "POST",
                    "/describe",
                    "Content-Type: multipart/form-data; boundary=edge",
                    "Transfer-Encoding: chunked"));
            byte[] body = part("name=\"a\"; filename=\"a.bin\"", file((1 << 20) + 1));
            client.send(Integer.toHexString(body.length) + "\r\n").send(body).send("\r\n0\r\n\r\n");

            assertThat(client.answer().status()).isEqualTo(413);
        }
        assertThat(files()).isZero();
    }

    @Test
    void too_many_parts_are_refused_and_leave_no_file() throws IOException {
        byte[] large = part("name=\"a\"; filename=\"a.bin\"", file(2000));

        Answer answer = send("/describe", large, large, large, large, large, large);

        assertThat(answer.status()).isEqualTo(413);
        assertThatJson(answer.text()).node("detail").isEqualTo("the form has more than 5 parts");
        assertThat(files()).isZero();
    }

    @Test
    void a_form_that_ends_too_early_is_refused_and_leaves_no_file() throws IOException {
        Answer answer = app.send(
                "POST",
                "/describe",
                BodyPublishers.ofByteArray(part("name=\"a\"; filename=\"a.bin\"", file(5000))),
                "Content-Type",
                "multipart/form-data; boundary=edge");

        assertThat(answer.status()).isEqualTo(400);
        assertThatJson(answer.text()).node("detail").isEqualTo("the form is malformed (expected: multipart/form-data)");
        assertThat(files()).isZero();
    }

    @Test
    void a_form_without_boundary_is_refused() {
        Answer answer = app.post("/describe", "multipart/form-data", "--edge--\r\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThatJson(answer.text()).node("detail").isEqualTo("the form is malformed (expected: multipart/form-data)");
    }
}
