/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import dev.cyanotype.exchange.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place where files are found by the names of folders and a file. */
interface FileRoot {

    /**
     * Finds a regular file that can be read.
     *
     * @param names one or more, checked: none is empty, a dot segment or has a slash
     * @return an answer with it, or null if there is none
     */
    @Nullable
    Response find(List<String> names);
}
