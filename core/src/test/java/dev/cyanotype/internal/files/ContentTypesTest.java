/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Media types by the names of files. */
class ContentTypesTest {

    @ParameterizedTest
    @CsvSource({
        "a.html, text/html;charset=utf-8",
        "a.HTM, text/html;charset=utf-8",
        "a.css, text/css;charset=utf-8",
        "app.min.js, text/javascript;charset=utf-8",
        "a.mjs, text/javascript;charset=utf-8",
        "a.txt, text/plain;charset=utf-8",
        "a.csv, text/csv;charset=utf-8",
        "a.md, text/markdown;charset=utf-8",
        "a.json, application/json",
        "app.js.map, application/json",
        "a.webmanifest, application/manifest+json",
        "a.xml, application/xml",
        "a.svg, image/svg+xml",
        "a.png, image/png",
        "a.jpg, image/jpeg",
        "a.webp, image/webp",
        "a.avif, image/avif",
        "favicon.ico, image/vnd.microsoft.icon",
        "a.wasm, application/wasm",
        "a.woff2, font/woff2",
        "a.mp4, video/mp4",
        "a.pdf, application/pdf",
        "a.zip, application/zip",
        "a.unknown, application/octet-stream",
        "README, application/octet-stream",
        "a., application/octet-stream",
        ".css, text/css;charset=utf-8"
    })
    void follow_from_the_extension(String name, String expected) {
        assertThat(ContentTypes.of(name)).isEqualTo(expected);
    }
}
