/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is advised on what goes wrong in a plug-in. */
class FailureTest {

    private static final String OTHER_VERSION =
            "It was built for another version of Cyanotype than this one ((unpackaged)). Take the one that fits.";

    private record Case(Throwable failure, String text) {}

    static List<Case> cases() {
        return List.of(
                new Case(
                        new NoClassDefFoundError("redis/clients/jedis/Jedis"),
                        "NoClassDefFoundError redis/clients/jedis/Jedis. Add the missing jar, or remove this one."),
                new Case(
                        new ServiceConfigurationError("s", new ClassNotFoundException("a.B")),
                        "ClassNotFoundException a.B. Add the missing jar, or remove this one."),
                new Case(
                        new NoClassDefFoundError("dev/cyanotype/spi/OfNextYear"),
                        "NoClassDefFoundError dev/cyanotype/spi/OfNextYear. " + OTHER_VERSION),
                new Case(
                        new NoClassDefFoundError("dev/cyanotype/http/javalin/JavalinHttp"),
                        "NoClassDefFoundError dev/cyanotype/http/javalin/JavalinHttp."
                                + " Add the missing jar, or remove this one."),
                new Case(
                        new NoSuchMethodError("'void dev.cyanotype.spi.Settings.more()'"),
                        "NoSuchMethodError 'void dev.cyanotype.spi.Settings.more()'. " + OTHER_VERSION),
                new Case(
                        new NoSuchFieldError("Class dev.cyanotype.spi.OperationKind does not have member field 'x'"),
                        "NoSuchFieldError Class dev.cyanotype.spi.OperationKind does not have member field 'x'. "
                                + OTHER_VERSION),
                new Case(
                        new NoSuchMethodError("'void redis.clients.jedis.Jedis.more()'"),
                        "NoSuchMethodError 'void redis.clients.jedis.Jedis.more()'. It was built for another version"
                                + " of a library than the one that is here. Take those that fit."),
                new Case(
                        new IllegalAccessError(
                                "class dev.cyanotype.websocket.A (in unnamed module @0x1) cannot access"
                                        + " class dev.cyanotype.internal.http.javalin.B (in module dev.cyanotype.http.javalin)"),
                        "IllegalAccessError class dev.cyanotype.websocket.A (in unnamed module @0x1) cannot access"
                                + " class dev.cyanotype.internal.http.javalin.B (in module dev.cyanotype.http.javalin)."
                                + " Have all jars of dev.cyanotype either on the module path or on the class path."),
                new Case(
                        new UnsupportedClassVersionError("a/B has been compiled by a more recent version"),
                        "UnsupportedClassVersionError a/B has been compiled by a more recent version."
                                + " Take a newer Java, or a version of that jar for this one."),
                new Case(
                        new ExceptionInInitializerError(new IllegalStateException("boom")),
                        "IllegalStateException boom. Repair or remove its jar."),
                new Case(new IllegalStateException(), "IllegalStateException. Repair or remove its jar."));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void it_is_said_what_can_be_done(Case failure) {
        assertThat(Failure.text(failure.failure())).isEqualTo(failure.text());
    }

    @Test
    void a_wrapper_without_a_cause_speaks_for_itself() {
        assertThat(Failure.text(new ServiceConfigurationError("bad line")))
                .isEqualTo("ServiceConfigurationError bad line. Repair or remove its jar.");
    }
}
