/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.FilesOptions;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.internal.spec.FileHandler;
import dev.cyanotype.spi.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers with the files of a folder. */
final class DirectoryHandler implements FileHandler {

    private final Presentation presentation;
    private final FilesOptions options;

    DirectoryHandler(FileRoot root, FilesOptions options) {
        this.presentation = new Presentation(root, options);
        this.options = options;
    }

    @Override
    public Object handle(HttpContext ctx) {
        HttpRequest request = ctx.as(HttpRequest.class);
        String rest = ctx.pathParams().getOrDefault(StaticFiles.PARAMETER, "");
        RequestedFile asked = RequestedFile.parse(rest, request.path(), options.dotFiles());
        if (asked == null) {
            throw notFound();
        }
        Response response = find(asked, request);
        if (response == null) {
            response = fallback(request);
        }
        if (response == null) {
            throw notFound();
        }
        return response;
    }

    private @Nullable Response find(RequestedFile asked, HttpRequest request) {
        if (asked.slash()) {
            return index(asked.names(), request);
        }
        Response file = asked.names().isEmpty() ? null : presentation.show(asked.names(), request);
        if (file != null) {
            return file;
        }
        boolean redirects = !Boolean.TRUE.equals(options.strictSlashes()) && index(asked.names(), request) != null;
        return redirects ? Redirect.toFolder(request) : null;
    }

    private @Nullable Response index(List<String> folder, HttpRequest request) {
        for (String index : options.index()) {
            List<String> names = new ArrayList<>(folder);
            names.add(index);
            Response response = presentation.show(names, request);
            if (response != null) {
                return response;
            }
        }
        return null;
    }

    /** Programs that ask for data or scripts are told the truth; a browser that opens a page gets the application. */
    private @Nullable Response fallback(HttpRequest request) {
        String fallback = options.fallback();
        if (fallback == null || WeightedList.parse(request.headers("Accept")).of("text/html", "text/*") == 0) {
            return null;
        }
        Response response = presentation.show(List.of(fallback.split("/")), request);
        return response == null ? null : response.headers(response.headers().plus("Vary", "Accept"));
    }

    private static NotFoundException notFound() {
        return new NotFoundException("There is no such file");
    }
}
