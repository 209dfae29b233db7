/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.readme;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.message.Action;
import dev.cyanotype.message.ActionContext;
import dev.cyanotype.message.Caller;
import dev.cyanotype.message.Delivery;
import dev.cyanotype.message.Overflow;
import dev.cyanotype.pubsub.redis.RedisOptions;
import dev.cyanotype.pubsub.redis.RedisPubSub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** The examples of docs/messaging.md. */
final class Messaging {

    static final Action<Sum, Integer> ADD = Action.named("add", Sum.class, Integer.class);

    final Map<String, Double> rates = new ConcurrentHashMap<>();
    final List<String> mailed = new CopyOnWriteArrayList<>();
    final List<String> letters = new CopyOnWriteArrayList<>();

    record Sum(int a, int b) {}

    record Rate(String currency, double rate) {}

    record Mail(String to) {}

    Blueprint actions() {
        return Blueprint.named("sums")
                .action(ADD, (sum, ctx) -> sum.a() + sum.b())
                .action("divide", Sum.class, (sum, ctx) -> {
                    if (sum.b() == 0) {
                        throw new HttpException(422, "Nothing can be divided by 0");
                    }
                    return Map.of("quotient", sum.a() / sum.b());
                })
                .action("count", Messaging::count)
                .action("forget_rates", ctx -> forget(), options -> options.delivery(Delivery.ALL))
                .build();
    }

    private static Object count(ActionContext ctx) {
        int to = ctx.payload().path("to").asInt(3);
        for (int i = 1; i <= to && !ctx.isCancelled(); i++) {
            ctx.progress(Map.of("at", i));
        }
        return Map.of("counted", to);
    }

    private Map<String, Boolean> forget() {
        rates.clear();
        return Map.of("forgotten", true);
    }

    static int call(Caller sums) {
        int three = sums.call(ADD, new Sum(1, 2));
        JsonNode half = sums.timeout(Duration.ofSeconds(1)).call("divide", Map.of("a", 4, "b", 2));
        return three + half.path("quotient").asInt();
    }

    static List<Integer> progress(Caller sums) {
        List<Integer> seen = new ArrayList<>();
        sums.onProgress(step -> seen.add(step.path("at").asInt())).call("count", Map.of("to", 3));
        return seen;
    }

    static CompletableFuture<Integer> later(Caller sums) {
        return sums.callAsync(ADD, new Sum(1, 2)).thenCombine(sums.callAsync(ADD, new Sum(3, 4)), Integer::sum);
    }

    static int retried(Caller sums, String paymentId) {
        return sums.idempotencyKey(paymentId).call(ADD, new Sum(1, 2));
    }

    Blueprint listeners() {
        return Blueprint.named("rates")
                .listen(
                        "rates",
                        Rate.class,
                        (rate, ctx) -> rates.put(rate.currency(), rate.rate()),
                        options -> options.onGap(gap -> rates.clear())
                                .capacity(1_000)
                                .overflow(Overflow.DROP_OLDEST))
                .put("/rates/{currency}", Double.class, (rate, ctx) -> {
                    long heard = ctx.broadcast("rates", new Rate(ctx.pathParam("currency"), rate));
                    return Map.of("heard", heard);
                })
                .build();
    }

    Blueprint streams() {
        return Blueprint.named("mails")
                .action("register", Mail.class, (mail, ctx) -> {
                    ctx.append("mails", "welcome:" + mail.to(), mail);
                    return Map.of("registered", true);
                })
                .consume(
                        "mails",
                        "sender",
                        Mail.class,
                        (mail, ctx) -> send(mail),
                        options -> options.concurrency(4)
                                .maxDeliveries(3)
                                .retries(Duration.ofMillis(500), Duration.ofMinutes(5))
                                .reclaimAfter(Duration.ofSeconds(30)))
                .consume(
                        "{mails}:dead",
                        "desk",
                        JsonNode.class,
                        (letter, ctx) -> letters.add(letter.path("reason").asString() + " " + letter.path("entry")))
                .build();
    }

    private void send(Mail mail) {
        if (!mail.to().contains("@")) {
            throw new NotFoundException("no such address");
        }
        mailed.add(mail.to());
    }

    App app(String redis) {
        return App.named("sums")
                .transport(RedisPubSub.with(RedisOptions.at(redis)))
                .register(actions())
                .build();
    }
}
