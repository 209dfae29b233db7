/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import dev.cyanotype.exchange.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder of a file system.
 *
 * @param directory may be a symbolic link, followed anew for each request, so that it can be switched
 * @param outside whether symbolic links may lead out of it
 */
record DirectoryRoot(Path directory, boolean outside) implements FileRoot {

    @Override
    public @Nullable Response find(List<String> names) {
        try {
            Path root = directory.toRealPath();
            Path asked = root.resolve(String.join(root.getFileSystem().getSeparator(), names));
            if (!asked.startsWith(root) || !isSpelledRight(asked)) {
                return null;
            }
            Path file = asked.toRealPath();
            boolean good = (outside || file.startsWith(root)) && Files.isRegularFile(file) && Files.isReadable(file);
            return good ? Response.file(file) : null;
        } catch (IOException | InvalidPathException | SecurityException notFound) {
            return null;
        }
    }

    /** Where letter case or dots at the end do not count, a file would else be found at addresses nobody thinks of. */
    private static boolean isSpelledRight(Path asked) throws IOException {
        return asked.toRealPath(LinkOption.NOFOLLOW_LINKS).toString().equals(asked.toString());
    }
}
