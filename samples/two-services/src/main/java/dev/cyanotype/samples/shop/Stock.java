/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.shop;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.BadRequestException;
import dev.cyanotype.exchange.Exchange;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.samples.shop.Messages.Level;
import dev.cyanotype.samples.shop.Messages.Order;
import java.util.Map;

/** The stock: puts goods aside when asked, and ships orders. */
public final class Stock {

    private Stock() {}

    /** How many of an article have come. */
    public record Delivery(int count) {}

    /** The blueprint over a shelf. */
    public static Blueprint blueprint(Shelf shelf) {
        return Blueprint.named("stock")
                .prefix("/api/stock")
                .get("/", ctx -> Map.of("left", shelf.left(), "shipped", shelf.shipped()))
                .post(
                        "/{article}",
                        Delivery.class,
                        (delivery, ctx) ->
                                changed(shelf.add(ctx.pathParam("article"), positive(delivery.count())), ctx))
                .action(Messages.RESERVE, (wanted, ctx) -> {
                    positive(wanted.count());
                    return changed(shelf.take(wanted), ctx);
                })
                .consume(Messages.PLACED, "shipping", Order.class, (order, ctx) -> {
                    shelf.ship(order);
                    ctx.log().info("Shipped {}", order.id());
                })
                .error(
                        Shelf.TooFewException.class,
                        (ctx, e) -> Response.of(409, Map.of("error", String.valueOf(e.getMessage()))))
                .build();
    }

    private static Level changed(Level level, Exchange exchange) {
        exchange.broadcast(Messages.LEVELS, level);
        return level;
    }

    private static int positive(int count) {
        if (count < 1) {
            throw new BadRequestException("count " + count + " (expected: 1 or more)");
        }
        return count;
    }
}
