/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.spec;

import dev.cyanotype.http.RouteHandler;

/** The handler of a route that serves files, which URLs of files are built for. */
public interface FileHandler extends RouteHandler {}
