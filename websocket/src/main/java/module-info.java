/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Reserved for the sockets of blueprints, on the same server and port as their HTTP routes.
 *
 * <p>It offers nothing yet: no type, and no transport that the service loader could find.
 */
module dev.cyanotype.websocket {
    requires dev.cyanotype.core;
    requires static org.jspecify;
}
