/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.pebble;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.CronType;
import com.google.re2j.Pattern;
import dev.cyanotype.App;
import io.pebbletemplates.pebble.PebbleEngine;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.io.IOUtils;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.unbescape.html.HtmlEscape;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;

/** A program of its own, with Pebble and without, on the class path and on the module path. */
class PebbleIT {

    private static final List<Class<?>> LIBRARY = List.of(
            App.class,
            JsonNode.class,
            JsonParser.class,
            com.fasterxml.jackson.annotation.JsonProperty.class,
            Logger.class,
            NullMarked.class,
            Pattern.class,
            CronType.class,
            FileUploadException.class,
            IOUtils.class);

    private static final List<Class<?>> WITH_PEBBLE = Stream.concat(
                    LIBRARY.stream(), Stream.of(PebbleEngine.class, HtmlEscape.class))
            .toList();

    @TempDir
    private static Path folder;

    private static Path classes;

    @BeforeAll
    static void compile() throws Exception {
        Path source = folder.resolve("source");
        classes = folder.resolve("classes");
        for (Map.Entry<String, String> file : sources().entrySet()) {
            Path path = source.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release",
                        "17",
                        "-p",
                        path(WITH_PEBBLE),
                        "-d",
                        classes.toString(),
                        source.resolve("module-info.java").toString(),
                        source.resolve("shop/Shop.java").toString());
        assertThat(status).isZero();
        Path views = Files.createDirectories(classes.resolve("shop-views"));
        Files.writeString(
                views.resolve("page.html"), "{{ item.name }} {{ item.price }} {{ seller.name }} {{ tags[0] }}\n");
    }

    private static Map<String, String> sources() {
        return Map.of("module-info.java", """
                module shop {
                    requires dev.cyanotype.core;
                    requires io.pebbletemplates;
                    exports shop;
                }
                """, "shop/Shop.java", """
                package shop;

                import dev.cyanotype.App;
                import dev.cyanotype.exchange.Response;
                import dev.cyanotype.spi.*;
                import java.time.Duration;
                import java.util.*;

                public class Shop {

                    public record Item(String name, int price) {}

                    public static class Seller {
                        public String getName() {
                            return "ann";
                        }
                    }

                    static class Http implements TransportProvider, Transport {
                        static Dispatcher dispatcher;
                        public String id() { return "http"; }
                        public Set<OperationKind> carries() { return Set.of(OperationKind.HTTP); }
                        public Transport create(TransportContext context) { dispatcher = context.dispatcher(); return this; }
                        public void start() {}
                        public void drain(Duration budget) {}
                        public void close() {}
                    }

                    record Get(String path) implements HttpRequest {
                        public String method() { return "GET"; }
                        public String query() { return null; }
                        public String header(String name) { return null; }
                        public List<String> headers(String name) { return List.of(); }
                        public long contentLength() { return 0; }
                        public java.io.InputStream body() { return java.io.InputStream.nullInputStream(); }
                        public String scheme() { return "http"; }
                        public java.net.InetSocketAddress remoteAddress() { return null; }
                        public <T> T unwrap(Class<T> type) { return null; }
                    }

                    public static void main(String[] arguments) {
                        App.Builder builder = App.named("shop")
                                .transport(new Http())
                                .get("/text", ctx -> Response.text("text"))
                                .get("/page", ctx -> Response.view("page.html", Map.of(
                                        "item", new Item("tea", 3), "seller", new Seller(), "tags", List.of("x"))));
                        if (arguments[0].equals("/page")) {
                            builder.templates("classpath:/shop-views");
                        }
                        try (App app = builder.build()) {
                            app.start();
                            try (RenderedResponse response = Http.dispatcher.http(new Get(arguments[0])).join()) {
                                System.out.print(new String(response.bytes()));
                            }
                        } catch (RuntimeException e) {
                            System.out.print(e.getMessage());
                        }
                    }
                }
                """);
    }

    @Test
    void renders_records_and_getters_on_the_class_path() throws Exception {
        assertThat(run("-cp", classes + File.pathSeparator + path(WITH_PEBBLE), "shop.Shop", "/page"))
                .isEqualTo("tea 3 ann x\n");
    }

    @Test
    void renders_records_and_getters_of_an_exported_package_on_the_module_path() throws Exception {
        assertThat(run("-p", classes + File.pathSeparator + path(WITH_PEBBLE), "-m", "shop/shop.Shop", "/page"))
                .isEqualTo("tea 3 ann x\n");
    }

    @Test
    void is_not_noticed_missing_by_an_app_without_templates() throws Exception {
        assertThat(run("-cp", classes + File.pathSeparator + path(LIBRARY), "shop.Shop", "/text"))
                .isEqualTo("text");
    }

    @Test
    void is_asked_for_by_an_app_with_templates() throws Exception {
        assertThat(run("-cp", classes + File.pathSeparator + path(LIBRARY), "shop.Shop", "/page"))
                .isEqualTo("app 'shop' has templates in classpath:/shop-views, but there is no template engine."
                        + " Add io.pebbletemplates:pebble (dev.cyanotype.internal.pebble.PebbleProvider lacks"
                        + " io/pebbletemplates/pebble/PebbleEngine).");
    }

    private static String path(List<Class<?>> types) {
        return types.stream()
                .map(type -> {
                    try {
                        return Path.of(type.getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                                .toString();
                    } catch (URISyntaxException e) {
                        throw new AssertionError(e);
                    }
                })
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** What the program prints. Nothing logs, so that is its answer. */
    private static String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        try {
            assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
