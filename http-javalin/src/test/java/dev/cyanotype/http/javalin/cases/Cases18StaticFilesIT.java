/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.AppBuildException;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.Urls;
import dev.cyanotype.http.javalin.BothWays;
import dev.cyanotype.internal.testkit.wire.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behaviour cases 291 to 320: static files. */
class Cases18StaticFilesIT {

    private static final String CONTENT = "I am just a regular static file\n";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write_a_file() throws IOException {
        file = Files.writeString(folder.resolve("test.file"), CONTENT);
    }

    @Test
    @DisplayName("case 291: forced content type")
    void forced_content_type() throws Exception {
        Path page = Files.writeString(folder.resolve("test.html"), "<p>test</p>");
        Blueprint test = Blueprint.named("test")
                .file("/testing.file", page, f -> f.contentType("text/html; charset=utf-8"))
                .build();
        BothWays.with(test).run(client -> {
            Answer answer = client.get("/testing.file");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("<p>test</p>");
            assertThat(answer.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        });
    }

    @Test
    @DisplayName("case 293: URLs of static files in a blueprint")
    void static_files_in_a_blueprint() throws Exception {
        Blueprint test = Blueprint.named("test_bp_static")
                .prefix("/bp")
                .file("/testing.file", file)
                .file("/testing2.file", file, f -> f.name("testing_file"))
                .build();
        Urls urls = App.named("app").register(test).build().urls();
        assertThat(urls.to("test_bp_static.static").path()).isEqualTo("/bp/testing.file");
        assertThat(urls.file("test_bp_static.static", "any").path()).isEqualTo("/bp/testing.file");
        assertThat(urls.file("test_bp_static.testing_file", "").path()).isEqualTo("/bp/testing2.file");
        assertThat(urls.file("test_bp_static.static", "").absolute("http://localhost"))
                .isEqualTo("http://localhost/bp/testing.file");
        BothWays.with(test).run(client -> {
            assertThat(client.get("/bp/testing.file").text()).isEqualTo(CONTENT);
            assertThat(client.get("/bp/testing2.file").text()).isEqualTo(CONTENT);
        });
    }

    @Test
    @DisplayName("case 295: directory at \"\"")
    void directory_at_the_prefix() throws Exception {
        Files.writeString(folder.resolve("decode me.txt"), "decode me\n");
        Blueprint test = Blueprint.named("test_bp_static")
                .prefix("/bp")
                .files("", folder)
                .files("/2", folder, f -> f.name("uploads"))
                .build();
        Urls urls = App.named("app").register(test).build().urls();
        assertThat(urls.file("test_bp_static.static", "test.file").path()).isEqualTo("/bp/test.file");
        assertThat(urls.file("test_bp_static.static", "/test.file").path()).isEqualTo("/bp/test.file");
        assertThat(urls.file("test_bp_static.static", "decode me.txt").path()).isEqualTo("/bp/decode%20me.txt");
        assertThat(urls.file("test_bp_static.uploads", "test.file").path()).isEqualTo("/bp/2/test.file");
        BothWays.with(test).run(client -> {
            assertThat(client.get("/bp/test.file").text()).isEqualTo(CONTENT);
            assertThat(client.get("/bp/decode%20me.txt").text()).isEqualTo("decode me\n");
            assertThat(client.get("/bp/2/test.file").text()).isEqualTo(CONTENT);
        });
    }

    @Test
    @DisplayName("case 297: HEAD")
    void head() throws Exception {
        BothWays.with(atTestingFile()).run(client -> {
            Answer answer = client.send("HEAD", "/bp/testing.file", "");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
            assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(CONTENT.length()));
            assertThat(answer.body()).isEmpty();
        });
    }

    @Test
    @DisplayName("case 299: Range bytes=12-")
    void range_from_a_place_on() throws Exception {
        BothWays.with(atTestingFile()).run(client -> {
            Answer answer = client.get("/bp/testing.file", "Range", "bytes=12-");
            assertThat(answer.status()).isEqualTo(206);
            assertThat(answer.text()).isEqualTo(CONTENT.substring(12));
            assertThat(answer.header("Content-Range")).isEqualTo("bytes 12-31/32");
        });
    }

    @Test
    @DisplayName("case 301: no Range header")
    void no_range() throws Exception {
        BothWays.with(atTestingFile()).run(client -> {
            Answer answer = client.get("/bp/testing.file");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Range")).isNull();
            assertThat(answer.text()).isEqualTo(CONTENT);
        });
    }

    @Test
    @DisplayName("case 303: conditional request")
    void conditional_request() throws Exception {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-05-06T07:08:09.5Z")));
        BothWays.with(atTestingFile()).run(client -> {
            Answer answer = client.get("/bp/testing.file", "If-Modified-Since", "Mon, 06 May 2024 07:08:09 GMT");
            assertThat(answer.status()).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(client.get("/bp/testing.file", "If-Modified-Since", "Mon, 06 May 2024 07:08:08 GMT")
                            .status())
                    .isEqualTo(200);
        });
    }

    @Test
    @DisplayName("case 305: nested directories")
    void nested_directories() throws Exception {
        Files.createDirectories(folder.resolve("nested/dir"));
        Files.writeString(folder.resolve("nested/dir/foo.txt"), "foo\n");
        Blueprint test = Blueprint.named("test").files("/static", folder).build();
        BothWays.with(test).run(client -> {
            assertThat(client.get("/static/nested/dir/foo.txt").status()).isEqualTo(200);
            assertThat(client.get("/static/nested/dir/foo.txt").text()).isEqualTo("foo\n");
        });
    }

    @Test
    @DisplayName("case 307: two static entries need names")
    void two_static_entries_need_names() {
        App.Builder app = App.named("app")
                .register(Blueprint.named("test")
                        .file("/file", file)
                        .file("/png", file)
                        .build());
        assertThatThrownBy(app::build)
                .isInstanceOf(AppBuildException.class)
                .hasMessageMatching(
                        "app 'app': 'test': two routes have the name 'static' "
                                + "\\(Cases18StaticFilesIT\\.java:\\d+ and Cases18StaticFilesIT\\.java:\\d+\\)\\. Rename one\\.");
    }

    @Test
    @DisplayName("case 309: declared as file; here: file(…) is for files, files(…) for folders")
    void declared_as_file() throws Exception {
        BothWays.with(atTestingFile())
                .run(client ->
                        assertThat(client.get("/bp/testing.file").status()).isEqualTo(200));
        assertThatThrownBy(() -> Blueprint.named("test").file("/x", folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("blueprint 'test': file '/x': '" + folder + "' is a folder. Use files(…).");
    }

    @Test
    @DisplayName("case 311: unknown kind; here: the method says the kind, and the other kind is refused")
    void unknown_kind() {
        assertThatThrownBy(() -> Blueprint.named("test").files("/x", file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("blueprint 'test': files '/x': '" + file + "' is a file. Use file(…).");
    }

    @Test
    @DisplayName("case 312: host of a static entry")
    void host_of_a_static_entry() throws Exception {
        Blueprint test = Blueprint.named("test")
                .file("/testing.file", file, f -> f.host("www.example.com"))
                .build();
        BothWays.with(test).run(client -> {
            assertThat(client.get("/testing.file", "Host", "www.example.com").text())
                    .isEqualTo(CONTENT);
            assertThat(client.get("/testing.file").status()).isEqualTo(404);
        });
    }

    @Test
    @DisplayName("case 314: index list, first existing wins")
    void index_list() throws Exception {
        Files.writeString(folder.resolve("test.html"), "<p>test</p>");
        Blueprint test = Blueprint.named("test")
                .files("/static", folder, f -> f.index("index.html", "test.html"))
                .build();
        BothWays.with(test).run(client -> {
            assertThat(client.get("/static/").status()).isEqualTo(200);
            assertThat(client.get("/static/").text()).isEqualTo("<p>test</p>");
        });
    }

    @Test
    @DisplayName("case 317: version, group prefix and host apply to static entries too; here: unlike Sanic's")
    void static_entries_of_a_versioned_host_bound_blueprint() throws Exception {
        Blueprint test = Blueprint.named("bp")
                .prefix("/bp")
                .version(2)
                .host("a.com")
                .file("/f", file)
                .get("/x", ctx -> Response.text("x"))
                .build();
        Blueprint group = Blueprint.group(test).prefix("/g").namePrefix("np").build();
        BothWays.with(group).run(client -> {
            assertThat(client.get("/v2/g/bp/x", "Host", "a.com").text()).isEqualTo("x");
            assertThat(client.get("/v2/g/bp/f", "Host", "a.com").text()).isEqualTo(CONTENT);
            assertThat(client.get("/v2/g/bp/f").status()).isEqualTo(404);
            assertThat(client.get("/g/bp/f", "Host", "a.com").status()).isEqualTo(404);
        });
    }

    @Test
    @DisplayName("case 317: so does the name prefix of a group")
    void name_of_a_static_entry() throws Exception {
        Blueprint test = Blueprint.named("bp")
                .file("/f", file)
                .after((ctx, response) -> response.header("X-Operation", ctx.operation()))
                .build();
        BothWays.with(Blueprint.group(test).namePrefix("np").build())
                .run(client ->
                        assertThat(client.get("/f").header("X-Operation")).isEqualTo("np.bp.static"));
    }

    @Test
    @DisplayName("case 318: route beats static directory")
    void route_beats_directory() throws Exception {
        Files.writeString(folder.resolve("a.txt"), "file");
        Blueprint test = Blueprint.named("test")
                .prefix("/bp")
                .files("/s", folder)
                .get("/s/a.txt", ctx -> Response.text("route"))
                .build();
        BothWays.with(test).run(client -> {
            assertThat(client.get("/bp/s/a.txt").text()).isEqualTo("route");
            assertThat(client.get("/bp/s/zzz").status()).isEqualTo(404);
            Answer post = client.send("POST", "/bp/s/test.file", "");
            assertThat(post.status()).isEqualTo(405);
            assertThat(post.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        });
    }

    @Test
    @DisplayName("case 320: max age per blueprint; here: per declaration")
    void max_age() throws Exception {
        Blueprint test = Blueprint.named("test")
                .prefix("/bp")
                .files("/static", folder, f -> f.cacheAge(Duration.ofSeconds(100)))
                .build();
        BothWays.with(test)
                .run(client -> assertThat(client.get("/bp/static/test.file").header("Cache-Control"))
                        .isEqualTo("max-age=100"));
    }

    private Blueprint atTestingFile() {
        return Blueprint.named("test_bp_static")
                .prefix("/bp")
                .file("/testing.file", file)
                .build();
    }
}
