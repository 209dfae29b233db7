/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import dev.cyanotype.exchange.HttpException;

/** An HTTP error of its own type, with status 403. */
class ForbiddenException extends HttpException {

    private static final long serialVersionUID = 1L;

    ForbiddenException() {
        super(403, "forbidden");
    }
}
