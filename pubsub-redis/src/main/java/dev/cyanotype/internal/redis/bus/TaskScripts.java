/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.bus;

import java.nio.charset.StandardCharsets;

/**
 * What Redis does in one step with a task. The first key is the lease, which is its holder's name; the second one the plan, a
 * hash: {@code fence}, the last fencing token; {@code next}, when the next run is due; {@code at}, the last instant by the
 * calendar for which a run was begun. All times are in milliseconds by Redis's clock.
 *
 * <p>Numbers are written with all their digits: as Lua writes them, the larger ones would lose some.
 */
enum TaskScripts {
    /**
     * Plans the next run if nobody has.
     *
     * <p>Arguments: from now to the first run; the interval; for how long the plan is kept. Gives how long it is until the
     * run, less than zero if it is overdue.
     */
    PLAN("""
            local t = redis.call('TIME')
            local now = t[1] * 1000 + math.floor(t[2] / 1000)
            local first, interval = tonumber(ARGV[1]), tonumber(ARGV[2])
            local due = tonumber(redis.call('HGET', KEYS[2], 'next'))
            local planned = due
            if not due then
              due = now + first
            elseif due > now + math.max(first, interval) then
              due = now + interval
            end
            if due ~= planned then redis.call('HSET', KEYS[2], 'next', string.format('%.0f', due)) end
            redis.call('PEXPIRE', KEYS[2], ARGV[3])
            return due - now
            """),

    /**
     * Begins a run.
     *
     * <p>Arguments: the holder; for how long the lease is taken; {@code every} and the interval, {@code at} and the instant, or
     * {@code now} and 0; for how long the plan is kept at least. Gives the fencing token, or 0; and if so for how long it makes
     * no sense to ask again.
     *
     * <p>The token is Redis's time in microseconds or more, so that it grows also if the last one was lost: no two runs begin in
     * one microsecond.
     */
    BEGIN("""
            local t = redis.call('TIME')
            local now = t[1] * 1000 + math.floor(t[2] / 1000)
            local kind, value = ARGV[3], tonumber(ARGV[4])
            local held = redis.call('GET', KEYS[1])
            local plan = redis.call('HMGET', KEYS[2], 'fence', 'next', 'at')
            local due, begun = tonumber(plan[2]), tonumber(plan[3])
            if kind == 'at' and begun and begun >= value then return {0, 0} end
            if held and held ~= ARGV[1] then
              local left = redis.call('PTTL', KEYS[1])
              if left < 0 then left = tonumber(ARGV[2]) end
              return {0, math.max(1, left)}
            end
            if kind == 'every' and due and due > now then return {0, due - now} end
            local fence = math.max((tonumber(plan[1]) or 0) + 1, t[1] * 1000000 + t[2])
            local changed = {'fence', string.format('%.0f', fence)}
            if kind == 'at' then
              changed[3], changed[4] = 'at', ARGV[4]
            elseif kind == 'every' then
              local following = (due or now) + value
              if following <= now then following = now + value end
              changed[3], changed[4] = 'next', string.format('%.0f', following)
            end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            redis.call('HSET', KEYS[2], unpack(changed))
            if kind == 'every' or redis.call('PTTL', KEYS[2]) < tonumber(ARGV[5]) then
              redis.call('PEXPIRE', KEYS[2], ARGV[5])
            end
            return {fence, 0}
            """),

    /**
     * Holds a lease for longer.
     *
     * <p>Arguments: the holder; for how long from now on. Gives 1, or 0 if it is not the holder's.
     */
    RENEW("""
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            return redis.call('PEXPIRE', KEYS[1], ARGV[2])
            """),

    /**
     * Gives a lease back.
     *
     * <p>Arguments: the holder.
     */
    END("""
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            return redis.call('DEL', KEYS[1])
            """),

    /**
     * Gives back what was begun without the holder's knowing of it, if it was: the run is as due as it was before.
     *
     * <p>Arguments: the holder; {@code every}, {@code at} or {@code now}, and the number as of {@link #BEGIN}.
     */
    TAKE_BACK("""
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            if ARGV[2] == 'every' and redis.call('HEXISTS', KEYS[2], 'next') == 1 then
              redis.call('HINCRBY', KEYS[2], 'next', '-' .. ARGV[3])
            elseif ARGV[2] == 'at' and redis.call('HGET', KEYS[2], 'at') == ARGV[3] then
              redis.call('HINCRBY', KEYS[2], 'at', -1)
            end
            return redis.call('DEL', KEYS[1])
            """);

    private final String text;

    TaskScripts(String text) {
        this.text = text;
    }

    byte[] text() {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
