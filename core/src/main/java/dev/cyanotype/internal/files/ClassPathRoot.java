/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import dev.cyanotype.exchange.Response;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the class path.
 *
 * @param base without a slash at either end
 */
record ClassPathRoot(ClassLoader loader, String base) implements FileRoot {

    @Override
    public @Nullable Response find(List<String> names) {
        String name = String.join("/", names);
        URL url = loader.getResource(base.isEmpty() ? name : base + "/" + name);
        if (url == null) {
            return null;
        }
        Path path = Resource.asPath(url);
        if (path == null) {
            return isFile(url) ? Response.file(url) : null;
        }
        Path root = path;
        for (int i = 0; i < names.size() && root != null; i++) {
            root = root.getParent();
        }
        return root == null ? null : new DirectoryRoot(root, false).find(names);
    }

    private static boolean isFile(URL url) {
        try (Resource resource = Resource.open(url)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
