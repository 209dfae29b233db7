/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.testing;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.message.Action;
import dev.cyanotype.message.CallTimeoutException;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.message.NoResponderException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sells tickets, and keeps seats for those who have not paid yet. */
public final class Tickets {

    static final Action<Seat, Seat> RESERVE = Action.named("reserve", Seat.class, Seat.class);

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration KEPT = Duration.ofMinutes(15);

    private Tickets() {}

    /** A place to sit. */
    public record Seat(String concert, int number) {}

    /** Takes the money. */
    public interface Bank {

        /** Whether it was paid. */
        boolean charge(Seat seat);
    }

    /** The blueprint; another service has the seats. */
    public static Blueprint blueprint(Bank bank, Clock clock) {
        Map<Seat, Instant> kept = new ConcurrentHashMap<>();
        return Blueprint.named("tickets")
                .prefix("/tickets")
                .post("/", Seat.class, (seat, ctx) -> keep(kept, seat, clock, ctx), r -> r.name("keep"))
                .post("/paid", Seat.class, (seat, ctx) -> {
                    if (kept.remove(seat) == null || !bank.charge(seat)) {
                        throw new HttpException(402, "This seat is not yours");
                    }
                    ctx.broadcast("sold", seat);
                    return Response.created(seat);
                })
                .socket("kept", ctx -> kept.keySet())
                .background(
                        "give_back",
                        Duration.ofMinutes(1),
                        ctx -> kept.values().removeIf(since -> since.plus(KEPT).isBefore(clock.instant())))
                .error(ErrorReplyException.class, (ctx, e) -> Response.of(e.status(), e.payload()))
                .error(CallTimeoutException.class, (ctx, e) -> Response.of(504, Map.of("error", "Try again")))
                .error(NoResponderException.class, (ctx, e) -> Response.of(503, Map.of("error", "Closed")))
                .build();
    }

    private static Seat keep(Map<Seat, Instant> kept, Seat seat, Clock clock, HttpContext ctx) {
        Seat reserved = ctx.caller("hall").timeout(PATIENCE).call(RESERVE, seat);
        kept.put(reserved, clock.instant());
        return reserved;
    }
}
