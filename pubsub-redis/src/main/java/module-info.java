/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Reserved for actions, listeners and broadcasts of blueprints over Redis.
 *
 * <p>It offers nothing yet: no type, and no transport that the service loader could find.
 */
module dev.cyanotype.pubsub.redis {
    requires dev.cyanotype.core;
    requires static org.jspecify;
}
