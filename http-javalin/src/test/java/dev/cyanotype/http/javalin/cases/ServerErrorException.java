/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import dev.cyanotype.exchange.HttpException;

/** An HTTP error of its own type, with status 500. */
class ServerErrorException extends HttpException {

    private static final long serialVersionUID = 1L;

    ServerErrorException() {
        super(500, "broken");
    }
}
