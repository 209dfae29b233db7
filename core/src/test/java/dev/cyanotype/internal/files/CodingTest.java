/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which coding a client likes best. */
class CodingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, deflate, br, zstd | br zstd gzip",
                "gzip | gzip",
                "x-gzip | gzip",
                "GZIP;Q=0.5 | gzip",
                "gzip;q=1.0, br;q=0.8 | gzip br",
                "gzip;q=0.801, br;q=0.8 | gzip br",
                "gzip;q=0, br | br",
                "* | br zstd gzip",
                "*;q=0.5, gzip | gzip br zstd",
                "br;q=0, * | zstd gzip",
                "identity, gzip;q=0.5 | ''",
                "identity;q=0.5, gzip | gzip",
                "identity;q=0, gzip;q=0.1 | gzip",
                "gzip;q=nonsense | ''",
                "gzip;q=2 | ''",
                "gzip;q=0.0001 | ''",
                "gzip;q= | ''",
                "gzip;q=1. | gzip",
                "gzip ; level=9 ; q=0.5 , br;q=0.4 | gzip br",
                "deflate, identity | ''",
                ";q=1, , | ''",
            })
    void is_told_by_weights(String accepted, String expected) {
        assertThat(shown(List.of(accepted))).isEqualTo(expected);
    }

    @Test
    void is_none_for_clients_that_do_not_say() {
        assertThat(Coding.acceptedBy(List.of())).isEmpty();
    }

    @Test
    void is_told_by_all_fields_of_the_name() {
        assertThat(shown(List.of("gzip;q=0.5", "br"))).isEqualTo("br gzip");
    }

    private static String shown(List<String> acceptEncoding) {
        return Coding.acceptedBy(acceptEncoding).stream().map(Coding::token).collect(Collectors.joining(" "));
    }
}
