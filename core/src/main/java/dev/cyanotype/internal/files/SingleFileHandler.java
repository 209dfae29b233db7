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
import java.util.List;

/** Answers with one file. */
final class SingleFileHandler implements FileHandler {

    private final Presentation presentation;
    private final List<String> name;

    SingleFileHandler(FileRoot root, String name, FilesOptions options) {
        this.presentation = new Presentation(root, options);
        this.name = List.of(name);
    }

    @Override
    public Object handle(HttpContext ctx) {
        Response response = presentation.show(name, ctx.as(HttpRequest.class));
        if (response == null) {
            throw new NotFoundException("There is no such file");
        }
        return response;
    }
}
