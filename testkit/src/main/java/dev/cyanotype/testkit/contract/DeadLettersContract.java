/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.message.ConsumerOptions;
import dev.cyanotype.message.StreamConsumer;
import dev.cyanotype.spi.OperationKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Entries of streams that can't be handled, at first or at all. */
@Rule(30)
abstract class DeadLettersContract extends ContractApps {

    record Order(int id) {}

    private static final Consumer<ConsumerOptions.Builder> QUICK =
            options -> options.maxDeliveries(3).retries(Duration.ofMillis(20), Duration.ofMillis(40));

    private final String stream = own("orders");

    @BeforeEach
    void assumeStreams() {
        assumeCarried(OperationKind.STREAM, "rules 29 to 31");
    }

    /** The dead letters of the stream. */
    private final List<JsonNode> letters = new CopyOnWriteArrayList<>();

    private App.Builder adding() {
        return app().action("add", ctx -> ctx.append(stream, ctx.payload()))
                .action("add_once", ctx -> ctx.append(stream, own("key"), ctx.payload()))
                .consume("{" + stream + "}:dead", "letters", JsonNode.class, (letter, ctx) -> letters.add(letter));
    }

    private App consuming(StreamConsumer<JsonNode> consumer) {
        return start(adding().consume(stream, "stock", JsonNode.class, consumer, QUICK));
    }

    private String add(App app, int n) {
        return self(app).call("add", Map.of("n", n)).asString();
    }

    private void checkLetter(String id, int deliveries, String reason) {
        eventually().until(() -> !letters.isEmpty());
        assertThat(letters)
                .singleElement()
                .hasToString(
                        "{\"stream\":\"%s\",\"group\":\"stock\",\"id\":\"%s\",\"deliveries\":%d,\"reason\":\"%s\",\"entry\":{\"n\":1}}"
                                .formatted(stream, id, deliveries, reason));
    }

    @Test
    void an_entry_that_failed_is_tried_again() {
        App app = consuming((entry, ctx) -> {
            seen.add(ctx.id() + " " + ctx.deliveries() + " " + entry);
            if (ctx.deliveries() < 3) {
                throw new IllegalStateException("not yet");
            }
        });

        String id = add(app, 1);

        eventually().until(() -> seen.size() == 3);
        assertThat(seen).containsExactly(id + " 1 {\"n\":1}", id + " 2 {\"n\":1}", id + " 3 {\"n\":1}");
        assertThat(letters).isEmpty();
    }

    @Test
    void an_entry_rests_between_its_deliveries_while_others_are_handled() {
        List<Instant> times = new CopyOnWriteArrayList<>();
        App app = start(adding().consume(
                        stream,
                        "stock",
                        JsonNode.class,
                        (entry, ctx) -> {
                            seen.add(entry.path("n") + "/" + ctx.deliveries());
                            if (entry.path("n").asInt() == 1) {
                                times.add(Instant.now());
                                if (ctx.deliveries() < 3) {
                                    throw new IllegalStateException("not yet");
                                }
                            }
                        },
                        options -> options.retries(Duration.ofMillis(400), Duration.ofMillis(500))));

        add(app, 1);
        add(app, 2);

        eventually().until(() -> seen.size() == 4);
        assertThat(seen).containsExactly("1/1", "2/1", "1/2", "1/3");
        assertThat(Duration.between(times.get(0), times.get(1))).isGreaterThanOrEqualTo(Duration.ofMillis(390));
        assertThat(Duration.between(times.get(1), times.get(2))).isGreaterThanOrEqualTo(Duration.ofMillis(490));
    }

    @Test
    void an_entry_that_fails_for_good_is_a_dead_letter() {
        App app = consuming((entry, ctx) -> {
            seen.add(entry.path("n") + "/" + ctx.deliveries());
            if (entry.path("n").asInt() == 1) {
                throw new HttpException(503, "no stock");
            }
        });

        String id = add(app, 1);
        eventually().until(() -> !letters.isEmpty());
        add(app, 2);

        eventually().until(() -> seen.contains("2/1"));
        assertThat(seen).containsExactly("1/1", "1/2", "1/3", "2/1");
        checkLetter(id, 3, "no stock");
    }

    @Test
    void an_error_is_tried_again_like_an_exception_and_its_text_stays_inside() {
        App app = consuming((entry, ctx) -> {
            seen.add("" + ctx.deliveries());
            throw new StackOverflowError("a secret");
        });

        add(app, 1);

        eventually().until(() -> !letters.isEmpty());
        assertThat(seen).containsExactly("1", "2", "3");
        assertThat(letters.get(0).path("reason").asString())
                .matches("Internal Server Error \\(correlation id [0-9a-f]+\\)");
    }

    @Test
    void an_entry_that_would_fail_again_is_a_dead_letter_at_once() {
        App app = consuming((entry, ctx) -> {
            seen.add("tried");
            throw new HttpException(422, "no such item");
        });

        String id = add(app, 1);

        checkLetter(id, 1, "no such item");
        assertThat(seen).containsExactly("tried");
    }

    @Test
    void an_entry_of_another_type_is_a_dead_letter_at_once() {
        App app = start(adding().consume(stream, "stock", Order.class, (order, ctx) -> seen.add("never"), QUICK));

        self(app).call("add", Map.of("id", "none"));

        eventually().until(() -> !letters.isEmpty());
        assertThat(letters.get(0).path("reason").asString())
                .isEqualTo("the entry does not have the expected form: see 'id'");
        assertThat(letters.get(0).path("entry")).hasToString("{\"id\":\"none\"}");
        assertThat(seen).isEmpty();
    }

    @Test
    void too_many_requests_and_the_like_are_no_reason_to_give_up() {
        App app = consuming((entry, ctx) -> {
            seen.add("" + ctx.deliveries());
            if (ctx.deliveries() < 3) {
                throw new HttpException(ctx.deliveries() == 1 ? 429 : 408, "later");
            }
        });

        add(app, 1);

        eventually().until(() -> seen.size() == 3);
        assertThat(letters).isEmpty();
    }

    @Test
    void the_error_handlers_of_the_scope_decide() {
        App app = start(adding().register(Blueprint.named("a")
                .error(IllegalStateException.class, (exchange, e) -> {
                    seen.add("handled " + e.getMessage());
                    return Response.json(Map.of());
                })
                .error(ArithmeticException.class, (exchange, e) -> Response.of(410, "gone for good"))
                .consume(
                        stream,
                        "stock",
                        JsonNode.class,
                        (entry, ctx) -> {
                            seen.add("tried " + entry.path("n"));
                            if (entry.path("n").asInt() == 1) {
                                throw new ArithmeticException();
                            }
                            throw new IllegalStateException("it");
                        },
                        QUICK)
                .build()));

        String id = add(app, 1);
        eventually().until(() -> !letters.isEmpty());
        add(app, 2);

        checkLetter(id, 1, "gone for good");
        eventually().until(() -> seen.size() == 3);
        assertThat(seen).containsExactly("tried 1", "tried 2", "handled it");
    }

    @Test
    void one_group_that_fails_does_not_make_others_handle_an_entry_again() {
        App app = start(adding().consume(
                        stream,
                        "stock",
                        JsonNode.class,
                        (entry, ctx) -> {
                            throw new IllegalStateException("never");
                        },
                        QUICK)
                .register(Blueprint.named("b")
                        .consume(stream, "fine", JsonNode.class, (entry, ctx) -> seen.add("fine"))
                        .build()));

        add(app, 1);

        eventually().until(() -> !letters.isEmpty());
        assertThat(letters.get(0).path("deliveries").asInt()).isEqualTo(3);
        assertThat(seen).containsExactly("fine");
    }

    @Test
    void dead_letters_go_where_the_consumer_wants_them() {
        App app = start(adding().consume(
                        stream,
                        "stock",
                        JsonNode.class,
                        (entry, ctx) -> {
                            throw new HttpException(422, "no");
                        },
                        options -> options.deadLetters(own("graveyard")))
                .register(Blueprint.named("b")
                        .consume(
                                own("graveyard"),
                                "digger",
                                JsonNode.class,
                                (letter, ctx) -> seen.add(letter.path("entry").toString()))
                        .build()));

        add(app, 1);

        eventually().untilAsserted(() -> assertThat(seen).containsExactly("{\"n\":1}"));
        assertThat(letters).isEmpty();
    }

    @Test
    @Rule(31)
    void the_key_of_an_entry_that_was_not_handled_is_free_for_another() {
        App app = consuming((entry, ctx) -> {
            seen.add(entry.path("n").asString());
            if (entry.path("n").asInt() == 1) {
                throw new HttpException(422, "no");
            }
        });

        for (int n = 1; n <= 3; n++) {
            self(app).call("add_once", Map.of("n", n));
            int count = Math.min(n, 2);
            eventually().until(() -> seen.size() == count);
        }
        add(app, 4);

        eventually().until(() -> seen.contains("4"));
        assertThat(seen).containsExactly("1", "2", "4");
    }
}
