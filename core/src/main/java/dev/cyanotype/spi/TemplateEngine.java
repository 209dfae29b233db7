/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import java.io.Writer;

/**
 * Renders templates.
 *
 * <p>It gets every template, also those that others include or extend, from its {@link TemplateFolders} and from nowhere
 * else. Thread-safe.
 *
 * @since 0.1
 */
public interface TemplateEngine {

    /**
     * Renders one.
     *
     * @param call the template and what it shows
     * @param out takes the text, in memory; not to be closed
     * @throws Exception if the template is missing or wrong; what was written is thrown away then
     */
    void render(TemplateCall call, Writer out) throws Exception;
}
