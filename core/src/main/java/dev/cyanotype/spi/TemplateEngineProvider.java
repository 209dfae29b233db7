/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

/**
 * Makes the template engines of an app.
 *
 * <p>Found with {@link java.util.ServiceLoader} by apps that have templates: declare it both with {@code provides} and in
 * {@code META-INF/services}, with a public constructor without parameters. One that needs a library which may be absent
 * should need it in that constructor: a provider that can't be made because a class is missing is passed over. The
 * instance given to the app's builder beats all found ones. Thread-safe.
 *
 * @since 0.1
 */
public interface TemplateEngineProvider {

    /**
     * What messages call it.
     *
     * @return lower-case letters, digits and hyphens, such as {@code pebble}; unique
     */
    String id();

    /**
     * Makes an engine. An app has one for each order in which folders are searched.
     *
     * @param folders where it gets all its templates from
     * @return a new engine
     */
    TemplateEngine create(TemplateFolders folders);
}
