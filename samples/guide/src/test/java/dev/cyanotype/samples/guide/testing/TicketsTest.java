/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.testing;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.samples.guide.testing.Tickets.Bank;
import dev.cyanotype.samples.guide.testing.Tickets.Seat;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.TestSocket;
import dev.cyanotype.testkit.junit.AppFactory;
import dev.cyanotype.testkit.junit.CyanotypeTest;
import java.time.Clock;
import org.junit.jupiter.api.Test;

@CyanotypeTest
class TicketsTest {

    private final Seat seat = new Seat("monday", 7);
    private final Bank bank = mock();

    @AppFactory
    Blueprint tickets(Clock clock) {
        return Tickets.blueprint(bank, clock);
    }

    @Test
    void nobody_pays_for_what_is_not_kept(TestApp app, TestSocket socket) {
        assertThat(app.post("/tickets/paid", seat)).isProblem(402).hasJsonAt("/detail", "This seat is not yours");
        assertThat(app).hasNoBroadcasts();
        assertThat(socket.send("kept", null).next()).hasData("[]");
        verifyNoInteractions(bank);
    }

    @Test
    void without_a_hall_there_are_no_tickets(TestApp app) {
        assertThat(app.post("/tickets", seat)).hasStatus(503).hasJson("{\"error\": \"Closed\"}");
    }

    @Test
    void a_handler_can_be_another_one(TestApp app) {
        app.replace("tickets.keep", ctx -> {
            throw new HttpException(409, "Seat 7 is taken");
        });

        assertThat(app.post("/tickets", seat)).isProblem(409).hasJsonAt("/detail", "Seat 7 is taken");
    }
}
