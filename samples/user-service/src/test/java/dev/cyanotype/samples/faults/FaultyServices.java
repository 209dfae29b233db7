/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyanotype.samples.users.ServiceProcess;
import dev.cyanotype.testkit.TestRedis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Services with faults, in processes of their own, on a Redis of the test's own; and an end of all of them. */
abstract class FaultyServices {

    /** The exit code of a process that SIGTERM has ended at once. */
    static final int TERMINATED = 128 + 15;

    final TestRedis redis = TestRedis.start();

    private final List<ServiceProcess> services = new ArrayList<>();

    @AfterEach
    void endAll() {
        services.forEach(ServiceProcess::kill);
        redis.close();
    }

    /** Starts a service; see {@link FaultyService} for the arguments. */
    final ServiceProcess begin(String... arguments) throws Exception {
        return begin(Map.of(), arguments);
    }

    /** Starts a service with settings from its environment. */
    final ServiceProcess begin(Map<String, String> settings, String... arguments) throws Exception {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("REDIS_URL", redis.url());
        return ending(ServiceProcess.begin(FaultyService.class, environment, arguments));
    }

    final ServiceProcess ending(ServiceProcess service) {
        services.add(service);
        return service;
    }

    /** What the log of a service says of its end, without the time of day; it is one line. */
    static String report(ServiceProcess service) {
        String start = "app 'faulty' stopped in ";
        List<String> reports = service.lines(start);
        assertThat(reports).as("lines about the end").hasSize(1);
        return reports.get(0).substring(reports.get(0).indexOf(start) + start.length());
    }

    /** How long the end took, as its report says. */
    static long millis(String report) {
        return Long.parseLong(report.substring(0, report.indexOf(" ms")));
    }
}
