/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README promises of them. */
class SizeTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/cyanotype/samples/transport");

    @ParameterizedTest
    @ValueSource(strings = {"JdkHttp", "Local"})
    void a_transport_has_less_than_300_lines(String prefix) throws IOException {
        int lines = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(SOURCES, prefix + "*.java")) {
            for (Path file : files) {
                lines += Files.readAllLines(file).size();
            }
        }

        assertThat(lines).isBetween(100, 299);
    }
}
