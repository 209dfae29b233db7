/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.shop;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.BadRequestException;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.message.CallException;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.samples.shop.Messages.Level;
import dev.cyanotype.samples.shop.Messages.Order;
import dev.cyanotype.samples.shop.Messages.Wanted;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Orders: placed over HTTP, put aside by the stock, and shipped by it later. */
public final class Orders {

    private final Map<String, Order> placed = new ConcurrentHashMap<>();
    private final Set<String> soldOut = ConcurrentHashMap.newKeySet();
    private final Duration patience;

    private Orders(Duration patience) {
        this.patience = patience;
    }

    /** What a client sends to order something. */
    public record NewOrder(@Nullable String article, int count) {}

    /** The blueprint, with orders of its own, which waits so long for the stock. */
    public static Blueprint blueprint(Duration patience) {
        Orders orders = new Orders(patience);
        return Blueprint.named("orders")
                .prefix("/api/orders")
                .post("/", NewOrder.class, orders::place)
                .get("/{id}", ctx -> orders.find(ctx.pathParam("id")))
                .listen(
                        Messages.LEVELS,
                        Level.class,
                        (level, ctx) -> orders.heard(level),
                        options -> options.onGap(gap -> orders.soldOut.clear()))
                .error(CallException.class, CallErrors::answer)
                .error(MessagingException.class, CallErrors::answer)
                .build();
    }

    /** Who repeats a request with the same Idempotency-Key gets the same order, and pays once. */
    private Response place(NewOrder wanted, HttpContext ctx) {
        String article = wanted.article();
        if (article == null || wanted.count() < 1) {
            throw new BadRequestException("An order needs an article and a count");
        }
        String key = ctx.header("Idempotency-Key");
        if (key == null && soldOut.contains(article)) {
            throw new HttpException(409, "'" + article + "' is sold out");
        }
        Order order = new Order("order_" + (key == null ? UUID.randomUUID() : checked(key)), article, wanted.count());
        ctx.caller(Messages.STOCK)
                .timeout(patience)
                .idempotencyKey(order.id())
                .call(Messages.RESERVE, new Wanted(article, wanted.count()));
        ctx.append(Messages.PLACED, order.id(), order);
        placed.put(order.id(), order);
        return Response.created(order);
    }

    private static String checked(String key) {
        if (!key.matches("[A-Za-z0-9-]{1,64}")) {
            throw new BadRequestException("The Idempotency-Key has to be 1 to 64 letters, digits and hyphens");
        }
        return key;
    }

    private Order find(String id) {
        Order order = placed.get(id);
        if (order == null) {
            throw new NotFoundException("No order '" + id + "'");
        }
        return order;
    }

    private void heard(Level level) {
        if (level.left() == 0) {
            soldOut.add(level.article());
        } else {
            soldOut.remove(level.article());
        }
    }
}
