/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.modular;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One service with the same jars on the module path and on the class path, and plug-ins of both kinds. */
class ModulePathIT {

    private static final String MAIN = "dev.cyanotype.samples.modular.Greeter";

    private static final String MODULE = "dev.cyanotype.samples.modular";

    @TempDir
    private static Path folder;

    private static Path module;
    private static Path plain;

    @BeforeAll
    static void compile() throws IOException {
        module = Plugins.module(folder);
        plain = Plugins.plain(folder);
    }

    @Test
    void on_the_module_path_transports_are_found_in_modules_and_on_the_class_path() throws Exception {
        try (GreeterProcess greeter = new GreeterProcess(
                "-p", Jars.path(Jars.with(Jars.ALL, module)), "-cp", plain.toString(), "-m", MODULE + "/" + MAIN)) {
            assertThat(started(greeter))
                    .contains(
                            "transport 'http'",
                            "transport 'named' on found:named",
                            "transport 'unnamed' on found:unnamed");
            greets(greeter);
            assertThat(greeter.stop()).isZero();
        }
    }

    @Test
    void on_the_class_path_the_same_jars_do_the_same() throws Exception {
        try (GreeterProcess greeter = new GreeterProcess("-cp", Jars.path(Jars.with(Jars.ALL, plain)), MAIN)) {
            assertThat(started(greeter)).contains("transport 'http'", "transport 'unnamed' on found:unnamed");
            greets(greeter);
            assertThat(greeter.stop()).isZero();
        }
    }

    @Test
    void what_was_left_out_of_the_program_is_named() throws Exception {
        try (GreeterProcess greeter = new GreeterProcess(
                "-p",
                Jars.path(Jars.ALL),
                "--limit-modules",
                MODULE + ",ch.qos.logback.classic,jdk.unsupported",
                "-m",
                MODULE + "/" + MAIN)) {
            assertThat(String.join("\n", greeter.readUntil("no such line")))
                    .contains("blueprint 'greetings' declares 2 routes, but no transport carries HTTP."
                            + " Add dev.cyanotype:cyanotype-http-javalin (found: none). On the module path, but left out of the"
                            + " program: dev.cyanotype.http.javalin, dev.cyanotype.pubsub.redis, dev.cyanotype.websocket."
                            + " Name what you need with --add-modules.");
        }
    }

    @Test
    void in_a_layer_of_modules_with_a_class_loader_each_transports_are_found() throws Exception {
        ModuleFinder modules = ModuleFinder.of(Jars.with(Jars.ALL, module).toArray(Path[]::new));
        Configuration configuration =
                ModuleLayer.boot().configuration().resolveAndBind(modules, ModuleFinder.of(), Set.of("named", MODULE));
        ModuleLayer layer =
                ModuleLayer.boot().defineModulesWithManyLoaders(configuration, ClassLoader.getPlatformClassLoader());

        assertThat(Isolated.call(layer.findLoader("named").loadClass("named.Provider"), layer.findLoader(MODULE)))
                .isEqualTo("found:named http");
    }

    private static String started(GreeterProcess greeter) throws IOException {
        List<String> lines = greeter.readUntil("actions and messages stay in this process");
        return String.join("\n", lines);
    }

    private static void greets(GreeterProcess greeter) throws IOException, InterruptedException {
        assertThat(greeter.send(HttpRequest.newBuilder(), "/greetings/ann").body())
                .isEqualTo("{\"name\":\"ann\",\"text\":\"hello\"}");
        HttpRequest.Builder post = HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"bob\",\"text\":\"hi\"}"));
        assertThat(greeter.send(post, "/greetings").body()).isEqualTo("{\"greeted\":\"bob\"}");
    }
}
