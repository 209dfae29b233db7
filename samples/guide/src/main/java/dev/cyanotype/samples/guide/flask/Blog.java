/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.guide.flask;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Posts, as they were in Flask. */
public final class Blog {

    static final Attribute<String> USER = Attribute.named("user", String.class);

    private Blog() {}

    /** What a client sends. */
    public record NewPost(String text) {}

    /** A post. */
    public record Post(int id, @Nullable String by, String text) {}

    static Blueprint posts() {
        Map<Integer, Post> entries = new ConcurrentHashMap<>();
        return Blueprint.named("posts")
                .prefix("/posts")
                .before(ctx -> {
                    String user = ctx.header("X-User");
                    if (user == null) {
                        throw new HttpException(401, "Sign in first");
                    }
                    ctx.attribute(USER, user);
                    return null;
                })
                .post("/", NewPost.class, (sent, ctx) -> {
                    Post post = new Post(entries.size() + 1, ctx.attribute(USER), sent.text());
                    entries.put(post.id(), post);
                    String url = ctx.urls().to(".show").with("id", post.id()).path();
                    return Response.created(post).header("Location", url);
                })
                .get(
                        "/{id:int}",
                        ctx -> {
                            Post post = entries.get(ctx.pathParam("id", Integer.class));
                            if (post == null) {
                                throw new NotFoundException("No such post");
                            }
                            return post;
                        },
                        route -> route.name("show"))
                .error(404, (ctx, e) -> Map.of("error", String.valueOf(e.getMessage())))
                .after((ctx, response) -> response.header("X-Blog", "mine"))
                .build();
    }

    static App app() {
        return App.named("blog")
                .register(posts(), mount -> mount.prefix("/v1/posts"))
                .build();
    }
}
