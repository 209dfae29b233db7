/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import dev.cyanotype.App;
import dev.cyanotype.testkit.TestRedis;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** What is secret, or would break lines, is in nothing that is printed. */
class Fault30IT {

    private static final String MARKER = "Zq7Marker";

    /** All that anybody logs, Jedis included, down to TRACE. */
    private static final class AllLogs extends AppenderBase<ILoggingEvent> implements AutoCloseable {

        private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        private final Level level = root.getLevel();
        private final List<Appender<ILoggingEvent>> others = new ArrayList<>();
        private final List<String> lines = new CopyOnWriteArrayList<>();

        private AllLogs() {
            root.iteratorForAppenders().forEachRemaining(others::add);
            others.forEach(root::detachAppender);
            setContext(root.getLoggerContext());
            start();
            root.setLevel(Level.TRACE);
            root.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage()
                    + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy()))
                    + event.getMDCPropertyMap());
        }

        @Override
        public void close() {
            root.detachAppender(this);
            others.forEach(root::addAppender);
            root.setLevel(level);
        }
    }

    private static String text(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static String form(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @ParameterizedTest(name = "fault 30: a password is in nothing that is printed {index}")
    @ValueSource(
            strings = {"ä" + MARKER + "@:/?#[]% \"quoted\" \\ 'too' {} $1 🔑\u202e", "\r\nWARN " + MARKER + "\u001b[31m"
            })
    void passwords(String password) {
        List<String> printed = new ArrayList<>();
        try (AllLogs logs = new AllLogs();
                TestRedis redis = TestRedis.start()) {
            redis.command("ACL", "SETUSER", "ann", "on", ">" + password, "~*", "&*", "+@all");
            String at = "127.0.0.1:" + redis.port();
            RedisOptions options = RedisOptions.at("redis://ann:" + form(password) + "@" + at);
            printed.add(options.toString());
            printed.add(options.toBuilder().toString());
            printed.add(RedisPubSub.with(options).toString());
            try (Shop shop = Shop.start(options)) {
                shop.works(1);
                RedisAccess.client(shop.app()).get("x");
                printed.add(shop.app().toString());
                printed.add(shop.app().describe().toString());
                printed.add(shop.app().status().toString());
                printed.add(RedisAccess.client(shop.app()).toString());
                redis.command("CLIENT", "KILL", "USER", "ann");
                redis.kill();
                await().atMost(Shop.LONG).until(() -> !shop.app().status().isReady());
                printed.add(text(catchThrowable(() -> shop.self().call("echo", Map.of("n", 5)))));
                printed.add(text(catchThrowable(() -> shop.append(5))));
                redis.restart();
                // Now the user is unknown.
                await().atMost(Shop.LONG).until(() -> logs.lines.stream().anyMatch(line -> line.contains("WRONGPASS")));
                printed.add(
                        text(catchThrowable(() -> RedisAccess.client(shop.app()).get("x"))));
            }
            for (String scheme : List.of("redis", "redis-sentinel", "redis-cluster")) {
                Shop shop = Shop.of(RedisOptions.builder()
                        .url(scheme + "://ann:" + form(password) + "@" + at
                                + (scheme.equals("redis-sentinel") ? "#m" : ""))
                        .sentinel("ann", password)
                        .startTimeout(Duration.ofMillis(100))
                        .build());
                Throwable failed = catchThrowable(() -> shop.app().start());
                assertThat(failed).isNotNull();
                printed.add(text(failed));
            }
            App set = App.named("set")
                    .discovery(false)
                    .transport(new RedisPubSub())
                    .setting("redis.url", "redis://ann:" + form(password) + "@" + at)
                    .setting("redis.password", password)
                    .setting("redis.startTimeoutMillis", "100")
                    .action("x", ctx -> 1)
                    .build();
            printed.add(set.describe().toString());
            printed.add(text(catchThrowable(set::start)));
            assertThat(logs.lines).hasSizeGreaterThan(20);
            printed.addAll(logs.lines);
        }
        assertThat(printed).noneMatch(text -> text.contains(MARKER));
    }

    @ParameterizedTest(name = "fault 30: a URL that is wrong shows no password {index}")
    @ValueSource(
            strings = {
                "redis://:" + MARKER + "/x@h",
                "redis://:" + MARKER + "#x@h",
                "redis://:" + MARKER + "?x@h",
                "redis://:" + MARKER + "%zz@h",
                "redis://:" + MARKER + "%ff@h",
                "redis://" + MARKER + "@h",
                "redis://ann:" + MARKER + "@",
                "redis://ann:" + MARKER + "@h:port",
                "redis://ann:" + MARKER + "@h/db",
                "redis://ann:" + MARKER + "@h,h",
                "redis-sentinel://ann:" + MARKER + "@h",
                "rediz://ann:" + MARKER + "@h",
                "ann:" + MARKER + "@h:1",
                "redis:/ann:" + MARKER + "@h:1"
            })
    void wrong_urls(String url) {
        assertThatThrownBy(() -> RedisOptions.at(url))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(text(e)).doesNotContain(MARKER));
        App app = App.named("set")
                .discovery(false)
                .transport(new RedisPubSub())
                .setting("redis.url", url)
                .action("x", ctx -> 1)
                .build();
        assertThatThrownBy(app::start).satisfies(e -> assertThat(text(e)).doesNotContain(MARKER));
    }

    @Test
    @DisplayName("fault 30: channel names, payloads and identifiers from outside break no line of the log")
    void broken_lines() {
        String evil = "\r\nERROR forged \u001b[31m\u2028\u202e " + MARKER;
        try (AllLogs logs = new AllLogs();
                TestRedis redis = TestRedis.start();
                Shop shop = Shop.start(redis.url())) {
            redis.command("PUBLISH", shop.channel(), "{" + evil);
            redis.command("PUBLISH", shop.app().name(), "{" + evil);
            redis.command("PUBLISH", shop.app().name(), request(evil, "reply*?[a]" + MARKER, "echo"));
            redis.command("PUBLISH", shop.app().name(), request("id", "reply" + evil, evil));
            redis.command("XADD", shop.stream(), "*", "data", "{" + evil, evil, evil);
            shop.works(1);
            await().atMost(Shop.LONG)
                    .until(() -> shop.app().status().counters().get("redis.messages.undecodable") >= 2);

            assertThat(logs.lines)
                    .noneMatch(line -> line.contains("\r\nERROR forged")
                            || line.contains("\u001b[")
                            || line.contains("\u2028")
                            || line.contains("\u202e"));
        }
    }

    private static String request(String id, String replyTo, String action) {
        return JsonMapper.builder()
                .build()
                .writeValueAsString(
                        Map.of("request_id", id, "reply_to", replyTo, "action", action, "payload", Map.of("n", 3)));
    }

    @Test
    @DisplayName("fault 30: a channel name with glob characters is just a name")
    void globs() {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (TestRedis redis = TestRedis.start()) {
            App app = App.named("globs")
                    .discovery(false)
                    .transport(RedisPubSub.with(RedisOptions.at(redis.url())))
                    .listen("user*", (message, ctx) -> heard.add("star " + message))
                    .listen("user[1]?", (message, ctx) -> heard.add("set " + message))
                    .build();
            try {
                app.start();
                redis.command("PUBLISH", "user1", "{\"n\":1}");
                redis.command("PUBLISH", "user1x", "{\"n\":2}");
                redis.command("PUBLISH", "user*", "{\"n\":3}");
                redis.command("PUBLISH", "user[1]?", "{\"n\":4}");

                await().atMost(Shop.LONG)
                        .untilAsserted(
                                () -> assertThat(heard).containsExactlyInAnyOrder("star {\"n\":3}", "set {\"n\":4}"));
            } finally {
                app.stop();
            }
        }
    }
}
