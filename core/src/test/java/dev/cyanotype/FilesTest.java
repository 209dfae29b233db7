/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static dev.cyanotype.internal.dispatch.InMemoryRequest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Level;
import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.FilesOptions;
import dev.cyanotype.internal.dispatch.Answer;
import dev.cyanotype.internal.dispatch.InMemoryRequest;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders and files of a blueprint. */
class FilesTest {

    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void write_files() throws IOException {
        folder = Files.createDirectory(temporary.resolve("web"));
        write("index.html", "<p>home</p>");
        write("a.css", "a {}");
        write("sub/index.html", "<p>sub</p>");
        write("sub/b.txt", "b");
        write("none/c.txt", "c");
        Files.writeString(temporary.resolve("secret.txt"), "secret");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Nested
    class A_folder {

        @Test
        void serves_its_files() {
            Answer answer = served().get("/web/a.css");

            assertThat(answer).hasToString("200 a {}");
            assertThat(answer.contentType()).isEqualTo("text/css;charset=utf-8");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Cache-Control")).isNull();
            assertThat(answer.header("Vary")).isNull();
            assertThat(served().get("/web/sub/b.txt")).hasToString("200 b");
            assertThat(served().get("/web/sub/none.txt").status()).isEqualTo(404);
        }

        @Test
        void serves_what_is_written_later() throws IOException {
            Assembled app = served();
            assertThat(app.get("/web/late.txt").status()).isEqualTo(404);

            write("late.txt", "late");

            assertThat(app.get("/web/late.txt")).hasToString("200 late");
        }

        @Test
        void shows_its_index_at_the_address_with_a_slash() {
            Assembled app = served();

            assertThat(app.get("/web/")).hasToString("200 <p>home</p>");
            assertThat(app.get("/web/sub/")).hasToString("200 <p>sub</p>");
            assertThat(app.get("/web/none/").status()).isEqualTo(404);
            assertThat(app.get("/web/a.css/").status()).isEqualTo(404);
        }

        @Test
        void sends_on_to_the_address_with_a_slash() {
            Assembled app = served();

            assertThat(redirect(app, "/web")).isEqualTo("web/");
            assertThat(redirect(app, "/web/sub")).isEqualTo("sub/");
            assertThat(redirect(app, "/web/sub?a=%20b&c")).isEqualTo("sub/?a=%20b&c");
            assertThat(app.get("/web/none").status()).isEqualTo(404);
        }

        @Test
        void sends_on_to_nowhere_else() throws IOException {
            write("evil.com/index.html", "x");
            write("a:b/index.html", "x");
            boolean storable = isStorable("\u00e9 ");
            if (storable) {
                write("\u00e9 /index.html", "x");
            }
            Assembled app = Assembled.of(App.named("a").files("/", folder));

            assertThat(app.get("//evil.com").status()).isEqualTo(404);
            assertThat(app.get("//evil.com/").status()).isEqualTo(404);
            assertThat(app.get("/%2Fevil.com").status()).isEqualTo(404);
            assertThat(app.get("/%5Cevil.com").status()).isEqualTo(404);
            assertThat(app.get("/\\evil.com").status()).isEqualTo(404);
            assertThat(redirect(app, "/evil.com")).isEqualTo("evil.com/");
            assertThat(redirect(app, "/a:b")).isEqualTo("./a:b/");
            if (storable) {
                assertThat(redirect(app, "/%C3%A9%20")).isEqualTo("%C3%A9%20/");
                assertThat(redirect(app, "/\u00e9 ?\u00e9\r\nX: y")).isEqualTo("%C3%A9%20/?%C3%A9%0D%0AX:%20y");
            } else {
                assertThat(app.get("/%C3%A9%20").status()).isEqualTo(404);
            }
        }

        /** In the POSIX locale, files have names of ASCII only. */
        private boolean isStorable(String name) {
            try {
                return folder.resolve(name) != null;
            } catch (InvalidPathException e) {
                return false;
            }
        }

        @Test
        void may_be_strict() {
            Assembled app = served(f -> f.strictSlashes(true));

            assertThat(app.get("/web").status()).isEqualTo(404);
            assertThat(app.get("/web/sub").status()).isEqualTo(404);
            assertThat(app.get("/web/sub/")).hasToString("200 <p>sub</p>");
        }

        @Test
        void is_not_strict_because_its_blueprint_is() {
            Assembled app = Assembled.of(Blueprint.named("b")
                    .strictSlashes(true)
                    .files("/web", folder)
                    .build());

            assertThat(redirect(app, "/web")).isEqualTo("web/");
            assertThat(app.get("/web/")).hasToString("200 <p>home</p>");
        }

        @Test
        void may_have_other_indexes_or_none() {
            assertThat(served(f -> f.index("home.html", "b.txt", "index.html")).get("/web/sub/"))
                    .hasToString("200 b");
            Assembled without = Assembled.of(Blueprint.named("b")
                    .files("/web", folder, f -> f.noIndex())
                    .get("/web", ctx -> Response.text("mine"))
                    .build());
            assertThat(without.get("/web")).hasToString("200 mine");
            assertThat(without.get("/web/")).hasToString("200 mine");
            assertThat(without.get("/web/sub").status()).isEqualTo(404);
            assertThat(without.get("/web/a.css").status()).isEqualTo(200);
        }

        @Test
        void stands_where_a_parameter_is() {
            Assembled app = Assembled.of(Blueprint.named("b")
                    .prefix("/{tenant}")
                    .after((ctx, response) -> response.header("X-Tenant", ctx.pathParam("tenant")))
                    .files("/web/", folder)
                    .build());

            assertThat(app.get("/t1/web/a.css").header("X-Tenant")).isEqualTo("t1");
        }

        @Test
        void is_mounted_as_often_as_its_blueprint_with_hooks_and_error_handlers() {
            Blueprint blueprint = Blueprint.named("b")
                    .before(ctx -> "yes".equals(ctx.header("X-Guest")) ? Response.of(403) : null)
                    .error(NotFoundException.class, (exchange, e) -> Response.of(404, e.getMessage()))
                    .files("/web", folder)
                    .build();
            Assembled app = Assembled.of(App.named("a")
                    .register(blueprint)
                    .register(blueprint, mount -> mount.prefix("/v2").named("b2")));

            assertThat(app.get("/web/a.css").status()).isEqualTo(200);
            assertThat(app.get("/v2/web/a.css").status()).isEqualTo(200);
            assertThat(app.send(get("/v2/web/a.css").header("X-Guest", "yes")).status())
                    .isEqualTo(403);
            assertThat(app.get("/v2/web/none")).hasToString("404 \"There is no such file\"");
        }

        @Test
        void follows_its_own_link_anew_each_time() throws IOException {
            Path other = Files.createDirectory(temporary.resolve("other"));
            Files.writeString(other.resolve("a.css"), "other");
            Path link = Files.createSymbolicLink(temporary.resolve("current"), folder);
            Assembled app = Assembled.of(App.named("a").files("/web", link));
            assertThat(app.get("/web/a.css")).hasToString("200 a {}");

            Files.delete(link);
            Files.createSymbolicLink(link, other);
            assertThat(app.get("/web/a.css")).hasToString("200 other");
            Files.delete(link);
            assertThat(app.get("/web/a.css").status()).isEqualTo(404);
        }
    }

    @Nested
    class Nothing_else {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/web/../secret.txt",
                    "/web/%2e%2e/secret.txt",
                    "/web/%2E./secret.txt",
                    "/web/..%2fsecret.txt",
                    "/web/%2e%2e%2fsecret.txt",
                    "/web/sub/../../secret.txt",
                    "/web/sub%2f..%2f..%2fsecret.txt",
                    "/web/..;/secret.txt",
                    "/web/..;a=b/secret.txt",
                    "/web/..\\secret.txt",
                    "/web/..%5csecret.txt",
                    "/web/%252e%252e/secret.txt",
                    "/web/%252e%252e%252fsecret.txt",
                    "/web/..%c0%afsecret.txt",
                    "/web/%c0%ae%c0%ae/secret.txt",
                    "/web/..%u2215secret.txt",
                    "/web/a.css%00",
                    "/web/a.css%00.txt",
                    "/web/%00",
                    "/web/%ff",
                    "/web/%",
                    "/web/%zz",
                    "/web//etc/passwd",
                    "/web///etc/passwd",
                    "/web/%2fetc/passwd",
                    "/web/C:/windows/win.ini",
                    "/web/C:%5cwindows%5cwin.ini",
                    "/web/a.css.",
                    "/web/a.css%20",
                    "/web/a.css::$DATA",
                    "/web/A.CSS",
                    "/web/./a.css",
                    "/web/%2e/a.css",
                    "/web//a.css",
                    "/web/sub//b.txt",
                    "/web/sub%2fb.txt",
                    "/web/sub%5cb.txt",
                    "/web/a.css/b",
                    "/web/~root",
                    "/web/file:%2f%2f%2fetc%2fpasswd",
                    "/web/%0d%0aX:%20y",
                    "/web/\ud800"
                })
        void is_served_whatever_the_path(String target) {
            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                assertThat(served().get(target).status()).isIn(400, 404);
                assertThat(log.lines()).isEmpty();
            }
        }

        @Test
        void with_a_long_name_is_found() {
            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                assertThat(served().get("/web/" + "a".repeat(5000)).status()).isEqualTo(404);
                assertThat(served().get("/web/" + "a/".repeat(3000) + "b").status())
                        .isEqualTo(404);
                assertThat(log.lines()).isEmpty();
            }
        }

        @Property
        void is_served_for_any_name(@ForAll @StringLength(max = 20) String name) throws IOException {
            folder = Files.createDirectories(Path.of("target/files-test/web"));
            Files.writeString(Path.of("target/files-test/secret.txt"), "secret");
            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                Answer answer = served(f -> f.noIndex().dotFiles(true)).get("/web/" + name.replace('?', '_'));
                assertThat(answer.status()).isIn(400, 404);
                assertThat(log.lines()).isEmpty();
            }
        }

        @Test
        void is_found_behind_links_that_lead_out() throws IOException {
            Files.createSymbolicLink(folder.resolve("out.txt"), temporary.resolve("secret.txt"));
            Files.createSymbolicLink(folder.resolve("out"), temporary);
            Files.createSymbolicLink(folder.resolve("relative.txt"), Path.of("../secret.txt"));
            Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
            Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));
            Files.createSymbolicLink(folder.resolve("in.css"), folder.resolve("a.css"));
            Files.createSymbolicLink(folder.resolve("in"), folder.resolve("sub"));
            Assembled app = served();

            for (String target : List.of("out.txt", "out/secret.txt", "relative.txt", "loop", "loop/x", "dangling")) {
                assertThat(app.get("/web/" + target).status()).as(target).isEqualTo(404);
            }
            assertThat(app.get("/web/in.css")).hasToString("200 a {}");
            assertThat(app.get("/web/in/b.txt")).hasToString("200 b");
            assertThat(app.get("/web/in/")).hasToString("200 <p>sub</p>");
        }

        @Test
        void beside_the_folder_with_the_same_beginning_is_served() throws IOException {
            Path beside = Files.createDirectory(temporary.resolve("web-private"));
            Files.writeString(beside.resolve("a.txt"), "secret");
            Files.createSymbolicLink(folder.resolve("x"), beside);

            assertThat(served().get("/web/x/a.txt").status()).isEqualTo(404);
            assertThat(served().get("/web-private/a.txt").status()).isEqualTo(404);
        }

        @Test
        void but_regular_files_is_opened() throws Exception {
            Process made = new ProcessBuilder("mkfifo", folder.resolve("pipe").toString())
                    .inheritIO()
                    .start();
            assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
            Files.createSymbolicLink(folder.resolve("zero"), Path.of("/dev/zero"));

            assertThat(Files.exists(folder.resolve("pipe"))).isTrue();
            assertThat(served().get("/web/pipe").status()).isEqualTo(404);
            assertThat(served().get("/web/zero").status()).isEqualTo(404);
        }

        @Test
        void that_can_not_be_read_is_found() throws IOException {
            // Whoever runs the tests may be allowed to read everything, so the refusal is made.
            FileSystemProvider provider = mock();
            FileSystem fileSystem = mock();
            Path refused = mock();
            when(refused.getFileSystem()).thenReturn(fileSystem);
            when(refused.getFileName()).thenReturn(Path.of("a.txt"));
            when(fileSystem.provider()).thenReturn(provider);
            when(provider.readAttributes(any(), eq(BasicFileAttributes.class)))
                    .thenReturn(Files.readAttributes(folder.resolve("a.css"), BasicFileAttributes.class));
            when(provider.newByteChannel(any(), any())).thenThrow(new AccessDeniedException("a.txt"));

            try (CapturedLog log = CapturedLog.from(Level.WARN)) {
                assertThat(Assembled.of(App.named("a").get("/x", ctx -> Response.file(refused)))
                                .get("/x")
                                .status())
                        .isEqualTo(404);
                assertThat(log.lines()).isEmpty();
            }
        }

        @Test
        void with_a_dot_in_front_is_served_unless_wanted() throws IOException {
            write(".env", "secret");
            write(".git/config", "secret");
            write(".well-known/security.txt", "Contact: me");

            assertThat(served().get("/web/.env").status()).isEqualTo(404);
            assertThat(served().get("/web/.git/config").status()).isEqualTo(404);
            assertThat(served().get("/web/%2eenv").status()).isEqualTo(404);
            assertThat(served().get("/web/.well-known/security.txt")).hasToString("200 Contact: me");
            assertThat(served(f -> f.dotFiles(true)).get("/web/.env")).hasToString("200 secret");
        }
    }

    @Nested
    class A_single_file {

        @Test
        void is_served_at_its_path_and_may_be_a_link_to_anywhere() throws IOException {
            Path link = Files.createSymbolicLink(folder.resolve("style.css"), temporary.resolve("secret.txt"));
            Assembled app = Assembled.of(App.named("a").file("/x", link));

            assertThat(app.get("/x")).hasToString("200 secret");
            assertThat(app.get("/x").contentType()).isEqualTo("text/css;charset=utf-8");
            assertThat(app.get("/x").header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(app.get("/x/").status()).isEqualTo(200);
            assertThat(app.get("/x/y").status()).isEqualTo(404);
        }

        @Test
        void may_be_strict_and_hidden_and_go_away() throws IOException {
            Path file = Files.writeString(folder.resolve(".robots"), "x");
            Assembled app = Assembled.of(App.named("a").file("/x", file, f -> f.strictSlashes(true)));
            assertThat(app.get("/x")).hasToString("200 x");
            assertThat(app.get("/x/").status()).isEqualTo(404);

            Files.delete(file);

            assertThat(app.get("/x").status()).isEqualTo(404);
        }

        @Test
        void has_the_strictness_of_its_scope() {
            Assembled app = Assembled.of(Blueprint.named("b")
                    .strictSlashes(true)
                    .file("/x", folder.resolve("a.css"))
                    .build());

            assertThat(app.get("/x").status()).isEqualTo(200);
            assertThat(app.get("/x/").status()).isEqualTo(404);
        }
    }

    @Nested
    class Compressed_forms {

        @BeforeEach
        void write_them() throws IOException {
            write("a.css.br", "brotli");
            write("a.css.gz", "gzip");
            write("sub/index.html.gz", "index in gzip");
        }

        @Test
        void are_sent_to_whoever_likes_them() {
            Answer answer = compressed("/web/a.css", "gzip, br");

            assertThat(answer).hasToString("200 brotli");
            assertThat(answer.header("Content-Encoding")).isEqualTo("br");
            assertThat(answer.header("Vary")).isEqualTo("Accept-Encoding");
            assertThat(answer.contentType()).isEqualTo("text/css;charset=utf-8");
            assertThat(answer.header("ETag")).endsWith("-br\"");
            assertThat(compressed("/web/a.css", "gzip")).hasToString("200 gzip");
            assertThat(compressed("/web/a.css", "br;q=0.5, gzip")).hasToString("200 gzip");
            assertThat(compressed("/web/a.css", "zstd, gzip;q=0.1")).hasToString("200 gzip");
            assertThat(compressed("/web/sub/", "br, gzip")).hasToString("200 index in gzip");
        }

        @Test
        void are_not_sent_to_others() {
            for (String accepted : List.of("deflate", "br;q=0", "zstd", "")) {
                Answer answer = compressed("/web/a.css", accepted);
                assertThat(answer).hasToString("200 a {}");
                assertThat(answer.header("Content-Encoding")).isNull();
                assertThat(answer.header("Vary")).isEqualTo("Accept-Encoding");
            }
            assertThat(served(f -> f.precompressed(false))
                            .send(get("/web/a.css").header("Accept-Encoding", "br")))
                    .hasToString("200 a {}");
        }

        @Test
        void are_nothing_without_the_original() throws IOException {
            Files.delete(folder.resolve("a.css"));

            assertThat(compressed("/web/a.css", "br").status()).isEqualTo(404);
        }

        @Test
        void are_sent_in_parts_of_their_own() {
            Answer answer = served(f -> f.precompressed(true))
                    .send(get("/web/a.css").header("Accept-Encoding", "br").header("Range", "bytes=0-1"));

            assertThat(answer).hasToString("206 br");
            assertThat(answer.header("Content-Range")).isEqualTo("bytes 0-1/6");
        }

        private Answer compressed(String target, String accepted) {
            return served(f -> f.precompressed(true)).send(get(target).header("Accept-Encoding", accepted));
        }
    }

    @Nested
    class A_fallback {

        @Test
        void answers_for_pages_that_do_not_exist() {
            Assembled app = served(f -> f.fallback("index.html"));

            Answer page = app.send(get("/web/users/3").header("Accept", "text/html,*/*;q=0.8"));
            assertThat(page).hasToString("200 <p>home</p>");
            assertThat(page.header("Vary")).isEqualTo("Accept");
            assertThat(app.send(get("/web/none/").header("Accept", "text/*")).status())
                    .isEqualTo(200);
            assertThat(app.send(get("/web/a.css").header("Accept", "text/html")))
                    .hasToString("200 a {}");
        }

        @Test
        void does_not_answer_for_anything_else() {
            Assembled app = served(f -> f.fallback("index.html"));

            for (String accepted : List.of("*/*", "application/json", "text/html;q=0", "")) {
                assertThat(app.send(get("/web/app.js").header("Accept", accepted))
                                .status())
                        .isEqualTo(404);
            }
            assertThat(app.get("/web/none").status()).isEqualTo(404);
            assertThat(app.send(get("/web/../none").header("Accept", "text/html"))
                            .status())
                    .isEqualTo(404);
            assertThat(app.send(InMemoryRequest.post("/web/x").header("Accept", "text/html"))
                            .status())
                    .isEqualTo(405);
        }

        @Test
        void answers_at_the_folder_itself_without_an_index() {
            Assembled app = served(f -> f.noIndex().fallback("sub/index.html"));

            assertThat(app.send(get("/web").header("Accept", "text/html"))).hasToString("200 <p>sub</p>");
        }
    }

    @Nested
    class Options {

        @Test
        void say_how_long_files_may_be_kept() {
            assertThat(served(f -> f.cacheAge(Duration.ofDays(1)))
                            .get("/web/a.css")
                            .header("Cache-Control"))
                    .isEqualTo("max-age=86400");
            Assembled each =
                    served(f -> f.cacheAge(file -> file.startsWith("sub/") ? Duration.ofSeconds(file.length()) : null));
            assertThat(each.get("/web/sub/b.txt").header("Cache-Control")).isEqualTo("max-age=9");
            assertThat(each.get("/web/sub/").header("Cache-Control")).isEqualTo("max-age=14");
            assertThat(each.get("/web/a.css").header("Cache-Control")).isNull();
        }

        @Test
        void give_media_types() throws IOException {
            write("a.own", "x");
            Assembled app = served(f -> f.contentType("OWN", "text/x-own").contentType("css", "text/css"));

            assertThat(app.get("/web/a.own").contentType()).isEqualTo("text/x-own");
            assertThat(app.get("/web/a.css").contentType()).isEqualTo("text/css");
            assertThat(app.get("/web/sub/b.txt").contentType()).isEqualTo("text/plain;charset=utf-8");
        }

        @Test
        void of_the_route_hold() {
            Assembled app = Assembled.of(Blueprint.named("b")
                    .files(
                            "/web",
                            folder,
                            f -> f.version(2).versionPrefix("/api/v").hosts("a.com", "b.com"))
                    .file("/x", folder.resolve("a.css"), f -> f.name("x").version("1.1"))
                    .build());

            assertThat(app.send(get("/api/v2/web/a.css").host("b.com")).status())
                    .isEqualTo(200);
            assertThat(app.send(get("/api/v2/web/a.css").host("c.com")).status())
                    .isEqualTo(404);
            assertThat(app.get("/v1.1/x").status()).isEqualTo(200);
        }

        @Test
        void are_set_once() {
            refused(f -> f.name("a").name("b"), "files: name was already set to 'a', now 'b'. Set it once.");
            refused(f -> f.host("a").hosts("b", "c"), "files: host was already set to 'a', now 'b, c'. Set it once.");
            refused(f -> f.version(1).version("2"), "files: version was already set to '1', now '2'. Set it once.");
            refused(f -> f.index("a").noIndex(), "files: index was already set to '[a]', now '[]'. Set it once.");
            refused(
                    f -> f.cacheAge(Duration.ZERO).cacheAge(file -> null),
                    "files: cacheAge was already set. Set it once.");
            refused(
                    f -> f.contentType("a", "x/y").contentType("A", "x/z"),
                    "files: contentType of 'a' was already set to 'x/y', now 'x/z'. Set it once.");
        }

        @Test
        void that_make_no_sense_are_refused() {
            refused(f -> f.index(), "files: no index (expected: one or more). Use noIndex().");
            refused(f -> f.index("a/b"), "files: index 'a/b' (expected: the name of a file, e.g. 'index.html')");
            refused(f -> f.index(".."), "files: index '..' (expected: the name of a file, e.g. 'index.html')");
            refused(
                    f -> f.fallback("/a"),
                    "files: fallback '/a' (expected: a file below the folder, e.g. 'index.html')");
            refused(
                    f -> f.fallback("../a"),
                    "files: fallback '../a' (expected: a file below the folder, e.g. 'index.html')");
            refused(f -> f.cacheAge(Duration.ofSeconds(-1)), "files: cacheAge PT-1S (expected: zero or more)");
            refused(
                    f -> f.contentType("css", "css"),
                    "files: contentType 'css' (expected: a media type, e.g. 'text/html;charset=utf-8')");
            refused(
                    f -> f.contentType("a.css", "x/y"),
                    "files: extension 'a.css' (expected: what follows the last dot, e.g. 'css')");
            refused(f -> f.version(-1), "files: version -1 (expected: 0 or more)");
            refused(f -> f.hosts(), "files: no hosts (expected: one or more)");
            refused(f -> f.host(null), "host");
        }

        @Test
        void are_those_of_routes_too() {
            Attribute<String> role = Attribute.named("role", String.class);
            Assembled app = served(f -> f.name("assets")
                    .attribute(role, "all")
                    .urlDefault("theme", "dark")
                    .before(ctx ->
                            Response.text(ctx.operation() + " " + ctx.attribute(role) + " " + ctx.pathParam("theme")))
                    .after((ctx, response) -> response.header("X-After", "1")));

            assertThat(app.get("/web/a.css").text()).isEqualTo("assets all dark");
            assertThat(app.get("/web/a.css").headers().first("X-After")).isEqualTo("1");
        }

        @Test
        void have_no_effect_later() {
            FilesOptions.Builder[] kept = new FilesOptions.Builder[1];
            served(f -> kept[0] = f);

            assertThatThrownBy(() -> kept[0].name("late"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("files: already built. Set options before that.");
        }

        private void refused(Consumer<FilesOptions.Builder> options, String message) {
            assertThatThrownBy(() -> served(options)).hasMessage(message);
        }
    }

    @Nested
    class Declarations {

        private final Blueprint.Builder blueprint = Blueprint.named("b");

        @Test
        void of_the_wrong_kind_or_of_nothing_are_refused() {
            Path file = folder.resolve("a.css");
            Path nothing = folder.resolve("nothing");

            refused(() -> blueprint.files("/x", file), "files '/x': '" + file + "' is a file. Use file(…).");
            refused(
                    () -> blueprint.files("/x", nothing),
                    "files '/x': '" + nothing + "' does not exist (expected: a folder)");
            refused(() -> blueprint.file("/x", folder), "file '/x': '" + folder + "' is a folder. Use files(…).");
            refused(
                    () -> blueprint.file("/x", nothing),
                    "file '/x': '" + nothing + "' does not exist (expected: a file)");
            refused(
                    () -> blueprint.files("/x", folder, f -> f.fallback("app.html")),
                    "files '/x': fallback 'app.html' does not exist (expected: a file below it)");
        }

        @Test
        void with_options_of_the_other_kind_are_refused() {
            Path file = folder.resolve("a.css");

            refused(
                    () -> blueprint.files("/x", folder, f -> f.contentType("x/y")),
                    "files '/x': contentType('x/y') is for a single file. Use contentType(extension, type).");
            refused(
                    () -> blueprint.file("/x", file, f -> f.contentType("a", "x/y")),
                    "file '/x': contentType(extension, type) is for a folder. Use contentType(type).");
            refused(
                    () -> blueprint.file("/x", file, f -> f.index("a")),
                    "file '/x': index is for a folder. Leave it out.");
            refused(
                    () -> blueprint.file("/x", file, f -> f.fallback("a")),
                    "file '/x': fallback is for a folder. Leave it out.");
        }

        @Test
        void with_a_bad_path_or_name_are_refused() {
            refused(
                    () -> blueprint.files("/a b", folder),
                    "path '/a b': 'a b' has the character ' '" + " (expected: path segments, decoded, e.g. '/api')");
            assertThatThrownBy(() -> blueprint.files("/x", folder, f -> f.name("a.b")))
                    .hasMessageStartingWith("blueprint 'b': route [GET] [/x, /x/{path*}]: name 'a.b'");
        }

        @Test
        void without_names_compete_for_the_default_name() {
            App.Builder app = App.named("a")
                    .register(blueprint
                            .files("/x", folder)
                            .file("/y", folder.resolve("a.css"))
                            .build());

            assertThatThrownBy(app::build)
                    .hasMessageMatching("app 'a': 'b': two routes have the name 'static' \\(FilesTest.java:\\d+"
                            + " and FilesTest.java:\\d+\\)\\. Rename one\\.");
        }

        private void refused(Runnable declaration, String message) {
            assertThatThrownBy(declaration::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("blueprint 'b': " + message);
        }
    }

    private static String redirect(Assembled app, String target) {
        Answer answer = app.get(target);
        assertThat(answer.status()).as(target).isEqualTo(301);
        assertThat(answer.bytes()).isEmpty();
        return answer.header("Location");
    }

    private Assembled served() {
        return served(f -> {});
    }

    private Assembled served(Consumer<FilesOptions.Builder> options) {
        return Assembled.of(App.named("a").files("/web", folder, options));
    }
}
