/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.pebble;

import dev.cyanotype.spi.TemplateEngine;
import dev.cyanotype.spi.TemplateEngineProvider;
import dev.cyanotype.spi.TemplateFolders;
import io.pebbletemplates.pebble.PebbleEngine;
import java.util.Objects;

/** Makes engines of Pebble, which is an optional library. */
public final class PebbleProvider implements TemplateEngineProvider {

    /** Fails where Pebble is absent, which means that this provider is not there. */
    public PebbleProvider() {
        Objects.requireNonNull(PebbleEngine.class);
    }

    @Override
    public String id() {
        return "pebble";
    }

    @Override
    public TemplateEngine create(TemplateFolders folders) {
        return new PebbleTemplates(folders);
    }
}
