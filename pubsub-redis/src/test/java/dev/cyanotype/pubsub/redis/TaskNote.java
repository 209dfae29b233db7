/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.testkit.TestRedis;
import java.util.List;

/**
 * What a run has written, in the order of Redis.
 *
 * @param micros when, by Redis's clock
 * @param isBegin whether the run had just begun; else it was about to end
 * @param token the run's fencing token
 * @param millis how long the run was to take
 * @param isAccepted false if a higher token had been seen
 */
record TaskNote(long micros, boolean isBegin, long token, String replica, int millis, boolean isAccepted) {

    /** The highest token that was seen. */
    static final String HIGHEST = "test:highest";

    /** The list of what was written. */
    static final String NOTES = "test:notes";

    /** Writes a note unless its token is too low; says which. A note that was refused can be read as well. */
    static final String WRITE = """
            local t = redis.call('TIME')
            local highest = redis.call('GET', KEYS[1])
            local verdict = 'accepted'
            if highest and tonumber(ARGV[2]) < tonumber(highest) then
              verdict = 'refused'
            else
              redis.call('SET', KEYS[1], ARGV[2])
            end
            local micros = t[1] .. string.format('%06d', t[2])
            redis.call('RPUSH', KEYS[2], micros .. ' ' .. table.concat(ARGV, ' ') .. ' ' .. verdict)
            return verdict
            """;

    private static TaskNote of(String line) {
        String[] words = line.split(" ", 6);
        return new TaskNote(
                Long.parseLong(words[0]),
                words[1].equals("begin"),
                Long.parseLong(words[2]),
                words[3],
                Integer.parseInt(words[4]),
                words[5].equals("accepted"));
    }

    /** The last ones, or all of them for 0. */
    static List<TaskNote> read(TestRedis redis, int last) {
        return redis.command("LRANGE", NOTES, Integer.toString(-last), "-1")
                .lines()
                .map(TaskNote::of)
                .toList();
    }
}
