/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.stream;

import dev.cyanotype.spi.MountedConsumer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One consumer of a group: the names that Redis knows. Immutable. */
final class Membership {

    /** What the names of our consumers start with. */
    static final String OURS = "cyanotype:";

    private static final Pattern TAG = Pattern.compile("\\{([^}]+)}");

    private final String address;
    private final byte[] stream;
    private final byte[] group;
    private final byte[] name;
    private final byte[] deadLetters;
    private final byte[] notes;

    Membership(String stream, String group, String name, String deadLetters) {
        this.address = stream + "/" + group;
        this.stream = bytes(stream);
        this.group = bytes(group);
        this.name = bytes(name);
        this.deadLetters = bytes(deadLetters);
        int open = stream.indexOf('{');
        Matcher tag = TAG.matcher(stream);
        String slot = open >= 0 && tag.find(open) && tag.start() == open ? tag.group(1) : stream;
        // On the node of the stream, so that one script can use both.
        this.notes = bytes("cyanotype:{" + slot + "}:handled:" + stream + ":" + group + ":");
    }

    Membership(MountedConsumer consumer, String name) {
        this(consumer.stream(), consumer.group(), name, consumer.deadLetters());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** For messages: stream and group. */
    String address() {
        return address;
    }

    byte[] stream() {
        return stream;
    }

    byte[] group() {
        return group;
    }

    byte[] name() {
        return name;
    }

    byte[] deadLetters() {
        return deadLetters;
    }

    /**
     * Where it is noted that the group has handled a key.
     *
     * @param key of any bytes, as {@link Entry#key} gives them
     */
    byte[] note(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.ISO_8859_1);
        byte[] note = Arrays.copyOf(notes, notes.length + bytes.length);
        System.arraycopy(bytes, 0, note, notes.length, bytes.length);
        return note;
    }

    @Override
    public String toString() {
        return address;
    }
}
