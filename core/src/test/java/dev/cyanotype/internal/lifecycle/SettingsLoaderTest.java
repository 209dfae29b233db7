/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.json.JsonOptions;
import dev.cyanotype.spi.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsLoaderTest {

    private static final KnownSettings KNOWN =
            KnownSettings.of(Set.of("http.port", "http.maxBodyBytes", "redis.url", "my-bus.url"));

    @Test
    void a_system_property_beats_the_environment_which_beats_the_builder() {
        Settings settings = SettingsLoader.load(
                Map.of("http.port", "1", "redis.url", "builder", "http.maxBodyBytes", "1"),
                Map.of("CYANOTYPE_HTTP_PORT", "2", "CYANOTYPE_REDIS_URL", "environment", "PATH", "/bin"),
                properties(Map.of("cyanotype.http.port", "3", "java.version", "17")),
                KNOWN);

        assertThat(settings.text("http.port")).isEqualTo("3");
        assertThat(settings.text("redis.url")).isEqualTo("environment");
        assertThat(settings.text("http.maxBodyBytes")).isEqualTo("1");
        assertThat(settings.text("my-bus.url")).isNull();
        assertThat(settings.text("my-bus.url", "otherwise")).isEqualTo("otherwise");
    }

    private static Properties properties(Map<String, String> from) {
        Properties properties = new Properties();
        properties.putAll(from);
        return properties;
    }

    @ParameterizedTest
    @CsvSource({
        "http.port,CYANOTYPE_HTTP_PORT",
        "http.maxBodyBytes,CYANOTYPE_HTTP_MAX_BODY_BYTES",
        "my-bus.url,CYANOTYPE_MY_BUS_URL"
    })
    void each_key_has_its_variable(String key, String variable) {
        assertThat(KnownSettings.variable(key)).isEqualTo(variable);
    }

    @Nested
    class An_unknown_key {

        @Test
        void is_refused_with_its_origin_and_the_closest_one() {
            refused(
                    "setting 'redis.ulr' (given to the app's builder) is unknown. Did you mean 'redis.url'?",
                    Map.of("redis.ulr", "x"),
                    Map.of(),
                    Map.of());
            refused(
                    "setting 'CYANOTYPE_HTTP_PROT' (an environment variable) is unknown."
                            + " Did you mean 'CYANOTYPE_HTTP_PORT'?",
                    Map.of(),
                    Map.of("CYANOTYPE_HTTP_PROT", "x"),
                    Map.of());
            refused(
                    "setting 'HTTP.port' (system property cyanotype.HTTP.port) is unknown. Did you mean 'http.port'?",
                    Map.of(),
                    Map.of(),
                    Map.of("cyanotype.HTTP.port", "x"));
        }

        @Test
        void that_is_close_to_none_is_refused_with_all() {
            refused(
                    "setting 'database.password' (given to the app's builder) is unknown."
                            + " Known: [http.maxBodyBytes, http.port, my-bus.url, redis.url].",
                    Map.of("database.password", "secret"),
                    Map.of(),
                    Map.of());
        }

        @Test
        void is_fine_where_a_transport_stands_in_for_others() {
            Settings settings = SettingsLoader.load(
                    Map.of("any.key", "1"),
                    Map.of("CYANOTYPE_ANY", "2"),
                    properties(Map.of("cyanotype.other.key", "3")),
                    KnownSettings.of(Set.of("*", "http.port")));

            assertThat(settings.text("any.key")).isEqualTo("1");
            assertThat(settings.text("other.key")).isEqualTo("3");
        }

        private static void refused(
                String message,
                Map<String, String> builder,
                Map<String, String> environment,
                Map<String, String> properties) {
            assertThatThrownBy(() -> SettingsLoader.load(builder, environment, properties(properties), KNOWN))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
        }
    }

    @Nested
    class A_value {

        private final Settings settings = Settings.of(Map.of(
                "n", new Settings.Value(" 5 ", "system property n"),
                "bad", new Settings.Value("five", "environment variable BAD"),
                "large", new Settings.Value("99999999999", "given to the app's builder"),
                "yes", new Settings.Value("true", "x"),
                "no", new Settings.Value(" false", "x")));

        @Test
        void may_have_another_value_and_stay_as_they_are() {
            Settings others = settings.with("added", new Settings.Value("1", "the test"));

            assertThat(others.text("added")).isEqualTo("1");
            assertThat(others.with("added", new Settings.Value("2", "the test")).text("added"))
                    .isEqualTo("2");
            assertThat(settings.text("added")).isNull();
        }

        @Test
        void is_read_as_a_number_or_a_truth() {
            assertThat(settings.integer("n", 1, 0, 10)).isEqualTo(5);
            assertThat(settings.number("large", 1, 0, Long.MAX_VALUE)).isEqualTo(99_999_999_999L);
            assertThat(settings.integer("none", 7, 0, 10)).isEqualTo(7);
            assertThat(settings.flag("yes", false)).isTrue();
            assertThat(settings.flag("no", true)).isFalse();
            assertThat(settings.flag("none", true)).isTrue();
        }

        @Test
        void is_refused_with_its_origin_and_what_was_expected() {
            assertThatThrownBy(() -> settings.integer("bad", 1, 0, 10))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "setting 'bad' (environment variable BAD): 'five' (expected: a whole number from 0 to 10)");
            assertThatThrownBy(() -> settings.integer("n", 1, 6, 10))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("setting 'n' (system property n): ' 5 ' (expected: a whole number from 6 to 10)");
            assertThatThrownBy(() -> settings.integer("large", 1, 0, Integer.MAX_VALUE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("setting 'large' (given to the app's builder): '99999999999'"
                            + " (expected: a whole number from 0 to 2147483647)");
            assertThatThrownBy(() -> settings.flag("n", true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("setting 'n' (system property n): ' 5 ' (expected: true or false)");
        }

        @Test
        void is_not_shown() {
            assertThat(settings).hasToString("Settings[bad, large, n, no, yes]");
            assertThat(new Settings.Value("secret", "a file")).hasToString("Value[from a file]");
        }
    }

    @Nested
    class Core_reads {

        @Test
        void the_limits_of_http() {
            HttpOptions options = CoreSettings.http(
                    HttpOptions.builder().maxParts(3).build(),
                    settings(
                            "http.maxBodyBytes", "1",
                            "http.maxUploadBytes", "2",
                            "http.maxUploadMemoryBytes", "3",
                            "http.maxUrlLength", "4"));

            assertThat(options.maxBodyBytes()).isEqualTo(1);
            assertThat(options.maxUploadBytes()).isEqualTo(2);
            assertThat(options.maxUploadMemoryBytes()).isEqualTo(3);
            assertThat(options.maxUrlLength()).isEqualTo(4);
            assertThat(options.maxParts()).isEqualTo(3);
            assertThat(CoreSettings.http(options, settings("http.maxParts", "9"))
                            .maxParts())
                    .isEqualTo(9);
        }

        @Test
        void the_limits_of_json() {
            JsonOptions options = CoreSettings.json(
                    JsonOptions.builder().build(),
                    settings("json.maxDepth", "5", "json.maxStringLength", "6", "json.maxDocumentBytes", "7"));

            assertThat(options.maxDepth()).isEqualTo(5);
            assertThat(options.maxStringLength()).isEqualTo(6);
            assertThat(options.maxDocumentBytes()).isEqualTo(7);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "x", "", "1.5", "99999999999"})
        void nothing_else_as_a_limit(String value) {
            assertThatThrownBy(() -> CoreSettings.json(JsonOptions.builder().build(), settings("json.maxDepth", value)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("setting 'json.maxDepth' (test): '" + value
                            + "' (expected: a whole number from 1 to 2147483647)");
        }

        private static Settings settings(String... pairs) {
            Map<String, Settings.Value> values = new HashMap<>();
            for (int i = 0; i < pairs.length; i += 2) {
                values.put(pairs[i], new Settings.Value(pairs[i + 1], "test"));
            }
            return Settings.of(values);
        }
    }
}
