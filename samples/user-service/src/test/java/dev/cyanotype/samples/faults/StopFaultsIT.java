/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.faults;

import static org.assertj.core.api.Assertions.assertThat;

import static org.awaitility.Awaitility.await;

import dev.cyanotype.samples.users.ServiceProcess;
import dev.cyanotype.samples.users.Subscriber;
import dev.cyanotype.testkit.TestRedis;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Services in processes of their own that are told to end by signals, whatever they are at. */
class StopFaultsIT {

    private static final Pattern REPORT = Pattern.compile(
            "stopped in (\\d+) ms of (\\d+) ms: finished (\\d+) \\(requests (\\d+), actions (\\d+), messages (\\d+),"
                    + " entries (\\d+), tasks (\\d+)\\), refused (\\d+), cut (\\d+), websockets closed (\\d+)$");

    private final TestRedis redis = TestRedis.start();
    private final List<ServiceProcess> services = new ArrayList<>();

    @AfterEach
    void endAll() {
        services.forEach(ServiceProcess::kill);
        redis.close();
    }

    private ServiceProcess begin(String... arguments) throws Exception {
        ServiceProcess service = ServiceProcess.begin(FaultyService.class, Map.of("REDIS_URL", redis.url()), arguments);
        services.add(service);
        return service;
    }

    /** What its log says of its end, which is one line. */
    private static String report(ServiceProcess service) {
        List<String> reports = service.lines("app 'faulty' stopped in ");
        assertThat(reports).as("lines about the end").hasSize(1);
        return reports.get(0);
    }

    @Test
    void fault_22_what_is_under_way_on_every_transport_ends_well_and_other_replicas_take_the_rest() throws Exception {
        ServiceProcess first = begin("none");
        ServiceProcess second = begin("none");
        second.address();
        int last;
        try (Subscriber replies = new Subscriber(redis, Work.INBOX);
                Work work = new Work(first, redis, 0)) {
            last = work.last();
            first.signal("TERM");

            // While it stops to take any, and afterwards.
            int asked = 0;
            for (int after = 0; after < 20; after += Work.replicas(redis) == 1 ? 1 : 0) {
                asked++;
                assertThat(Work.call(redis, "ask", asked)).isIn("1", "2");
            }
            int refused = work.askForMore();
            work.assertFinished();
            assertThat(first.awaitExit()).isZero();
            work.assertAllOver();

            Set<String> answers = new HashSet<>();
            Set<String> expected = new HashSet<>();
            for (int n = 1; n <= asked; n++) {
                expected.add(success("{\"n\":" + n + "}", "ask-" + n));
            }
            work.calls().forEach(id -> expected.add(success("\"done\"", id)));
            for (int i = 0; i < expected.size(); i++) {
                answers.add(replies.next());
            }
            assertThat(answers).isEqualTo(expected);
            Matcher numbers = REPORT.matcher(report(first));
            assertThat(numbers.find()).as(report(first)).isTrue();
        }
        try (Subscriber replies = new Subscriber(redis, Work.INBOX);
                Work work = new Work(second, redis, last)) {
            second.signal("INT");
            await().until(() -> Work.replicas(redis) == 0);
            assertThat(Work.call(redis, "ask", 0)).as("who would hear a call").isEqualTo("0");
            int refused = work.askForMore();
            work.assertFinished();
            assertThat(second.awaitExit()).isZero();
            work.assertAllOver();
            assertThat(replies.next()).isEqualTo(success("\"done\"", "work-" + (last + 1)));
            assertThat(report(second))
                    .endsWith("finished 6 (requests 1, actions 1, messages 2, entries 1, tasks 1), refused " + refused
                            + ", cut 0, websockets closed 2");
        }
    }

    private static String success(String payload, String id) {
        return "{\"status\":\"success\",\"payload\":" + payload + ",\"request_id\":\"" + id + "\",\"final\":true}";
    }
}
