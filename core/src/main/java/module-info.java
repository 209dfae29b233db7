/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Blueprints, the apps they are mounted on, and what a transport needs. */
@org.jspecify.annotations.NullMarked
module dev.cyanotype.core {
    requires transitive tools.jackson.databind;
    requires transitive org.slf4j;
    requires static transitive org.jspecify;
    requires jdk.unsupported;
    requires com.cronutils;
    requires re2j;
    requires org.apache.commons.fileupload2.core;
    requires org.apache.commons.io;
    requires static io.pebbletemplates;

    exports dev.cyanotype;
    exports dev.cyanotype.exchange;
    exports dev.cyanotype.health;
    exports dev.cyanotype.http;
    exports dev.cyanotype.json;
    exports dev.cyanotype.message;
    exports dev.cyanotype.socket;
    exports dev.cyanotype.spi;
    exports dev.cyanotype.task;

    uses dev.cyanotype.spi.TemplateEngineProvider;
    uses dev.cyanotype.spi.TransportProvider;

    provides dev.cyanotype.spi.TemplateEngineProvider with
            dev.cyanotype.internal.pebble.PebbleProvider;
}
