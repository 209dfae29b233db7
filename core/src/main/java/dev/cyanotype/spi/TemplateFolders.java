/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.util.SortedSet;

/**
 * The folders of templates, in the order they are searched.
 *
 * <p>Implemented by the library only. Thread-safe.
 *
 * @since 0.1
 */
public interface TemplateFolders {

    /**
     * Reads a template from the first folder that has it.
     *
     * @param name names joined by slashes
     * @return its text
     * @throws dev.cyanotype.exchange.TemplateException if the name could lead out of a folder, no folder has the template,
     *     or it can't be read as UTF-8
     */
    String read(String name);

    /**
     * Whether a folder has a template.
     *
     * @param name names joined by slashes
     * @return false also for a name that is refused
     */
    boolean has(String name);

    /**
     * The templates that can be listed. Slow: it looks at all folders.
     *
     * @return their names; without those in places that have no listing
     */
    SortedSet<String> names();

    /**
     * Whether the engine may keep what it has read.
     *
     * @return false while templates are being worked on: read them anew for each rendering
     */
    boolean cached();
}
