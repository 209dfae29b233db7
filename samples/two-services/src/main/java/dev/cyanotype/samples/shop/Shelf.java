/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.shop;

import dev.cyanotype.samples.shop.Messages.Level;
import dev.cyanotype.samples.shop.Messages.Order;
import dev.cyanotype.samples.shop.Messages.Wanted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Goods in memory: they are gone when the service stops. Thread-safe. */
public final class Shelf {

    private final Map<String, Integer> left = new HashMap<>();
    private final Set<String> shipped = new LinkedHashSet<>();

    /** There is not enough of an article; the message is for whoever wants it. */
    static final class TooFewException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooFewException(Wanted wanted, int left) {
            super("Only " + left + " of '" + wanted.article() + "' left");
        }
    }

    /** Adds goods. */
    public synchronized Level add(String article, int count) {
        return new Level(article, left.merge(article, count, Integer::sum));
    }

    /** Takes goods away, or throws a {@link TooFewException}. */
    public synchronized Level take(Wanted wanted) {
        int there = left.getOrDefault(wanted.article(), 0);
        if (wanted.count() > there) {
            throw new TooFewException(wanted, there);
        }
        left.put(wanted.article(), there - wanted.count());
        return new Level(wanted.article(), there - wanted.count());
    }

    /** Notes that an order was shipped; once more changes nothing. */
    public synchronized void ship(Order order) {
        shipped.add(order.id());
    }

    /** What is left of each article. */
    public synchronized Map<String, Integer> left() {
        return new TreeMap<>(left);
    }

    /** The shipped orders. */
    public synchronized List<String> shipped() {
        return new ArrayList<>(shipped);
    }
}
