/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import java.nio.charset.StandardCharsets;

/** What Redis does in one step. The first key is the stream; the first two arguments are the group and the consumer. */
enum Scripts {
    /**
     * Counts a delivery that is about to be run, if the entry is still the consumer's and has deliveries left.
     *
     * <p>Arguments: the identifier; 1 if the last delivery came to nothing, else 0; how many deliveries there may be. Gives
     * {@code lost}, {@code gone}, or {@code run} or {@code spent} with the number of deliveries and the fields.
     */
    BEGIN("""
            local p = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[3], ARGV[3], 1)[1]
            if not p or p[2] ~= ARGV[2] then return {'lost'} end
            local n = math.max(0, p[4] - tonumber(ARGV[4]))
            if n >= tonumber(ARGV[5]) then
              local e = redis.call('XRANGE', KEYS[1], ARGV[3], ARGV[3])[1]
              return {'spent', n, e and e[2] or {}}
            end
            local e = redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[3], 'RETRYCOUNT', n + 1)[1]
            if not e then
              redis.call('XACK', KEYS[1], ARGV[1], ARGV[3])
              return {'gone'}
            end
            return {'run', n + 1, e[2]}
            """),

    /**
     * Takes a key for an entry that is about to be run, for as long as that is pending. An entry whose key is handled is
     * acknowledged. One whose key another entry has goes on waiting, without its delivery being counted.
     *
     * <p>Second key: the note. Arguments: the identifier; 1 if the last delivery came to nothing, else 0; after how many
     * milliseconds without a sign whoever has an entry is taken for dead; how many milliseconds the note is kept. Gives
     * {@code lost}, {@code handled}, {@code wait} or {@code run}.
     */
    ENTER("""
            local p = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[3], ARGV[3], 1)[1]
            if not p or p[2] ~= ARGV[2] then return 'lost' end
            local note = redis.call('GET', KEYS[2])
            if note then
              local id = string.match(note, '^running (%d+%-%d+)$')
              if not id then
                redis.call('XACK', KEYS[1], ARGV[1], ARGV[3])
                return 'handled'
              end
              if id ~= ARGV[3] then
                local other = redis.call('XPENDING', KEYS[1], ARGV[1], id, id, 1)[1]
                if other and other[3] < tonumber(ARGV[5]) then
                  local n = math.max(0, p[4] - tonumber(ARGV[4]))
                  redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[3], 'RETRYCOUNT', n, 'JUSTID')
                  return 'wait'
                end
              end
            end
            redis.call('SET', KEYS[2], 'running ' .. ARGV[3], 'PX', ARGV[6])
            return 'run'
            """),

    /**
     * Shows that the consumer lives: nobody takes its entries over.
     *
     * <p>Arguments: identifiers. Gives those that are not the consumer's any more.
     */
    RENEW("""
            local lost, mine = {}, {}
            for i = 3, #ARGV do
              local p = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1)[1]
              if p and p[2] == ARGV[2] then mine[#mine + 1] = ARGV[i] else lost[#lost + 1] = ARGV[i] end
            end
            if #mine > 0 then
              mine[#mine + 1] = 'JUSTID'
              redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, unpack(mine))
            end
            return lost
            """),

    /**
     * Gives entries back, for others to take over.
     *
     * <p>Arguments: for each its identifier; for how many milliseconds it shall seem idle; 1 if the last delivery came to
     * nothing, else 0.
     */
    RETURN("""
            for i = 3, #ARGV, 3 do
              local p = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1)[1]
              if p and p[2] == ARGV[2] then
                local n = math.max(0, p[4] - tonumber(ARGV[i + 2]))
                redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[i], 'IDLE', ARGV[i + 1], 'RETRYCOUNT', n, 'JUSTID')
              end
            end
            return 0
            """),

    /**
     * Notes that a key is handled, and acknowledges the entry.
     *
     * <p>Second key: the note. Arguments: the identifier; how many milliseconds the note is kept.
     */
    HANDLED("""
            redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[4])
            return redis.call('XACK', KEYS[1], ARGV[1], ARGV[3])
            """),

    /**
     * Makes an entry a dead letter, unless it is somebody else's by now.
     *
     * <p>Second key: the stream for dead letters. Arguments: the identifier; the fields of the letter.
     */
    BURY("""
            local p = redis.pcall('XPENDING', KEYS[1], ARGV[1], ARGV[3], ARGV[3], 1)
            if p.err and not string.find(p.err, 'NOGROUP') then return p end
            if not p.err and not (p[1] and p[1][2] == ARGV[2]) then return 0 end
            redis.call('XADD', KEYS[2], '*', unpack(ARGV, 4))
            if not p.err then redis.call('XACK', KEYS[1], ARGV[1], ARGV[3]) end
            return 1
            """),

    /**
     * Removes entries that are old enough, and that each group of the stream has handled.
     *
     * <p>Arguments: for how many milliseconds entries stay in any case; how many are removed at most. Gives how many were. A
     * stream whose group has vanished stays as it is, for the group to begin anew.
     */
    TRIM("""
            local function comparable(id)
              local time, number = string.match(id, '^(%d+)-(%d+)$')
              return string.rep('0', 20 - #time) .. time .. string.rep('0', 20 - #number) .. number
            end
            local now = redis.call('TIME')
            local least = string.format('%.0f-0', math.max(0, now[1] * 1000 + math.floor(now[2] / 1000) - tonumber(ARGV[3])))
            local known = false
            for _, g in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
              local f = {}
              for i = 1, #g, 2 do f[g[i]] = g[i + 1] end
              local id = f['last-delivered-id']
              if f.pending > 0 then id = redis.call('XPENDING', KEYS[1], f.name)[2] end
              if comparable(id) < comparable(least) then least = id end
              known = known or f.name == ARGV[1]
            end
            if not known then return 0 end
            return redis.call('XTRIM', KEYS[1], 'MINID', '~', least, 'LIMIT', ARGV[4])
            """),

    /**
     * Removes consumers that have nothing.
     *
     * <p>Arguments: after how many idle milliseconds. The consumer's name is what the names to be removed start with. Gives
     * how many were removed.
     */
    TIDY("""
            local n = 0
            for _, c in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
              local f = {}
              for i = 1, #c, 2 do f[c[i]] = c[i + 1] end
              if f.pending == 0 and f.idle >= tonumber(ARGV[3]) and string.sub(f.name, 1, #ARGV[2]) == ARGV[2] then
                redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], f.name)
                n = n + 1
              end
            end
            return n
            """);

    private final String text;

    Scripts(String text) {
        this.text = text;
    }

    byte[] text() {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
