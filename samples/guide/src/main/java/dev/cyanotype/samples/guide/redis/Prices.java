/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.redis;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.message.Action;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The service that knows what things cost. */
public final class Prices {

    static final Action<Wanted, Price> PRICE = Action.named("price", Wanted.class, Price.class);

    private Prices() {}

    /** What somebody wants to buy. */
    public record Wanted(String article) {}

    /** What it costs. */
    public record Price(String article, long cents) {}

    /** What a client sends to change that. */
    public record NewPrice(long cents) {}

    static Blueprint blueprint() {
        Map<String, Price> prices = new ConcurrentHashMap<>();
        return Blueprint.named("prices")
                .action(PRICE, (wanted, ctx) -> {
                    Price price = prices.get(wanted.article());
                    if (price == null) {
                        throw new NotFoundException("Nobody sells '" + wanted.article() + "'");
                    }
                    return price;
                })
                .put("/prices/{article}", NewPrice.class, (sent, ctx) -> {
                    Price price = new Price(ctx.pathParam("article"), sent.cents());
                    prices.put(price.article(), price);
                    ctx.broadcast("prices", price);
                    return price;
                })
                .build();
    }

    /** Runs the service. */
    public static void main(String[] args) {
        App.named("prices").register(blueprint()).build().run();
    }
}
