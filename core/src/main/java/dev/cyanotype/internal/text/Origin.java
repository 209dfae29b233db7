/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where absolute URLs lead.
 *
 * @param scheme http or https
 * @param port negative for the scheme's own
 */
public record Origin(String scheme, String host, int port) {

    /**
     * Takes an origin apart.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Origin parse(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean bare = !uri.isOpaque()
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
            if (http && uri.getHost() != null && bare) {
                return new Origin(
                        uri.getScheme().toLowerCase(Locale.ROOT),
                        uri.getHost().toLowerCase(Locale.ROOT),
                        uri.getPort());
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "origin '" + text + "' (expected: scheme, host and perhaps a port, e.g. 'https://example.com')");
    }

    /** The same without a port that is the scheme's own. */
    public Origin normal() {
        boolean usual = port == (scheme.equals("https") ? 443 : 80);
        return usual ? new Origin(scheme, host, -1) : this;
    }

    /** What follows the host. */
    public String portPart() {
        return port < 0 ? "" : ":" + port;
    }
}
