/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.FilesOptions;
import dev.cyanotype.internal.testkit.wire.Answer;
import dev.cyanotype.internal.testkit.wire.RawClient;
import dev.cyanotype.testkit.TestApp;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Static files in memory and over HTTP. */
class StaticFilesIT {

    private static final String CODE = "console.log('blueprint');\n".repeat(400);

    private static final String TIME = "Mon, 06 May 2024 07:08:09 GMT";

    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void write_files() throws IOException {
        folder = Files.createDirectory(temporary.resolve("web"));
        write("index.html", "<p>home</p>");
        write("app.js", CODE);
        write("app.js.gz", "not really in gzip");
        write("digits.txt", "0123456789".repeat(20));
        write("empty.txt", "");
        write("sub/index.html", "<p>sub</p>");
        Files.writeString(temporary.resolve("secret.txt"), "secret");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-05-06T07:08:09Z")));
    }

    private BothWays both(Consumer<FilesOptions.Builder> options) {
        return BothWays.with(Blueprint.named("b").files("/web", folder, options).build());
    }

    @Nested
    class Conditions {

        @Test
        void are_answered_by_tag_and_time() throws Exception {
            both(f -> {}).run(client -> {
                Answer first = client.get("/web/app.js");
                assertThat(first.text()).isEqualTo(CODE);
                assertThat(first.header("Last-Modified")).isEqualTo(TIME);
                String tag = first.header("ETag");

                for (String method : new String[] {"GET", "HEAD"}) {
                    Answer same = client.send(method, "/web/app.js", "", "If-None-Match", "\"x\", " + tag);
                    assertThat(same.status()).isEqualTo(304);
                    assertThat(same.body()).isEmpty();
                    assertThat(same.header("ETag")).isEqualTo(tag);
                    assertThat(same.header("Last-Modified")).isEqualTo(TIME);
                    assertThat(same.header("Content-Type")).isNull();
                    assertThat(client.send(method, "/web/app.js", "", "If-Modified-Since", TIME)
                                    .status())
                            .isEqualTo(304);
                    assertThat(client.send(
                                            method,
                                            "/web/app.js",
                                            "",
                                            "If-None-Match",
                                            "\"x\"",
                                            "If-Modified-Since",
                                            TIME)
                                    .status())
                            .isEqualTo(200);
                    assertThat(client.send(method, "/web/app.js", "", "If-Match", tag)
                                    .status())
                            .isEqualTo(200);
                    assertThat(client.send(method, "/web/app.js", "", "If-Match", "\"x\"")
                                    .status())
                            .isEqualTo(412);
                }
                assertThat(client.get("/web/app.js", "If-Match", "\"x\"")
                                .json()
                                .get("detail")
                                .asString())
                        .isEqualTo("The file has changed, or is not the one that the request is for");
            });
        }

        @Test
        void of_javalin_itself_do_not_get_in_the_way() throws Exception {
            JavalinOptions options = JavalinAccess.configure(
                    JavalinOptions.builder().port(0).build(), config -> config.http.generateEtags = true);
            App.Builder builder = App.named("test")
                    .files("/web", folder)
                    .post("/post", ctx -> Response.file(folder.resolve("app.js")));
            try (RunningApp app = RunningApp.of(builder, options)) {
                String tag = app.get("/web/app.js").header("ETag");

                assertThat(app.get("/web/app.js").headers("ETag")).containsExactly(tag);
                assertThat(app.get("/web/app.js", "If-None-Match", tag).status())
                        .isEqualTo(304);
                assertThat(app.get("/web/app.js", "If-None-Match", tag, "If-Match", "\"x\"")
                                .status())
                        .isEqualTo(412);
                Answer post = app.send(
                        "POST", "/post", java.net.http.HttpRequest.BodyPublishers.noBody(), "If-None-Match", "*");
                assertThat(post.status()).isEqualTo(200);
                assertThat(post.text()).isEqualTo(CODE);
            }
        }
    }

    @Nested
    class Ranges {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "bytes=0-4 | 01234 | bytes 0-4/200",
                    "bytes=195- | 56789 | bytes 195-199/200",
                    "bytes=-3 | 789 | bytes 197-199/200",
                    "bytes=198-5000 | 89 | bytes 198-199/200",
                    "bytes=0-1,2-3 | 0123 | bytes 0-3/200",
                })
        void one_part(String range, String text, String contentRange) throws Exception {
            both(f -> {}).run(client -> {
                Answer answer = client.get("/web/digits.txt", "Range", range);
                assertThat(answer.status()).isEqualTo(206);
                assertThat(answer.text()).isEqualTo(text);
                assertThat(answer.header("Content-Range")).isEqualTo(contentRange);
                assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(text.length()));
                assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=utf-8");
            });
        }

        @Test
        void several_parts() throws Exception {
            both(f -> {}).run(client -> {
                Answer answer = client.get("/web/digits.txt", "Range", "bytes=0-1,150-151,-1");
                String boundary = answer.header("Content-Type").substring("multipart/byteranges;boundary=".length());
                assertThat(answer.status()).isEqualTo(206);
                assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(answer.body().length));
                // The last two lie so close together that one part is less to send.
                assertThat(answer.text())
                        .isEqualTo("--" + boundary + "\r\nContent-Type: text/plain;charset=utf-8\r\n"
                                + "Content-Range: bytes 0-1/200\r\n\r\n01\r\n--" + boundary
                                + "\r\nContent-Type: text/plain;charset=utf-8\r\n"
                                + "Content-Range: bytes 150-199/200\r\n\r\n" + "0123456789".repeat(5) + "\r\n--"
                                + boundary + "--\r\n");
            });
        }

        @Test
        void no_part() throws Exception {
            both(f -> {}).run(client -> {
                Answer answer = client.get("/web/digits.txt", "Range", "bytes=200-");
                assertThat(answer.status()).isEqualTo(416);
                assertThat(answer.header("Content-Range")).isEqualTo("bytes */200");
                assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                assertThat(answer.json().get("detail").asString()).isEqualTo("The file has 200 bytes");
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"bytes=", "bytes=5-2", "chapters=1-2", "bytes=0-,0-", "nonsense"})
        void the_whole(String range) throws Exception {
            both(f -> {}).run(client -> {
                Answer answer = client.get("/web/digits.txt", "Range", range);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).hasSize(200);
                assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
            });
        }

        @Test
        void only_of_the_file_the_client_has() throws Exception {
            both(f -> {}).run(client -> {
                String tag = client.get("/web/digits.txt").header("ETag");
                assertThat(client.get("/web/digits.txt", "Range", "bytes=0-0", "If-Range", tag)
                                .text())
                        .isEqualTo("0");
                assertThat(client.get("/web/digits.txt", "Range", "bytes=0-0", "If-Range", TIME)
                                .text())
                        .isEqualTo("0");
                assertThat(client.get("/web/digits.txt", "Range", "bytes=0-0", "If-Range", "W/" + tag)
                                .status())
                        .isEqualTo(200);
                assertThat(client.get("/web/digits.txt", "Range", "bytes=999-", "If-Range", "\"old\"")
                                .status())
                        .isEqualTo(200);
            });
        }

        @Test
        void not_of_head_and_not_of_nothing() throws Exception {
            both(f -> {}).run(client -> {
                Answer head = client.send("HEAD", "/web/digits.txt", "", "Range", "bytes=0-0");
                assertThat(head.status()).isEqualTo(200);
                assertThat(head.header("Content-Length")).isEqualTo("200");
                assertThat(head.body()).isEmpty();
                Answer empty = client.get("/web/empty.txt", "Range", "bytes=0-");
                assertThat(empty.status()).isEqualTo(200);
                assertThat(empty.header("Content-Length")).isEqualTo("0");
            });
        }
    }

    @Nested
    class Codings {

        @Test
        void are_those_that_lie_beside_the_file() throws Exception {
            both(f -> f.precompressed(true)).run(client -> {
                Answer coded = client.get("/web/app.js", "Accept-Encoding", "br, gzip");
                assertThat(coded.text()).isEqualTo("not really in gzip");
                assertThat(coded.header("Content-Encoding")).isEqualTo("gzip");
                assertThat(coded.header("Content-Type")).isEqualTo("text/javascript;charset=utf-8");
                assertThat(coded.header("Vary")).isEqualTo("Accept-Encoding");
                Answer plain = client.get("/web/app.js");
                assertThat(plain.text()).isEqualTo(CODE);
                assertThat(plain.header("Vary")).isEqualTo("Accept-Encoding");
                assertThat(plain.header("ETag")).isNotEqualTo(coded.header("ETag"));
            });
        }

        @Test
        void are_not_made_by_the_server() throws Exception {
            both(f -> {}).run(client -> {
                Answer answer = client.get("/web/app.js", "Accept-Encoding", "gzip");
                assertThat(answer.text()).isEqualTo(CODE);
                assertThat(answer.header("Content-Encoding")).isNull();
                assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(CODE.length()));
            });
        }
    }

    @Test
    void a_folder_is_sent_on_to_its_index() throws Exception {
        both(f -> {}).run(client -> {
            Answer redirect = client.get("/web/sub?a=b");
            assertThat(redirect.status()).isEqualTo(301);
            assertThat(redirect.header("Location")).isEqualTo("sub/?a=b");
            assertThat(redirect.body()).isEmpty();
            assertThat(client.get("/web/sub/").text()).isEqualTo("<p>sub</p>");
            assertThat(client.get("/web").header("Location")).isEqualTo("web/");
        });
    }

    @Test
    void files_of_a_jar_are_served() throws Exception {
        Path jar = temporary.resolve("app.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("assets/"));
            out.putNextEntry(new JarEntry("assets/a.txt"));
            out.write("0123456789".getBytes(StandardCharsets.UTF_8));
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            Blueprint blueprint =
                    Blueprint.named("b").files("/web", "classpath:/assets").build();
            thread.setContextClassLoader(before);
            BothWays.with(blueprint).run(client -> {
                Answer whole = client.get("/web/a.txt");
                assertThat(whole.text()).isEqualTo("0123456789");
                assertThat(client.get("/web/a.txt", "Range", "bytes=-2").text()).isEqualTo("89");
                assertThat(client.get("/web/a.txt", "If-None-Match", whole.header("ETag"))
                                .status())
                        .isEqualTo(304);
                assertThat(client.send("HEAD", "/web/a.txt", "").header("Content-Length"))
                        .isEqualTo("10");
                assertThat(client.get("/web/../app.jar").status()).isEqualTo(404);
            });
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/web/../secret.txt",
                "/web/%2e%2e/secret.txt",
                "/web/..%2fsecret.txt",
                "/web/%2e%2e%2fsecret.txt",
                "/web/..;/secret.txt",
                "/web/..%5csecret.txt",
                "/web/..\\secret.txt",
                "/web/%252e%252e/secret.txt",
                "/web/%c0%ae%c0%ae/secret.txt",
                "/web/..%c0%afsecret.txt",
                "/web//secret.txt",
                "/web//etc/passwd",
                "/web/%2fetc%2fpasswd",
                "/web/C:%5csecret.txt",
                "/web/app.js%00",
                "/web/%ff",
                "/web/%",
                "/web/out.txt",
                "/web/out/secret.txt",
                "/web/app.js/",
                "/web/APP.JS",
                "//web/../secret.txt",
                "/web/sub/../../../secret.txt"
            })
    void nothing_else_is_served_whatever_the_path(String target) throws Exception {
        Files.createSymbolicLink(folder.resolve("out.txt"), temporary.resolve("secret.txt"));
        Files.createSymbolicLink(folder.resolve("out"), temporary);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        try (RunningApp app = RunningApp.of(App.named("test").files("/web", folder));
                RawClient client = app.connect();
                TestApp memory = TestApp.of(app.app().toBuilder().noTransports().build())) {
            Answer answer = client.exchange("GET", target);
            assertThat(answer.status()).isIn(400, 404);
            assertThat(answer.text()).isNotEqualTo("secret");
            assertThat(memory.get(target).status()).isIn(400, 404);
            assertThat(log.list).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
        } finally {
            root.detachAppender(log);
        }
    }

    @Nested
    class A_large_file {

        private static final long LENGTH = 200_000_000;

        @BeforeEach
        void make_it() throws IOException {
            try (RandomAccessFile sparse =
                    new RandomAccessFile(folder.resolve("large.bin").toFile(), "rw")) {
                sparse.setLength(LENGTH);
                sparse.seek(LENGTH - 3);
                sparse.write("end".getBytes(StandardCharsets.UTF_8));
            }
        }

        @Test
        void is_sent_to_its_end() throws Exception {
            try (RunningApp app = RunningApp.of(App.named("test").files("/web", folder))) {
                HttpResponse<InputStream> response =
                        app.client().send(app.request("/web/large.bin").build(), BodyHandlers.ofInputStream());
                try (InputStream body = response.body()) {
                    body.skipNBytes(LENGTH - 3);
                    assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                            .isEqualTo("end");
                }
                assertThat(response.headers().firstValueAsLong("Content-Length"))
                        .hasValue(LENGTH);
                assertThat(app.get("/web/large.bin", "Range", "bytes=-3").text())
                        .isEqualTo("end");
            }
        }

        @Test
        void that_is_cut_meanwhile_does_not_seem_whole() throws Exception {
            try (RunningApp app = RunningApp.of(App.named("test").files("/web", folder))) {
                HttpResponse<InputStream> response =
                        app.client().send(app.request("/web/large.bin").build(), BodyHandlers.ofInputStream());
                try (InputStream body = response.body()) {
                    body.skipNBytes(1000);
                    Files.write(folder.resolve("large.bin"), new byte[0]);

                    assertThatThrownBy(() -> body.skipNBytes(LENGTH - 1000)).isInstanceOf(IOException.class);
                }
            }
        }

        @Test
        void is_closed_when_the_client_goes() throws Exception {
            try (RunningApp app = RunningApp.of(App.named("test").files("/web", folder))) {
                try (RawClient client = app.connect()) {
                    client.send(RawClient.request("GET", "/web/large.bin"));
                    assertThat(client.head().status()).isEqualTo(200);
                    client.reset();
                }

                Awaitility.await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> {
                    try (Stream<Path> open = openFiles()) {
                        assertThat(open)
                                .doesNotContain(folder.resolve("large.bin").toRealPath());
                    }
                });
            }
        }
    }

    /** What this process has open, where the system tells. */
    private static Stream<Path> openFiles() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        return Files.isDirectory(descriptors)
                ? Files.list(descriptors).flatMap(link -> {
                    try {
                        return Stream.of(link.toRealPath());
                    } catch (IOException e) {
                        return Stream.empty();
                    }
                })
                : Stream.empty();
    }
}
