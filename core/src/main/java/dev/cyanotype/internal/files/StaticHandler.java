/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import dev.cyanotype.http.RouteHandler;

/** Answers with files; a route that has such a handler serves a folder or a single file. */
public sealed interface StaticHandler extends RouteHandler permits DirectoryHandler, FileHandler {

    /** The path parameter below the route's path that names a file of the folder. */
    String PARAMETER = "path";
}
