/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.cyanotype.spi.OperationKind;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavalinOptionsTest {

    private static final boolean HAS_VIRTUAL_THREADS = Runtime.version().feature() >= 21;

    @Test
    void the_defaults_reach_this_machine_only() {
        JavalinOptions options = JavalinOptions.builder().build();

        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.port()).isEqualTo(8080);
        assertThat(options.maxHeaderBytes()).isEqualTo(16384);
        assertThat(options.idleTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.virtualThreads()).isEqualTo(HAS_VIRTUAL_THREADS);
    }

    @Test
    void all_can_be_set() {
        JavalinOptions options = JavalinOptions.builder()
                .host("0.0.0.0")
                .port(0)
                .maxHeaderBytes(2048)
                .idleTimeout(Duration.ofMinutes(1))
                .virtualThreads(false)
                .build();

        assertThat(options.host()).isEqualTo("0.0.0.0");
        assertThat(options.port()).isZero();
        assertThat(options.maxHeaderBytes()).isEqualTo(2048);
        assertThat(options.idleTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.virtualThreads()).isFalse();
        assertThat(options)
                .hasToString("JavalinOptions[host=0.0.0.0, port=0, maxHeaderBytes=2048, idleTimeout=PT1M,"
                        + " virtualThreads=false]");
    }

    @Test
    void a_changed_copy_keeps_the_rest_and_leaves_the_first_alone() {
        JavalinOptions first = JavalinOptions.builder()
                .host("0.0.0.0")
                .maxHeaderBytes(2048)
                .virtualThreads(false)
                .idleTimeout(Duration.ofSeconds(5))
                .build();

        JavalinOptions second = first.toBuilder().port(81).build();

        assertThat(first.port()).isEqualTo(8080);
        assertThat(second)
                .hasToString("JavalinOptions[host=0.0.0.0, port=81, maxHeaderBytes=2048, idleTimeout=PT5S,"
                        + " virtualThreads=false]");
    }

    @Test
    void a_builder_may_go_on_after_it_has_built() {
        JavalinOptions.Builder builder = JavalinOptions.builder().port(1);
        JavalinOptions first = builder.build();

        builder.port(2);

        assertThat(first.port()).isEqualTo(1);
    }

    @Nested
    class Refuse {

        @ParameterizedTest
        @ValueSource(ints = {-1, 65536})
        void a_port_that_is_none(int port) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JavalinOptions.builder().port(port))
                    .withMessage("port: %d (expected: 0 to 65535)", port);
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 0, 1023, 16777217})
        void a_size_of_the_head_that_helps_nobody(int bytes) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JavalinOptions.builder().maxHeaderBytes(bytes))
                    .withMessage("maxHeaderBytes: %d (expected: 1024 to 16777216)", bytes);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " "})
        void an_empty_host(String host) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JavalinOptions.builder().host(host))
                    .withMessage("host is empty (expected: a host name or an IP address)");
        }

        @ParameterizedTest
        @CsvSource({"PT0S", "PT0.999S", "PT-1S"})
        void too_short_a_silence(Duration timeout) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JavalinOptions.builder().idleTimeout(timeout))
                    .withMessage("idleTimeout: %s (expected: 1 s or more)", timeout);
        }

        @Test
        void virtual_threads_where_there_are_none() {
            JavalinOptions.Builder builder = JavalinOptions.builder();
            if (HAS_VIRTUAL_THREADS) {
                assertThat(builder.virtualThreads(true).build().virtualThreads())
                        .isTrue();
            } else {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> builder.virtualThreads(true))
                        .withMessage(
                                "virtualThreads: this JVM has none (it is Java %d, they come with 21)."
                                        + " Leave the option unset.",
                                Runtime.version().feature());
            }
        }

        @Test
        void nothing_at_all() {
            assertThatNullPointerException()
                    .isThrownBy(() -> JavalinHttp.with(null))
                    .withMessage("options");
            assertThatNullPointerException()
                    .isThrownBy(() ->
                            JavalinAccess.configure(JavalinOptions.builder().build(), null))
                    .withMessage("configuration");
        }
    }

    @Nested
    class Of_the_provider {

        @Test
        void say_what_it_is() {
            JavalinHttp provider = JavalinHttp.with(
                    JavalinOptions.builder().virtualThreads(false).build());

            assertThat(provider.id()).isEqualTo("http");
            assertThat(provider.order()).isZero();
            assertThat(provider.carries()).containsExactly(OperationKind.HTTP);
            assertThat(provider.settings())
                    .containsExactlyInAnyOrder(
                            "http.host", "http.port", "http.maxHeaderBytes", "http.idleSeconds", "http.virtualThreads");
            assertThat(provider)
                    .hasToString("JavalinHttp[JavalinOptions[host=127.0.0.1, port=8080, maxHeaderBytes=16384,"
                            + " idleTimeout=PT30S, virtualThreads=false]]");
        }
    }
}
