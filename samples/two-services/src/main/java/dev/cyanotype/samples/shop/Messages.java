/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.shop;

import dev.cyanotype.message.Action;

/** What the two services say to each other. */
public final class Messages {

    /** The service that has the goods. */
    public static final String STOCK = "stock";

    /** Asks the stock to put goods aside; 409 if there are too few. */
    public static final Action<Wanted, Level> RESERVE = Action.named("reserve", Wanted.class, Level.class);

    /** A channel: how many of an article are left, whenever that changes. */
    public static final String LEVELS = "stock_levels";

    /** A stream: the orders to be shipped. */
    public static final String PLACED = "orders_placed";

    private Messages() {}

    /** How many of an article somebody wants. */
    public record Wanted(String article, int count) {}

    /** How many of an article are left. */
    public record Level(String article, int left) {}

    /** An order. */
    public record Order(String id, String article, int count) {}
}
