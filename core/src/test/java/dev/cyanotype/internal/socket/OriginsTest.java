/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.internal.dispatch.InMemoryRequest;
import dev.cyanotype.spi.HttpRequest;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

    private final Origins own = new Origins(Set.of(), null);

    private static HttpRequest request(String host, String... origins) {
        InMemoryRequest request = InMemoryRequest.get("/ws").header("Host", host);
        for (String origin : origins) {
            request.header("Origin", origin);
        }
        return request;
    }

    @Test
    void a_client_that_is_no_browser_sends_none() {
        assertThat(own.allow(request("example.com"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, http://example.com",
        "example.com, HTTP://EXAMPLE.COM",
        "EXAMPLE.com, http://example.com",
        "example.com:80, http://example.com",
        "example.com, http://example.com:80",
        "example.com:8080, http://example.com:8080",
        "[::1]:8080, http://[::1]:8080",
        "[::1], http://[::1]:80",
        "127.0.0.1:8080, http://127.0.0.1:8080",
    })
    void pages_of_the_place_itself_may(String host, String origin) {
        assertThat(own.allow(request(host, origin))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                " ",
                "http://evil.example",
                "http://evil-example.com",
                "http://example.com.evil.org",
                "http://sub.example.com",
                "http://example.co",
                "http://example.com:8080",
                "http://example.com:443",
                "https://example.com",
                "ws://example.com",
                "file://example.com",
                "http://example.com.",
                "http://example.com/",
                "http://example.com/path",
                "http://example.com?x",
                "http://example.com#x",
                "http://user@example.com",
                "http://example.com@evil.org",
                "http://[::1]",
                "http://",
                "example.com",
                "//example.com",
                "http:example.com",
                "http://exa mple.com",
                "http://example.com, http://evil.org",
                "*"
            })
    void pages_of_other_places_may_not(String origin) {
        assertThat(own.allow(request("example.com", origin))).isFalse();
    }

    @Test
    void two_fields_are_no_origin_whatever_they_say() {
        assertThat(own.allow(request("example.com", "http://example.com", "http://example.com")))
                .isFalse();
        assertThat(own.allow(request("example.com", "http://example.com", "http://evil.org")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "evil.org/", "example.com/", "example.com?", "user@example.com", "a b"})
    void a_host_that_is_none_is_nobodys_own(String host) {
        assertThat(own.allow(request(host, "http://example.com"))).isFalse();
    }

    @Test
    void without_a_host_only_allowed_ones_may() {
        HttpRequest request = InMemoryRequest.get("/ws").header("Origin", "http://example.com");

        assertThat(own.allow(request)).isFalse();
        assertThat(new Origins(Set.of("http://example.com"), null).allow(request))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com, https://app.example.com, true",
        "https://app.example.com, https://APP.example.com:443, true",
        "HTTPS://App.Example.com:443, https://app.example.com, true",
        "https://app.example.com, http://app.example.com, false",
        "https://app.example.com, https://app.example.com:8443, false",
        "https://app.example.com:8443, https://app.example.com:8443, true",
        "https://app.example.com, https://my.app.example.com, false",
        "https://app.example.com, https://app.example.com., false",
        "https://*.example.com, https://a.example.com, true",
        "https://*.example.com, https://a.b.example.com, true",
        "https://*.example.com, https://A.EXAMPLE.com:443, true",
        "https://*.Example.com, https://a.example.com, true",
        "https://*.example.com, https://example.com, false",
        "https://*.example.com, https://evil-example.com, false",
        "https://*.example.com, https://evilexample.com, false",
        "https://*.example.com, https://.example.com, false",
        "https://*.example.com, https://a.example.com.evil.org, false",
        "https://*.example.com, http://a.example.com, false",
        "https://*.example.com, https://a.example.com:8443, false",
        "https://*.example.com:8443, https://a.example.com:8443, true",
        "https://*.example.com:8443, https://a.example.com, false",
        "https://*.example.com, https://a.example.com/, false",
        "https://*.example.com, 'null', false",
        "*, https://anything.example, true",
        "*, 'null', true",
        "http://[::1]:3000, http://[::1]:3000, true",
        "http://[::1]:3000, http://[::2]:3000, false",
    })
    void others_may_as_far_as_they_are_allowed(String allowed, String origin, boolean may) {
        assertThat(new Origins(Set.of(allowed), null).allow(request("internal:8080", origin)))
                .isEqualTo(may);
    }

    @Test
    void pages_of_the_public_address_may() {
        Origins origins = new Origins(Set.of(), "https://Example.com:443");

        assertThat(origins.allow(request("internal:8080", "https://example.com")))
                .isTrue();
        assertThat(origins.allow(request("internal:8080", "http://internal:8080")))
                .isTrue();
        assertThat(origins.allow(request("internal:8080", "http://example.com")))
                .isFalse();
    }
}
