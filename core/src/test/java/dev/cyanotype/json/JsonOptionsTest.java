/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.http.HttpOptions;
import org.junit.jupiter.api.Test;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class JsonOptionsTest {

    record User(String firstName) {}

    @Test
    void they_have_defaults() {
        JsonOptions options = JsonOptions.builder().build();

        assertThat(options.maxDepth()).isEqualTo(100);
        assertThat(options.maxStringLength()).isEqualTo(1 << 20);
        assertThat(options.maxDocumentBytes()).isEqualTo(16 << 20);
        assertThat(options)
                .hasToString("JsonOptions[maxDepth=100, maxStringLength=1048576, maxDocumentBytes=16777216]");
    }

    @Test
    void the_mapper_keeps_the_limits() {
        JsonMapper mapper =
                JacksonAccess.mapper(JsonOptions.builder().maxDepth(2).build());

        assertThat(mapper.readValue("[[1]]", JsonNode.class)).hasToString("[[1]]");
        assertThatThrownBy(() -> mapper.readValue("[[[1]]]", JsonNode.class))
                .isInstanceOf(StreamConstraintsException.class);
    }

    @Test
    void the_mapper_can_be_set_up_further() {
        JsonOptions options = JacksonAccess.customize(
                JsonOptions.builder().maxDepth(2).build(),
                mapper -> mapper.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));

        assertThat(options.maxDepth()).isEqualTo(2);
        assertThat(JacksonAccess.mapper(options.toBuilder().maxDepth(3).build()).writeValueAsString(new User("Ada")))
                .isEqualTo("{\"first_name\":\"Ada\"}");
    }

    @Test
    void an_app_reads_and_writes_with_them() {
        JsonOptions options = JacksonAccess.customize(
                JsonOptions.builder().build(),
                mapper -> mapper.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
        Assembled app = Assembled.of(
                App.named("a").get("/x", ctx -> new User("Ada")),
                HttpOptions.builder().build(),
                options);

        assertThat(app.get("/x").text()).isEqualTo("{\"first_name\":\"Ada\"}");
    }
}
