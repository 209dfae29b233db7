/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.App;
import dev.cyanotype.Assembled;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a transport may call beside HTTP. */
class DispatcherTest {

    private final List<String> record = new ArrayList<>();

    private final Assembled app = Assembled.of(App.named("a")
            .get("/x", ctx -> "x", route -> route.name("x"))
            .action("do_it", ctx -> {
                ctx.progress(1);
                record.add(MDC.get("correlationId") + " " + MDC.get("operation") + " " + MDC.get("transport"));
                return Map.of("done", true);
            })
            .action("later", ctx -> CompletableFuture.supplyAsync(() -> "late"))
            .action("fails", ctx -> {
                throw new HttpException(409, "no");
            })
            .listen("channel", (message, ctx) -> record.add("heard " + message)));

    @Test
    void an_action_has_a_reply_with_a_status() {
        assertThat(app.action("do_it")).hasToString("Reply[200]");
        assertThat(app.action("do_it").payload()).hasToString("{\"done\":true}");
        assertThat(app.action("later").payload()).hasToString("\"late\"");
        assertThat(app.action("fails").isError()).isTrue();
        assertThat(app.action("fails").status()).isEqualTo(409);
        assertThat(app.action("unknown").status()).isEqualTo(404);
    }

    @Test
    void an_action_has_the_identifier_of_its_caller_and_tells_of_its_progress() {
        List<String> progress = new ArrayList<>();
        Reply reply = app.dispatcher()
                .action(ActionRequest.builder("do_it", JsonNodeFactory.instance.objectNode())
                        .correlationId("r-1")
                        .progress(payload -> progress.add(payload.toString()))
                        .build())
                .join();

        assertThat(reply.isError()).isFalse();
        assertThat(progress).containsExactly("1");
        assertThat(record).containsExactly("r-1 do_it action");
    }

    @Test
    void an_action_knows_the_whole_message_and_how_long_its_caller_waits() {
        Assembled asked = Assembled.of(App.named("a").action("ask", ctx -> {
            record.add(ctx.payload() + " " + ctx.message() + " " + ctx.deadline() + " " + ctx.isCancelled());
            return "";
        }));
        ActionRequest.Builder request = ActionRequest.builder("ask", JsonNodeFactory.instance.objectNode());
        assertThat(request.build()).hasToString("ActionRequest[ask]");

        asked.dispatcher().action(request.build()).join();
        asked.dispatcher()
                .action(request.message(JsonNodeFactory.instance.objectNode().put("more", 1))
                        .deadline(Instant.EPOCH)
                        .build())
                .join();
        asked.dispatcher()
                .action(request.deadline(Instant.MAX).cancelled(() -> true).build())
                .join();

        assertThat(record)
                .containsExactly(
                        "{} {} Optional.empty false",
                        "{} {\"more\":1} Optional[" + Instant.EPOCH + "] true",
                        "{} {\"more\":1} Optional[" + Instant.MAX + "] true");
    }

    @Test
    void a_listener_is_run_by_its_operation() {
        app.dispatcher()
                .message(only(OperationKind.LISTENER), JsonNodeFactory.instance.objectNode())
                .join();

        assertThat(record).containsExactly("heard {}");
    }

    @Test
    void an_operation_of_another_kind_or_of_nobody_is_refused() {
        MountedOperation route = only(OperationKind.HTTP);

        assertThatThrownBy(() -> app.dispatcher().message(route, JsonNodeFactory.instance.objectNode()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("route GET /x (" + route.source()
                        + ") is no Listener of this app (expected: one of TransportContext.operations)");
    }

    @Test
    void an_action_may_come_to_nothing_later() {
        Assembled later = Assembled.of(App.named("a")
                .error(404, (exchange, e) -> Map.of("error", "none"))
                .action("later", ctx -> CompletableFuture.completedFuture(Optional.empty()))
                .action("broken", ctx -> new CompletableFuture<Object>() {
                    @Override
                    public CompletableFuture<Object> whenComplete(
                            BiConsumer<? super Object, ? super Throwable> action) {
                        throw new HttpException(409, "hostile stage");
                    }
                }));

        assertThat(later.action("later").payload()).hasToString("{\"error\":\"none\"}");
        assertThat(later.action("broken").status()).isEqualTo(409);
    }

    private MountedOperation only(OperationKind kind) {
        return app.operations(kind).get(0);
    }
}
