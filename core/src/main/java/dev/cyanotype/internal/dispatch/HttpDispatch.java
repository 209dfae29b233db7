/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.exchange.Headers;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.MethodNotAllowedException;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.exchange.StreamWriter;
import dev.cyanotype.http.AfterHook;
import dev.cyanotype.http.BeforeHook;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.http.UrlValuesHook;
import dev.cyanotype.internal.assembly.Assembly;
import dev.cyanotype.internal.assembly.Chain;
import dev.cyanotype.internal.assembly.Level;
import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.internal.files.FileWriter;
import dev.cyanotype.internal.routing.Match;
import dev.cyanotype.internal.routing.PrefixTree;
import dev.cyanotype.internal.routing.Router;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.RenderedResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers HTTP requests. */
final class HttpDispatch {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.http");

    /** What a 426 has to say (RFC 9110, 15.5.22). */
    private static final Headers UPGRADE =
            Headers.empty().with("Upgrade", "websocket").with("Connection", "Upgrade");

    /** Another replica answers at once, and this one not on this connection. */
    private static final Headers STOPPING =
            Headers.empty().with("Retry-After", "0").with("Connection", "close");

    /** Stands for the response that a transport makes itself when it opens a websocket. */
    static final RenderedResponse ADMITTED = RenderedResponse.empty(200, Headers.empty());

    private final AppRuntime runtime;
    private final Assembly assembly;

    HttpDispatch(AppRuntime runtime) {
        this.runtime = runtime;
        this.assembly = runtime.assembly();
    }

    CompletableFuture<RenderedResponse> dispatch(HttpRequest request) {
        HttpMethod method = HttpMethod.of(request.method());
        HttpExchange exchange = new HttpExchange(runtime, request, method == null ? HttpMethod.GET : method);
        Throwable unroutable = route(exchange, request, method);
        if (unroutable != null) {
            giveToOwner(exchange, request);
        }
        return respond(exchange, method, unroutable);
    }

    /** Answers a request that comes while the app stops; no hook sees it. */
    CompletableFuture<RenderedResponse> refuse(HttpRequest request) {
        HttpMethod method = HttpMethod.of(request.method());
        HttpExchange exchange = new HttpExchange(runtime, request, method == null ? HttpMethod.GET : method);
        giveToOwner(exchange, request);
        try (Correlation.Scope scope = Correlation.open(exchange)) {
            return CompletableFuture.completedFuture(failed(
                    exchange, new HttpException(503, "This replica is stopping. Try another one.", null, STOPPING)));
        }
    }

    /**
     * Has a request decided on that leads to a websocket.
     *
     * @param exchange matched, with its decision in the place of a handler
     * @param refusal what is wrong with the request, so that no hook sees it, or null
     * @return {@link #ADMITTED} if the socket is to be opened
     */
    CompletableFuture<RenderedResponse> upgrade(HttpExchange exchange, @Nullable HttpException refusal) {
        if (refusal == null) {
            return respond(exchange, HttpMethod.GET, null);
        }
        try (Correlation.Scope scope = Correlation.open(exchange)) {
            return CompletableFuture.completedFuture(failed(exchange, refusal));
        }
    }

    private CompletableFuture<RenderedResponse> respond(
            HttpExchange exchange, @Nullable HttpMethod method, @Nullable Throwable unroutable) {
        try (Correlation.Scope scope = Correlation.open(exchange)) {
            Object result;
            try {
                result = run(exchange, method, unroutable);
                if (result instanceof CompletionStage<?> stage) {
                    return later(exchange, stage);
                }
            } catch (Throwable e) {
                return CompletableFuture.completedFuture(failed(exchange, e));
            }
            return CompletableFuture.completedFuture(succeeded(exchange, result));
        }
    }

    /** Finds the route; what it returns is thrown to the hooks and error handlers of whoever owns the path. */
    private @Nullable Throwable route(HttpExchange exchange, HttpRequest request, @Nullable HttpMethod method) {
        Router<Operation.Http> router = assembly.router();
        String query = request.query();
        int length = request.path().length() + (query == null ? 0 : query.length() + 1);
        if (length > runtime.http().maxUrlLength()) {
            return new HttpException(
                    414, "the URL is longer than " + runtime.http().maxUrlLength() + " characters");
        }
        try {
            String host = router.hasHosts() ? HttpExchange.host(request) : null;
            if (method != null) {
                int orSlot = method == HttpMethod.HEAD ? HttpMethod.GET.ordinal() : Router.NO_SLOT;
                Match<Operation.Http> match = router.match(host, request.path(), method.ordinal(), orSlot);
                if (match != null) {
                    exchange.matched(match);
                    return null;
                }
            }
            int slots = router.slots(host, request.path());
            if (slots == 0) {
                return new NotFoundException("There is nothing at this address");
            }
            return slots == 1 << Operation.Http.UPGRADE_SLOT
                    ? new HttpException(426, "Here is a websocket", null, UPGRADE)
                    : new MethodNotAllowedException(allow(slots));
        } catch (Throwable e) {
            // A bad path, or a converter of the user's that failed.
            return e;
        }
    }

    private void giveToOwner(HttpExchange exchange, HttpRequest request) {
        try {
            Match<PrefixTree.Owner<Level>> owner = assembly.owner(HttpExchange.host(request), request.path());
            if (owner != null) {
                exchange.owned(owner);
            }
        } catch (Throwable e) {
            // A converter of the user's that failed, maybe for the second time: the app answers.
            LOG.debug("the owner of {} could not be found", exchange, e);
        }
    }

    private @Nullable Object run(HttpExchange exchange, @Nullable HttpMethod method, @Nullable Throwable unroutable)
            throws Throwable {
        Chain chain = exchange.chain();
        if (chain.urlValues().length > 0) {
            Map<String, String> values = exchange.changeableParameters();
            for (UrlValuesHook hook : chain.urlValues()) {
                hook.apply(exchange, values);
            }
        }
        for (BeforeHook hook : chain.before()) {
            Response response = hook.before(exchange);
            if (response != null) {
                return response;
            }
        }
        RouteHandler handler = exchange.handler();
        if (handler != null) {
            return chain.interceptors().length == 0
                    ? handler.handle(exchange)
                    : Results.intercepted(chain.interceptors(), exchange, () -> handler.handle(exchange));
        }
        if (method == HttpMethod.OPTIONS && unroutable instanceof MethodNotAllowedException notAllowed) {
            return Response.empty().headers(notAllowed.headers());
        }
        throw Objects.requireNonNull(unroutable, "unroutable");
    }

    private CompletableFuture<RenderedResponse> later(HttpExchange exchange, CompletionStage<?> stage) {
        CompletableFuture<RenderedResponse> future = new CompletableFuture<>();
        stage.whenComplete((result, error) -> {
            try (Correlation.Scope scope = Correlation.open(exchange)) {
                future.complete(error == null ? succeeded(exchange, result) : failed(exchange, error));
            } catch (Throwable e) {
                future.complete(lastResort(exchange, e));
            }
        });
        return future;
    }

    private RenderedResponse succeeded(HttpExchange exchange, @Nullable Object result) {
        Response response;
        try {
            response = Results.response(result);
        } catch (Throwable e) {
            return failed(exchange, e);
        }
        if (exchange.isAdmitted() && response.status() < 300) {
            // What follows is no HTTP, so there is no response that after hooks could see.
            exchange.end();
            return ADMITTED;
        }
        return finish(exchange, response);
    }

    private RenderedResponse failed(HttpExchange exchange, Throwable error) {
        Throwable answered = error;
        try {
            if (exchange.endsBy(Failures.unwrap(error))) {
                exchange.end();
                return ADMITTED;
            }
        } catch (Throwable e) {
            // There is no room for the client that was to be let in and closed.
            answered = e;
        }
        return finish(exchange, Failures.answer(exchange, exchange.chain().errors(), answered));
    }

    private RenderedResponse finish(HttpExchange exchange, Response handled) {
        Response response = handled;
        RenderedResponse rendered;
        try {
            for (AfterHook hook : exchange.chain().after()) {
                Response changed = hook.after(exchange, response);
                if (changed == null) {
                    throw new IllegalStateException(exchange + ": an after hook returned null. Return the response.");
                }
                if (changed.body() != response.body()) {
                    Renderer.discard(response);
                }
                response = changed;
            }
            rendered = render(exchange, response);
        } catch (Throwable e) {
            Renderer.discard(response);
            rendered = finishFailed(exchange, e);
        }
        boolean head = exchange.method() == HttpMethod.HEAD;
        StreamWriter stream = rendered.stream();
        if (stream != null && !(stream instanceof FileWriter) && !head) {
            return streamed(exchange, rendered, stream);
        }
        exchange.end();
        return head ? rendered.withoutBody() : rendered;
    }

    /** The response has begun when a stream fails, so there is no answer to change: it is logged and cut off. */
    private static RenderedResponse streamed(HttpExchange exchange, RenderedResponse response, StreamWriter stream) {
        return response.withStream(out -> {
                    try (Correlation.Scope scope = Correlation.open(exchange)) {
                        stream.writeTo(out);
                    } catch (IOException e) {
                        // Most often the client has gone.
                        exchange.unhandled(e);
                        LOG.debug("the body of {} was cut off", exchange, e);
                        throw e;
                    } catch (Throwable e) {
                        exchange.unhandled(e);
                        Failures.report("the body of " + exchange, exchange.correlationId(), e);
                        throw e;
                    }
                })
                .onClose(exchange::end);
    }

    /** After hooks do not run a second time for the answer to their own failure. */
    private RenderedResponse finishFailed(HttpExchange exchange, Throwable error) {
        try {
            return render(exchange, Failures.answer(exchange, exchange.chain().errors(), error));
        } catch (Throwable e) {
            return lastResort(exchange, e);
        }
    }

    private RenderedResponse render(HttpExchange exchange, Response given) throws Exception {
        Response response = given;
        if (given.kind() == Response.Kind.VIEW && !Renderer.isBodiless(given.status())) {
            Chain chain = exchange.chain();
            response = runtime.views().render(exchange, given, chain.models(), chain.templates());
        }
        return Renderer.render(runtime, response, exchange.request());
    }

    private static RenderedResponse lastResort(HttpExchange exchange, Throwable error) {
        exchange.unhandled(error);
        Failures.report(exchange.toString(), exchange.correlationId(), error);
        return RenderedResponse.ofBytes(
                500,
                Headers.empty(),
                "text/plain;charset=utf-8",
                ("Internal Server Error (correlation id " + exchange.correlationId() + ")")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static String allow(int slots) {
        StringBuilder allow = new StringBuilder();
        boolean head = (slots & 1 << HttpMethod.HEAD.ordinal()) != 0;
        for (HttpMethod method : HttpMethod.values()) {
            boolean implied = method == HttpMethod.OPTIONS
                    || method == HttpMethod.HEAD && !head && (slots & 1 << HttpMethod.GET.ordinal()) != 0;
            if (implied || (slots & 1 << method.ordinal()) != 0) {
                allow.append(allow.isEmpty() ? "" : ", ").append(method);
            }
        }
        return allow.toString();
    }
}
