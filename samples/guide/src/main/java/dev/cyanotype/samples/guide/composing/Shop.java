/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.composing;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.HttpMethod;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A shop: items for everybody, orders for those who are signed in. */
public final class Shop {

    static final Attribute<String> USER = Attribute.named("user", String.class);

    private Shop() {}

    /** Something to buy. */
    public record Item(int id, String name) {}

    /** What a client sends to buy it. */
    public record NewOrder(int item, int count) {}

    /** What came of it. */
    public record Order(@Nullable String user, String item, int count) {}

    static final class SoldOutException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    static Blueprint items(Map<Integer, Item> catalogue) {
        return Blueprint.named("items")
                .prefix("/items")
                .get("/", ctx -> catalogue.values())
                .get("/{id:int}", ctx -> item(catalogue, ctx), route -> route.name("show"))
                .build();
    }

    static Blueprint orders() {
        return Blueprint.named("orders")
                .prefix("/orders")
                .before(Shop::signIn)
                .post("/", NewOrder.class, (order, ctx) -> {
                    if (order.count() > 10) {
                        throw new SoldOutException();
                    }
                    String item =
                            ctx.urls().to("items.show").with("id", order.item()).path();
                    return Response.created(new Order(ctx.attribute(USER), item, order.count()));
                })
                .error(SoldOutException.class, (ctx, e) -> Response.of(409, Map.of("error", "Sold out")))
                .build();
    }

    private static @Nullable Response signIn(HttpContext ctx) {
        String user = ctx.header("X-User");
        if (user == null) {
            throw new HttpException(401, "Sign in first");
        }
        ctx.attribute(USER, user);
        return null;
    }

    static Blueprint api(Map<Integer, Item> catalogue) {
        return Blueprint.group(items(catalogue), orders())
                .prefix("/api")
                .version(1)
                .after((ctx, response) -> response.header("X-Api", "shop"))
                .build();
    }

    static Blueprint itemsV2(Map<Integer, Item> catalogue) {
        return items(catalogue)
                .copy("items")
                .prefix("/api/items")
                .version(2)
                .replace(HttpMethod.GET, "/{id:int}", ctx -> Map.of("item", item(catalogue, ctx)))
                .build();
    }

    static App app(Map<Integer, Item> catalogue, Map<Integer, Item> archive) {
        return App.named("shop")
                .register(api(catalogue))
                .register(itemsV2(catalogue))
                .register(items(archive), mount -> mount.named("archive").under("/archive"))
                .build();
    }

    private static Item item(Map<Integer, Item> catalogue, HttpContext ctx) {
        Item item = catalogue.get(ctx.pathParam("id", Integer.class));
        if (item == null) {
            throw new NotFoundException("There is no such item");
        }
        return item;
    }
}
