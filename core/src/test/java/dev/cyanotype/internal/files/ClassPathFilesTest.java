/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import static dev.cyanotype.internal.dispatch.InMemoryRequest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.internal.dispatch.Answer;
import dev.cyanotype.internal.dispatch.InMemoryRequest;
import dev.cyanotype.spi.RenderedResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of the class path, in folders and in jars. */
class ClassPathFilesTest {

    private static final String LONG_TEXT = "0123456789".repeat(100);

    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void write_a_jar() throws IOException {
        jar = folder.resolve("app.jar");
        jar(jar, "web/", "web/sub/", "web/a.txt", "web/sub/index.html", "web/long.txt", "secret.txt", "webother/b.txt");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2024-05-06T07:08:09Z")));
    }

    @Nested
    class In_a_jar {

        @Test
        void are_served_like_others() throws Exception {
            with(jar, () -> {
                Assembled app = files("classpath:/web");

                Answer answer = app.get("/s/a.txt");
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.text()).isEqualTo("content of web/a.txt");
                assertThat(answer.contentType()).isEqualTo("text/plain;charset=utf-8");
                assertThat(answer.length()).isEqualTo(20);
                assertThat(answer.header("Last-Modified")).isEqualTo("Mon, 06 May 2024 07:08:09 GMT");
                assertThat(answer.header("ETag")).isEqualTo("\"aef025f8-14\"");
                assertThat(app.get("/s/sub/").text()).isEqualTo("content of web/sub/index.html");
                return null;
            });
        }

        @Test
        void are_sent_in_parts() throws Exception {
            with(jar, () -> {
                Assembled app = files("classpath:/web");

                assertThat(app.send(get("/s/a.txt").header("Range", "bytes=-9")).text())
                        .isEqualTo("web/a.txt");
                assertThat(app.send(get("/s/long.txt").header("Range", "bytes=0-1,995-"))
                                .text())
                        .contains("\r\n\r\n01\r\n", "\r\n\r\n56789\r\n");
                return null;
            });
        }

        @Test
        void are_not_sent_again_to_whoever_has_them() throws Exception {
            with(jar, () -> {
                Assembled app = files("classpath:/web");
                String tag = app.get("/s/a.txt").header("ETag");

                assertThat(app.send(get("/s/a.txt").header("If-None-Match", tag))
                                .status())
                        .isEqualTo(304);
                assertThat(app.send(get("/s/a.txt").header("If-Modified-Since", "Mon, 06 May 2024 07:08:09 GMT"))
                                .status())
                        .isEqualTo(304);
                return null;
            });
        }

        @Test
        void have_another_tag_when_they_have_changed_whatever_their_time() throws Exception {
            String before =
                    with(jar, () -> files("classpath:/web").get("/s/a.txt").header("ETag"));
            Path other = folder.resolve("other.jar");
            jar(other, "web/", "web/a.TXT");
            Path renamed = folder.resolve("renamed.jar");
            jar(renamed, "web/", "web/a.txt");

            assertThat(with(
                            renamed,
                            () -> files("classpath:/web").get("/s/a.txt").header("ETag")))
                    .isEqualTo(before);
            assertThat(with(other, () -> files("classpath:/web").get("/s/a.TXT").header("ETag")))
                    .isNotEqualTo(before)
                    .endsWith("-14\"");
        }

        @Test
        void folders_are_no_files() throws Exception {
            with(jar, () -> {
                Assembled app = files("classpath:/web");

                Answer redirect = app.get("/s/sub");
                assertThat(redirect.status()).isEqualTo(301);
                assertThat(redirect.header("Location")).isEqualTo("sub/");
                assertThat(app.get("/s/").status()).isEqualTo(404);
                assertThat(app.get("/s/a.txt/").status()).isEqualTo(404);
                return null;
            });
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/s/../secret.txt",
                    "/s/%2e%2e/secret.txt",
                    "/s/..%2fsecret.txt",
                    "/s//secret.txt",
                    "/s/sub/../../secret.txt",
                    "/s/..;/secret.txt",
                    "/s/%5c..%5csecret.txt",
                    "/s/other/b.txt",
                    "/sother/b.txt",
                    "/s/..%00/secret.txt"
                })
        void nothing_else_of_the_jar_is_served(String target) throws Exception {
            with(jar, () -> {
                assertThat(files("classpath:/web").get(target).status()).isIn(400, 404);
                return null;
            });
        }

        @Test
        void are_found_without_entries_for_folders() throws Exception {
            Path bare = folder.resolve("bare.jar");
            jar(bare, "web/a.txt", "web/sub/index.html");

            with(bare, () -> {
                Assembled app = files("classpath:/web");

                assertThat(app.get("/s/a.txt").text()).isEqualTo("content of web/a.txt");
                assertThat(app.get("/s/sub").status()).isEqualTo(301);
                return null;
            });
        }

        @Test
        void leave_the_jar_closed() throws Exception {
            with(jar, () -> {
                Assembled app = files("classpath:/web");
                assertThat(app.get("/s/long.txt").text()).isEqualTo(LONG_TEXT);
                app.send(InMemoryRequest.of("HEAD", "/s/a.txt"));
                app.send(get("/s/a.txt").header("If-None-Match", "*"));
                app.send(get("/s/a.txt").header("If-Match", "\"x\""));
                app.send(get("/s/a.txt").header("Range", "bytes=99-"));
                app.send(get("/s/long.txt").header("Range", "bytes=0-0,500-500"));
                app.get("/s/none");
                app.get("/s/sub");
                return null;
            });

            try (Stream<Path> open = openFiles()) {
                assertThat(open).doesNotContain(jar.toRealPath());
            }
        }

        @Test
        void single_ones_are_served_too() throws Exception {
            with(jar, () -> {
                Assembled app = Assembled.of(App.named("a").file("/robots.txt", "classpath:/web/a.txt"));

                assertThat(app.get("/robots.txt").text()).isEqualTo("content of web/a.txt");
                return null;
            });
        }

        @Test
        void may_be_a_handlers_answer() throws Exception {
            with(jar, () -> {
                URL url = Thread.currentThread().getContextClassLoader().getResource("web/a.txt");
                URL none =
                        URI.create(url.toString().replace("a.txt", "none.txt")).toURL();
                URL sub = URI.create(url.toString().replace("a.txt", "sub")).toURL();
                Assembled app = Assembled.of(App.named("a")
                        .get("/x", ctx -> Response.file(url))
                        .get("/none", ctx -> Response.file(none))
                        .get("/sub", ctx -> Response.file(sub)));

                assertThat(app.get("/x").text()).isEqualTo("content of web/a.txt");
                assertThat(app.get("/x").header("X-Content-Type-Options")).isNull();
                assertThat(app.get("/none").status()).isEqualTo(404);
                assertThat(app.get("/sub").status()).isEqualTo(404);
                return null;
            });
        }
    }

    @Nested
    class In_a_folder {

        @Test
        void are_served_but_not_where_links_lead_out_of_it() throws Exception {
            Path classes = Files.createDirectories(folder.resolve("classes"));
            Files.createDirectories(classes.resolve("web/sub"));
            Files.writeString(classes.resolve("web/sub/a b.txt"), "a");
            Files.writeString(classes.resolve("secret.txt"), "secret");
            Files.createSymbolicLink(classes.resolve("web/sub/out.txt"), classes.resolve("secret.txt"));

            with(classes, () -> {
                Assembled app = files("classpath:/web");

                assertThat(app.get("/s/sub/a%20b.txt").text()).isEqualTo("a");
                assertThat(app.get("/s/sub/out.txt").status()).isEqualTo(404);
                assertThat(app.get("/s/../secret.txt").status()).isEqualTo(404);
                return null;
            });
        }
    }

    @Nested
    class Anywhere_else {

        @Test
        void of_the_jdk_are_served() throws Exception {
            URL url = Object.class.getResource("Object.class");
            Assembled app = Assembled.of(App.named("a").get("/x", ctx -> Response.file(url)));

            assertThat(url.getProtocol()).isEqualTo("jrt");
            assertThat(app.get("/x").bytes()).startsWith(0xca, 0xfe, 0xba, 0xbe);
            assertThat(app.send(get("/x").header("Range", "bytes=0-1,1000-1001"))
                            .status())
                    .isEqualTo(206);
        }

        @Test
        void of_unknown_length_are_sent_whole() {
            URL url = made("streamed", -1, 0);
            Assembled app = Assembled.of(App.named("a").get("/x", ctx -> Response.file(url)));

            Answer answer = app.send(get("/x").header("Range", "bytes=0-0"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.length()).isEqualTo(-1);
            assertThat(answer.text()).isEqualTo("streamed");
            assertThat(answer.header("ETag")).isNull();
            assertThat(answer.header("Accept-Ranges")).isNull();
        }

        @Test
        void are_opened_again_for_each_part() {
            URL url = made("0123456789".repeat(100), 1000, 1_714_979_289_000L);
            Assembled app = Assembled.of(App.named("a").get("/x", ctx -> Response.file(url)));

            Answer answer = app.send(get("/x").header("Range", "bytes=5-6,500-501"));
            assertThat(answer.text()).contains("\r\n\r\n56\r\n", "\r\n\r\n01\r\n");
            assertThat(answer.header("Last-Modified")).isEqualTo("Mon, 06 May 2024 07:08:09 GMT");
        }

        @Test
        void are_cut_off_if_they_are_shorter_than_they_say() throws Exception {
            URL url = made("short", 50, 0);
            Assembled app = Assembled.of(App.named("a").get("/x", ctx -> Response.file(url)));

            try (RenderedResponse response = app.rendered(get("/x"))) {
                assertThatThrownBy(() -> response.stream().writeTo(OutputStream.nullOutputStream()))
                        .isInstanceOf(IOException.class)
                        .hasMessage("made:/x is 45 bytes shorter than announced");
            }
        }
    }

    @Test
    void are_found_by_the_loader_of_the_declaring_class_if_the_thread_has_none() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(null);
        try {
            Assembled app = files("classpath:/dev/cyanotype");

            assertThat(app.get("/s/Assembled.class").bytes()).startsWith(0xca, 0xfe, 0xba, 0xbe);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/web",
                "web",
                "classpath:web",
                "classpath:",
                "classpath:/",
                "classpath://web",
                "classpath:/../x",
                "file:/web"
            })
    void have_a_location_on_the_class_path(String location) {
        assertThatThrownBy(() -> Blueprint.named("b").files("/s", location))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("blueprint 'b': files '/s': location '" + location
                        + "' (expected: something below the class path's root, e.g. 'classpath:/web', or a Path)");
    }

    @Test
    void that_are_missing_or_of_the_other_kind_are_refused() throws Exception {
        with(jar, () -> {
            Blueprint.Builder blueprint = Blueprint.named("b");

            assertThatThrownBy(() -> blueprint.files("/s", "classpath:/no/where"))
                    .hasMessage("blueprint 'b': files '/s': 'classpath:/no/where' does not exist on the class path"
                            + " (expected: a folder). In a named module, open the package 'no.where' to all,"
                            + " or use a folder that is no package, such as 'META-INF/web'.");
            assertThatThrownBy(() -> blueprint.files("/s", "classpath:/web/a.txt"))
                    .hasMessage("blueprint 'b': files '/s': 'classpath:/web/a.txt' is a file. Use file(…).");
            assertThatThrownBy(() -> blueprint.file("/s", "classpath:/web/none"))
                    .hasMessage("blueprint 'b': file '/s': 'classpath:/web/none' does not exist on the class path"
                            + " (expected: a file). In a named module, open the package 'web' to all,"
                            + " or use a folder that is no package, such as 'META-INF/web'.");
            assertThatThrownBy(() -> blueprint.file("/s", "classpath:/web/sub"))
                    .hasMessage("blueprint 'b': file '/s': 'classpath:/web/sub' is a folder. Use files(…).");
            return null;
        });
    }

    private static Assembled files(String location) {
        return Assembled.of(App.named("a").files("/s", location));
    }

    /** Runs with a context class loader that has a jar or a folder. */
    private static <T> T with(Path path, Callable<T> action) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {path.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            return action.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** All entries have the same time, as reproducible builds write them. */
    private static void jar(Path path, String... entries) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(path), manifest)) {
            for (String name : entries) {
                JarEntry entry = new JarEntry(name);
                entry.setLastModifiedTime(FileTime.from(Instant.parse("2000-01-01T00:00:00Z")));
                out.putNextEntry(entry);
                if (!entry.isDirectory()) {
                    String text = name.contains("long") ? LONG_TEXT : "content of " + name;
                    out.write(text.getBytes(StandardCharsets.UTF_8));
                }
                out.closeEntry();
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

    private static URL made(String content, long length, long lastModified) {
        URLStreamHandler handler = new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
                return new URLConnection(url) {
                    @Override
                    public void connect() {}

                    @Override
                    public long getContentLengthLong() {
                        return length;
                    }

                    @Override
                    public long getLastModified() {
                        return lastModified;
                    }

                    @Override
                    public InputStream getInputStream() {
                        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
                    }
                };
            }
        };
        try {
            return new URL(null, "made:/x", handler);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
