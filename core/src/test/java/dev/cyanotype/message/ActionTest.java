/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class ActionTest {

    private static final Action<String, Integer> LENGTH = Action.named("length", String.class, Integer.class);

    @Test
    void is_a_value_of_its_name_and_types() {
        assertThat(LENGTH)
                .isEqualTo(Action.named("length", String.class, Integer.class))
                .hasSameHashCodeAs(Action.named("length", String.class, Integer.class))
                .isNotEqualTo(Action.named("size", String.class, Integer.class))
                .isNotEqualTo(Action.named("length", Object.class, Integer.class))
                .isNotEqualTo(Action.named("length", String.class, Long.class))
                .isNotEqualTo("length")
                .hasToString("Action[length: String -> Integer]");
    }

    @Test
    void may_have_any_name_that_is_not_empty() {
        assertThat(Action.named("v2.get user/é", String.class, String.class).name())
                .isEqualTo("v2.get user/é");
    }

    @Test
    void calls_that_fail_say_which_and_how() {
        assertThat(new NoResponderException("users", "get")).hasMessage("call of 'get' at 'users': nobody listens");
        assertThat(new CallTimeoutException("users", "get", Duration.ofSeconds(5)))
                .hasMessage("call of 'get' at 'users': no reply within 5000 ms");
        ErrorReplyException error =
                new ErrorReplyException(404, "no such user", JsonNodeFactory.instance.stringNode("payload"));
        assertThat(error).hasMessage("no such user");
        assertThat(error.payload().asString()).isEqualTo("payload");
    }

    @Test
    void an_error_reply_that_was_serialized_still_has_its_status_and_its_text() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(
                    new ErrorReplyException(404, "no such user", JsonNodeFactory.instance.stringNode("payload")));
        }
        ErrorReplyException read;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = (ErrorReplyException) in.readObject();
        }

        assertThat(read).hasMessage("no such user");
        assertThat(read.status()).isEqualTo(404);
        assertThat(read.payload()).hasToString("{\"error\":\"no such user\"}");
    }
}
