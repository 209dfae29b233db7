/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.http.javalin.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.internal.testkit.wire.Answer;

/** What the cases expect of an answer. */
final class Answers {

    private Answers() {}

    static void is(Answer answer, int status, String text) {
        assertThat(answer.status()).as("status of %s", answer).isEqualTo(status);
        assertThat(answer.text()).isEqualTo(text);
    }

    /** The answer to an error that no error handler takes. */
    static void isDefault(Answer answer, int status, String title) {
        is(answer, status, "{\"title\":\"" + title + "\",\"status\":" + status + ",\"correlationId\":\"r1\"}");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    /** The same for an error whose message is meant for the client. */
    static void isDefault(Answer answer, int status, String title, String detail) {
        is(
                answer,
                status,
                "{\"title\":\"" + title + "\",\"status\":" + status + ",\"detail\":\"" + detail
                        + "\",\"correlationId\":\"r1\"}");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }
}
