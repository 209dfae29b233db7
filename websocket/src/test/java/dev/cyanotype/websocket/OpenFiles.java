/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many files, and so connections, a process may have open here. */
final class OpenFiles {

    private OpenFiles() {}

    /** The limit up to which the JVM raises its own; a million where it is not known. */
    static long most() throws IOException {
        Path limits = Path.of("/proc/self/limits");
        if (!Files.exists(limits)) {
            return 1_000_000;
        }
        for (String line : Files.readAllLines(limits)) {
            if (line.startsWith("Max open files")) {
                String hard = line.split("\\s{2,}")[2];
                return hard.equals("unlimited") ? 1_000_000 : Long.parseLong(hard);
            }
        }
        return 1_000_000;
    }
}
