/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Media types by the extension of a file's name. */
final class ContentTypes {

    /** Of what is not known; browsers save it and never run it. */
    static final String UNKNOWN = "application/octet-stream";

    /** A type and its extensions on each line. */
    private static final String TABLE = """
            text/css css
            text/csv csv
            text/html html htm
            text/javascript js mjs
            text/markdown md markdown
            text/plain txt text log
            text/calendar ics
            text/vcard vcf
            text/vtt vtt
            application/atom+xml atom
            application/epub+zip epub
            application/geo+json geojson
            application/gzip gz tgz
            application/java-archive jar
            application/json json map
            application/ld+json jsonld
            application/manifest+json webmanifest
            application/msword doc
            application/ogg ogx
            application/pdf pdf
            application/rss+xml rss
            application/rtf rtf
            application/vnd.ms-excel xls
            application/vnd.ms-fontobject eot
            application/vnd.ms-powerpoint ppt
            application/vnd.oasis.opendocument.presentation odp
            application/vnd.oasis.opendocument.spreadsheet ods
            application/vnd.oasis.opendocument.text odt
            application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
            application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
            application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
            application/wasm wasm
            application/x-7z-compressed 7z
            application/x-bzip2 bz2
            application/x-tar tar
            application/x-xz xz
            application/xhtml+xml xhtml
            application/xml xml xsl
            application/yaml yaml yml
            application/zip zip
            application/zstd zst
            audio/aac aac
            audio/flac flac
            audio/midi mid midi
            audio/mp4 m4a
            audio/mpeg mp3
            audio/ogg oga ogg opus
            audio/wav wav
            audio/webm weba
            font/collection ttc
            font/otf otf
            font/ttf ttf
            font/woff woff
            font/woff2 woff2
            image/apng apng
            image/avif avif
            image/bmp bmp
            image/gif gif
            image/heic heic
            image/jpeg jpg jpeg jfif
            image/jxl jxl
            image/png png
            image/svg+xml svg
            image/tiff tif tiff
            image/vnd.microsoft.icon ico cur
            image/webp webp
            model/gltf+json gltf
            model/gltf-binary glb
            video/mp2t ts
            video/mp4 mp4 m4v
            video/mpeg mpeg mpg
            video/ogg ogv
            video/quicktime mov
            video/webm webm
            video/x-matroska mkv
            video/x-msvideo avi
            """;

    private static final Map<String, String> BY_EXTENSION = parse();

    private ContentTypes() {}

    /** The type of a file of that name; texts are taken for UTF-8. */
    static String of(String name) {
        String extension = extension(name);
        return extension == null ? UNKNOWN : BY_EXTENSION.getOrDefault(extension, UNKNOWN);
    }

    /** What follows the last dot, in lower case, or null. */
    static @Nullable String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? null : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> parse() {
        Map<String, String> types = new HashMap<>();
        TABLE.lines().forEach(line -> {
            String[] words = line.split(" ");
            String type = words[0].startsWith("text/") ? words[0] + ";charset=utf-8" : words[0];
            for (int i = 1; i < words.length; i++) {
                types.put(words[i], type);
            }
        });
        return Map.copyOf(types);
    }
}
