/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.testing;

import static dev.cyanotype.testkit.CyanotypeAssertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.cyanotype.App;
import dev.cyanotype.samples.guide.testing.Tickets.Bank;
import dev.cyanotype.samples.guide.testing.Tickets.Seat;
import dev.cyanotype.testkit.Simulation;
import dev.cyanotype.testkit.TestApp;
import dev.cyanotype.testkit.junit.CyanotypeTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The tickets and the hall, as two services. */
@CyanotypeTest
class BoxOfficeTest {

    private final Seat seat = new Seat("monday", 7);
    private final Bank bank = mock();

    private TestApp tickets(Simulation simulation) {
        return simulation.start(App.named("tickets")
                .register(Tickets.blueprint(bank, simulation.clock()))
                .build());
    }

    private static void hall(Simulation simulation) {
        simulation.start(App.named("hall").register(Hall.blueprint()).build());
    }

    @Test
    void a_seat_is_kept_paid_and_announced(Simulation simulation) {
        TestApp tickets = tickets(simulation);
        hall(simulation);
        when(bank.charge(seat)).thenReturn(true);

        assertThat(tickets.post("/tickets", seat)).hasStatus(200).hasJson(seat);
        assertThat(tickets.post("/tickets/paid", seat)).hasStatus(201);

        verify(bank).charge(seat);
        assertThat(tickets).hasBroadcast("sold", seat).hasNoFailures();
    }

    @Test
    void a_seat_is_given_back_after_a_quarter_of_an_hour(Simulation simulation) {
        TestApp tickets = tickets(simulation);
        hall(simulation);
        tickets.post("/tickets", seat);

        simulation.clock().advance(Duration.ofMinutes(15));
        assertThat(tickets.open("/ws").send("kept", null).next()).hasData(List.of(seat));

        simulation.clock().advance(Duration.ofMinutes(1));
        assertThat(tickets.open("/ws").send("kept", null).next()).hasData("[]");
    }

    @Test
    void a_hall_that_does_not_answer_is_not_waited_for_for_long(Simulation simulation) {
        TestApp tickets = tickets(simulation);
        simulation.start(App.named("hall")
                .action("reserve", ctx -> new CompletableFuture<>())
                .build());

        assertThat(tickets.post("/tickets", seat)).hasStatus(504).hasJson("{\"error\": \"Try again\"}");
    }

    @Test
    void no_seat_is_sold_twice_whatever_the_network_does() {
        Simulation.explore(20, simulation -> {
            List<TestApp> replicas = List.of(tickets(simulation), tickets(simulation));
            hall(simulation);
            simulation.drop(0.2).duplicate(0.2).delay(Duration.ZERO, Duration.ofSeconds(1));

            long kept = replicas.stream()
                    .filter(replica -> replica.post("/tickets", seat).status() == 200)
                    .count();

            assertThat(kept).isLessThanOrEqualTo(1);
        });
    }
}
