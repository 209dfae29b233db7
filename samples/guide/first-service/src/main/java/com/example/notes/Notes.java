/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.notes;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

public final class Notes {

    record NewNote(String text) {}

    record Note(int id, String text) {}

    static final class EmptyNoteException extends RuntimeException {}

    static Blueprint blueprint() {
        Map<Integer, Note> notes = new ConcurrentHashMap<>();
        AtomicInteger lastId = new AtomicInteger();
        return Blueprint.named("notes")
                .prefix("/notes")
                .get("/{id:int}", ctx -> {
                    Note note = notes.get(ctx.pathParam("id", Integer.class));
                    if (note == null) {
                        throw new NotFoundException("There is no such note");
                    }
                    return note;
                })
                .post("/", NewNote.class, (sent, ctx) -> {
                    if (sent.text() == null || sent.text().isBlank()) {
                        throw new EmptyNoteException();
                    }
                    Note note = new Note(lastId.incrementAndGet(), sent.text());
                    notes.put(note.id(), note);
                    return Response.created(note);
                })
                .error(EmptyNoteException.class, (ctx, e) -> Response.of(422, Map.of("error", "A note needs a text")))
                .build();
    }

    public static void main(String[] args) {
        App.named("notes").register(blueprint()).build().run();
    }
}
