/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.FilesOptions;
import dev.cyanotype.spi.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the files of one declaration are shown: their type, how long they may be kept, and in which coding. */
record Presentation(FileRoot root, FilesOptions options) {

    /** An answer with a file, or null if there is none. */
    @Nullable
    Response show(List<String> names, HttpRequest request) {
        Response original = root.find(names);
        if (original == null) {
            return null;
        }
        String name = names.get(names.size() - 1);
        Headers headers = Headers.empty().plus("X-Content-Type-Options", "nosniff");
        Duration age = options.cacheAge(String.join("/", names));
        if (age != null) {
            headers = headers.plus("Cache-Control", "max-age=" + age.toSeconds());
        }
        Response chosen = original;
        if (options.precompressed()) {
            headers = headers.plus("Vary", "Accept-Encoding");
            for (Coding coding : Coding.acceptedBy(request.headers("Accept-Encoding"))) {
                Response coded = root.find(beside(names, name + coding.suffix()));
                if (coded != null) {
                    chosen = coded;
                    headers = headers.plus("Content-Encoding", coding.token());
                    break;
                }
            }
        }
        // A link's name says more than that of the file it leads to.
        return chosen.headers(headers).contentType(contentType(name));
    }

    private static List<String> beside(List<String> names, String other) {
        List<String> changed = new ArrayList<>(names);
        changed.set(names.size() - 1, other);
        return changed;
    }

    private String contentType(String name) {
        String own = options.contentType(ContentTypes.extension(name));
        return own == null ? ContentTypes.of(name) : own;
    }
}
