/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cyanotype.samples.users.ServiceProcess;
import dev.cyanotype.samples.users.Subscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Services that are told to end while they are at something on every transport. */
class SignalFaultsIT extends FaultyServices {

    private static final Pattern REPORT =
            Pattern.compile("(\\d+) ms of 10000 ms: finished (\\d+) \\(requests 1, actions (\\d+), messages 1,"
                    + " entries (\\d+), websocket messages 1, tasks 1\\), refused (\\d+), cut 0, websockets closed 2");

    @Test
    void fault_22_what_is_under_way_on_every_transport_ends_well_and_another_replica_takes_the_rest() throws Exception {
        ServiceProcess first = begin("none");
        ServiceProcess second = begin("none");
        second.address();
        int last = endsWhileAnotherGoesOn(first);
        endsAlone(second, last);

        List<String> handled = new ArrayList<>(first.lines("end entry "));
        handled.addAll(second.lines("end entry "));
        assertThat(handled)
                .as("entries, each handled once")
                .doesNotHaveDuplicates()
                .hasSize(Integer.parseInt(redis.command("XLEN", "entries")));
        assertThat(redis.command("XPENDING", "entries", "workers")).startsWith("0\n");
    }

    /** With SIGTERM; the last number that was used. */
    private int endsWhileAnotherGoesOn(ServiceProcess service) throws Exception {
        try (Subscriber replies = new Subscriber(redis, Work.INBOX);
                Work work = new Work(service, redis, 0)) {
            service.signal("TERM");

            List<String> expected = new ArrayList<>();
            work.calls().forEach(id -> expected.add(success("\"done\"", id)));
            // Some while it hears them still, and some afterwards.
            int asked = 0;
            for (int afterwards = 0; afterwards < 20; afterwards += Work.replicas(redis) == 1 ? 1 : 0) {
                asked++;
                assertThat(Work.call(redis, "ask", asked)).isIn("1", "2");
                expected.add(success("{\"n\":" + asked + "}", "ask-" + asked));
            }
            int refused = work.askForMore();
            work.assertFinished();
            assertThat(service.awaitExit()).isZero();
            work.assertAllOver();

            List<String> answers = new ArrayList<>();
            for (int i = 0; i < expected.size(); i++) {
                answers.add(replies.next());
            }
            assertThat(answers).containsExactlyInAnyOrderElementsOf(expected);
            Matcher report = REPORT.matcher(report(service));
            assertThat(report.matches()).as(report(service)).isTrue();
            // It may have been at one of those who asked.
            assertThat(Long.parseLong(report.group(3))).isGreaterThanOrEqualTo(work.begun("action"));
            assertThat(Long.parseLong(report.group(4))).isEqualTo(work.begun("entry"));
            assertThat(Long.parseLong(report.group(5))).isGreaterThanOrEqualTo(refused);
            return work.last();
        }
    }

    /** With SIGINT, as from Ctrl-C. */
    private void endsAlone(ServiceProcess service, int last) throws Exception {
        try (Subscriber replies = new Subscriber(redis, Work.INBOX);
                Work work = new Work(service, redis, last)) {
            service.interrupt();

            await().until(() -> Work.replicas(redis) == 0);
            assertThat(Work.call(redis, "ask", 0)).as("who hears a call").isEqualTo("0");
            int refused = work.askForMore();
            work.assertFinished();
            assertThat(service.awaitExit()).isZero();
            work.assertAllOver();

            assertThat(replies.next())
                    .isEqualTo(success("\"done\"", work.calls().get(0)));
            assertThat(report(service))
                    .matches("\\d+ ms of 10000 ms: finished 6 \\(requests 1, actions 1, messages 1, entries 1,"
                            + " websocket messages 1, tasks 1\\),"
                            + " refused " + refused + ", cut 0, websockets closed 2");
        }
    }

    private static String success(String payload, String id) {
        return "{\"status\":\"success\",\"payload\":%s,\"request_id\":\"%s\",\"final\":true}".formatted(payload, id);
    }
}
