/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.redis;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.samples.guide.redis.Prices.Price;
import dev.cyanotype.samples.guide.redis.Prices.Wanted;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The service where people buy. */
public final class Cart {

    private Cart() {}

    /** What somebody has bought. */
    public record Order(String id, String article) {}

    static Blueprint blueprint(Consumer<Order> ship) {
        Map<String, Price> known = new ConcurrentHashMap<>();
        return Blueprint.named("cart")
                .get("/cost/{article}", ctx -> {
                    Price price = known.get(ctx.pathParam("article"));
                    return price != null
                            ? price
                            : ctx.caller("prices")
                                    .timeout(Duration.ofSeconds(2))
                                    .call(Prices.PRICE, new Wanted(ctx.pathParam("article")));
                })
                .listen(
                        "prices",
                        Price.class,
                        (price, ctx) -> known.put(price.article(), price),
                        options -> options.onGap(gap -> known.clear()))
                .post("/orders", Order.class, (order, ctx) -> {
                    ctx.append("orders", order.id(), order);
                    return Response.of(202);
                })
                .consume("orders", "shipping", Order.class, (order, ctx) -> ship.accept(order))
                .build();
    }

    /** Runs the service. */
    public static void main(String[] args) {
        App.named("cart")
                .register(blueprint(order -> System.out.println("Shipped " + order)))
                .build()
                .run();
    }
}
