/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.bus;

import java.nio.charset.StandardCharsets;

/**
 * What Redis does in one step with a set of members. The first key has when each member's time is over, as a sorted set in
 * milliseconds by Redis's clock; the second one what there is to say of each, as a hash.
 */
enum PresenceScripts {
    /**
     * Puts members, and removes some of those whose time is over. The keys last as long as the last member does.
     *
     * <p>Arguments: the time to live in milliseconds; for each member its name and what there is to say.
     */
    PUT("""
            local t = redis.call('TIME')
            local now = t[1] * 1000 + math.floor(t[2] / 1000)
            if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('DEL', KEYS[2]) end
            local gone = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now), 'LIMIT', 0, 1000)
            if #gone > 0 then
              redis.call('ZREM', KEYS[1], unpack(gone))
              redis.call('HDEL', KEYS[2], unpack(gone))
            end
            local over = string.format('%.0f', now + tonumber(ARGV[1]))
            for i = 2, #ARGV, 2 do
              redis.call('ZADD', KEYS[1], over, ARGV[i])
              redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
            end
            local last = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2]
            redis.call('PEXPIREAT', KEYS[1], last)
            redis.call('PEXPIREAT', KEYS[2], last)
            return 0
            """),

    /**
     * Removes members.
     *
     * <p>Arguments: their names.
     */
    REMOVE("""
            redis.call('ZREM', KEYS[1], unpack(ARGV))
            redis.call('HDEL', KEYS[2], unpack(ARGV))
            return 0
            """),

    /**
     * Some of the members that are there, those whose time is over first. Who is put again meanwhile comes later, so going on
     * from page to page misses nobody.
     *
     * <p>Arguments: where to go on, or the empty text; about how many. Gives where to go on, or the empty text if that was
     * all; and for each member its name and what there is to say.
     */
    PAGE("""
            local t = redis.call('TIME')
            local now = t[1] * 1000 + math.floor(t[2] / 1000)
            local from = math.max(now, tonumber(ARGV[1]) or 0)
            local after = string.format('(%.0f', from)
            local page = redis.call('ZRANGEBYSCORE', KEYS[1], after, '+inf', 'LIMIT', 0, ARGV[2])
            local found = {''}
            if #page == tonumber(ARGV[2]) then
              found[1] = redis.call('ZSCORE', KEYS[1], page[#page])
              page = redis.call('ZRANGEBYSCORE', KEYS[1], after, found[1])
            end
            for _, member in ipairs(page) do
              local value = redis.call('HGET', KEYS[2], member)
              if value then
                found[#found + 1] = member
                found[#found + 1] = value
              end
            end
            return found
            """);

    private final String text;

    PresenceScripts(String text) {
        this.text = text;
    }

    byte[] text() {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
