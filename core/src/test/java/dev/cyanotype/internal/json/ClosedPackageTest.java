/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.exchange.BadRequestException;
import dev.cyanotype.json.JsonOptions;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of a module that does not open their package. */
class ClosedPackageTest {

    private static final byte[] JSON = "{\"name\":\"ann\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path folder;

    private static ModuleLayer layer;

    private final JsonCodec codec = new JsonCodec(JsonOptions.builder().build());

    @BeforeAll
    static void compile() throws Exception {
        Path descriptor = Files.writeString(folder.resolve("module-info.java"), """
                module shop {
                    exports shop;
                    opens shop.open;
                }
                """);
        Path values = Files.writeString(folder.resolve("Values.java"), """
                package shop;
                public class Values implements java.util.function.Supplier<Object> {
                    record Item(String name) {}
                    public Object get() { return new Item("ann"); }
                }
                """);
        Path open = Files.writeString(folder.resolve("Open.java"), """
                package shop.open;
                record Open(String name) {}
                """);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release",
                        "17",
                        "-d",
                        folder.resolve("classes").toString(),
                        descriptor.toString(),
                        values.toString(),
                        open.toString());
        assertThat(status).isZero();
        Configuration configuration = ModuleLayer.boot()
                .configuration()
                .resolve(ModuleFinder.of(folder.resolve("classes")), ModuleFinder.of(), Set.of("shop"));
        layer = ModuleLayer.boot().defineModulesWithOneLoader(configuration, ClosedPackageTest.class.getClassLoader());
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return layer.findLoader("shop").loadClass(name);
    }

    private static Object item() throws ReflectiveOperationException {
        return ((Supplier<?>) type("shop.Values").getConstructor().newInstance()).get();
    }

    private static final String MESSAGE =
            "shop.Values$Item: package shop of module shop is not open to Jackson, which reads"
                    + " and writes JSON. Add 'opens shop;' to its module-info.";

    @Test
    void they_can_not_be_written_and_the_package_is_named() throws Exception {
        Object item = item();

        assertThatThrownBy(() -> codec.encode(item))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(MESSAGE);
        assertThatThrownBy(() -> codec.encodeText(item)).hasMessage(MESSAGE);
        assertThatThrownBy(() -> codec.tree(Map.of("items", List.of(item)))).hasMessage(MESSAGE);
    }

    @Test
    void that_they_can_not_be_read_is_no_fault_of_the_client() throws Exception {
        Class<?> type = type("shop.Values$Item");

        assertThatThrownBy(() -> codec.decode(JSON, type))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(MESSAGE);
    }

    @Test
    void those_of_an_open_package_are_read_and_written() throws Exception {
        Class<?> type = type("shop.open.Open");

        assertThat(codec.encodeText(codec.decode(JSON, type))).isEqualTo("{\"name\":\"ann\"}");
        assertThatThrownBy(() -> codec.decode("{\"name\":{}}".getBytes(StandardCharsets.UTF_8), type))
                .isInstanceOf(BadRequestException.class);
    }
}
