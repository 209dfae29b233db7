/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.pebble;

import dev.cyanotype.spi.TemplateFolders;
import io.pebbletemplates.pebble.loader.Loader;
import java.io.Reader;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/** Gives Pebble what is in the folders, and nothing else. */
final class FoldersLoader implements Loader<String> {

    private final TemplateFolders folders;

    FoldersLoader(TemplateFolders folders) {
        this.folders = folders;
    }

    @Override
    public Reader getReader(String name) {
        return new StringReader(folders.read(name));
    }

    @Override
    public boolean resourceExists(String name) {
        return folders.has(name);
    }

    @Override
    public String createCacheKey(String name) {
        return name;
    }

    /** Names are always full ones, because the folder a template was found in is not the only one to look in. */
    @Override
    public @Nullable String resolveRelativePath(String name, String from) {
        return null;
    }

    @Override
    public void setCharset(String charset) {
        throw new UnsupportedOperationException("setCharset");
    }

    @Override
    public void setPrefix(String prefix) {
        throw new UnsupportedOperationException("setPrefix");
    }

    @Override
    public void setSuffix(String suffix) {
        throw new UnsupportedOperationException("setSuffix");
    }
}
