/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.Parameters;
import dev.cyanotype.http.RequestBody;
import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.http.TeardownHook;
import dev.cyanotype.http.Urls;
import dev.cyanotype.internal.assembly.Chain;
import dev.cyanotype.internal.assembly.Level;
import dev.cyanotype.internal.assembly.Operation;
import dev.cyanotype.internal.routing.Match;
import dev.cyanotype.internal.routing.PrefixTree;
import dev.cyanotype.internal.urls.AppUrls;
import dev.cyanotype.socket.SocketCloseException;
import dev.cyanotype.spi.HttpRequest;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request with what has been found out about it. */
final class HttpExchange extends BaseExchange implements HttpContext {

    private final HttpRequest request;
    private final HttpMethod method;
    private Operation.@Nullable Http operation;
    private @Nullable Match<PrefixTree.Owner<Level>> owner;
    private @Nullable Decision decision;
    private boolean admitted;
    private Chain chain;
    private String @Nullable [] values;
    private @Nullable Map<String, String> parameters;
    private @Nullable Parameters query;
    private @Nullable BodyReader body;

    HttpExchange(AppRuntime runtime, HttpRequest request, HttpMethod method) {
        super(runtime);
        this.request = request;
        this.method = method;
        this.chain = runtime.assembly().app().chain();
    }

    void matched(Match<Operation.Http> match) {
        operation = match.target();
        chain = match.target().chain();
        values = match.values();
    }

    /** No route answers, but a scope owns the path. */
    void owned(Match<PrefixTree.Owner<Level>> match) {
        owner = match;
        chain = match.target().owner().chain();
        values = match.values();
    }

    HttpRequest request() {
        return request;
    }

    Operation.@Nullable Http matchedOperation() {
        return operation;
    }

    /** What answers it; null if no route does. */
    @Nullable
    RouteHandler handler() {
        if (decision != null) {
            return decision;
        }
        return operation == null ? null : operation.handler();
    }

    /** Has something decide in the place of the route's handler, which leads to a websocket. */
    void decideBy(Decision newDecision) {
        decision = newDecision;
    }

    /** What decides whether a websocket is opened. */
    interface Decision extends RouteHandler {

        /** Lets it open, to close it at once. */
        void close(SocketCloseException refusal);
    }

    @Override
    boolean endsBy(Throwable error) {
        if (decision == null || !(error instanceof SocketCloseException refusal)) {
            return false;
        }
        decision.close(refusal);
        return true;
    }

    /** Whether it is to become a websocket. */
    boolean isAdmitted() {
        return admitted;
    }

    void admit() {
        admitted = true;
    }

    Chain chain() {
        return chain;
    }

    /** The path parameters for hooks that may change them. */
    Map<String, String> changeableParameters() {
        Map<String, String> changeable = new LinkedHashMap<>(pathParams());
        parameters = changeable;
        return changeable;
    }

    /** Runs the teardown hooks and gives back what the request held. */
    void end() {
        for (TeardownHook hook : chain.teardown()) {
            try {
                hook.teardown(this, unhandled());
            } catch (Throwable e) {
                Failures.report("teardown of " + this, correlationId(), e);
            }
        }
        if (body != null) {
            body.close();
        }
    }

    @Override
    Level level() {
        if (operation != null) {
            return operation.level();
        }
        return owner == null ? runtime().assembly().app() : owner.target().owner();
    }

    /** The names of the path parameters. */
    private List<String> names() {
        if (operation != null) {
            return operation.names();
        }
        return owner == null ? List.of() : owner.target().parameters();
    }

    @Override
    Map<Attribute<?>, Object> declaredAttributes() {
        return operation == null ? level().attributes() : operation.attributes();
    }

    @Override
    Carrier carrier() {
        return Carrier.HTTP;
    }

    @Override
    @Nullable
    String givenCorrelationId() {
        return request.header("X-Request-Id");
    }

    @Override
    @Nullable
    String traceparent() {
        return TraceParent.from(request.header("traceparent"));
    }

    @Override
    public String operation() {
        return operation == null ? request.method() + " (no route)" : operation.label();
    }

    @Override
    public HttpMethod method() {
        return method;
    }

    @Override
    public String path() {
        return request.path();
    }

    @Override
    public String pattern() {
        return operation == null ? "" : operation.pattern().text();
    }

    @Override
    public String pathParam(String name) {
        String value = null;
        if (parameters != null) {
            value = parameters.get(name);
        } else if (values != null) {
            // By hand, because indexOf would make an iterator for each request.
            List<String> names = names();
            for (int i = 0; i < values.length; i++) {
                if (names.get(i).equals(name)) {
                    value = values[i];
                }
            }
            if (value == null && operation != null) {
                value = operation.urlDefaults().get(name);
            }
        }
        if (value == null) {
            throw new IllegalArgumentException("%s: path parameter '%s' is unknown (expected: one of %s)"
                    .formatted(operation(), name, pathParams().keySet()));
        }
        return value;
    }

    @Override
    public <T> T pathParam(String name, Class<T> type) {
        return runtime().json().convert(pathParam(name), type, "the path parameter '" + name + "'");
    }

    @Override
    public Map<String, String> pathParams() {
        if (parameters != null) {
            return Collections.unmodifiableMap(parameters);
        }
        Map<String, String> all = new LinkedHashMap<>();
        if (values != null) {
            for (int i = 0; i < values.length; i++) {
                all.put(names().get(i), values[i]);
            }
        }
        if (operation != null) {
            operation.urlDefaults().forEach(all::putIfAbsent);
        }
        return Collections.unmodifiableMap(all);
    }

    @Override
    public @Nullable String queryParam(String name) {
        return query().first(name);
    }

    @Override
    public Parameters query() {
        if (query == null) {
            query = QueryParser.of(request);
        }
        return query;
    }

    @Override
    public @Nullable String header(String name) {
        return request.header(name);
    }

    @Override
    public @Nullable String cookie(String name) {
        return Cookies.value(request, name);
    }

    @Override
    public RequestBody body() {
        if (body == null) {
            body = new BodyReader(request, runtime().http(), runtime().json());
        }
        return body;
    }

    @Override
    public <T> T body(Class<T> type) {
        return body().json(type);
    }

    @Override
    public String host() {
        return host(request);
    }

    /** The asked host, in lower case and without port. */
    static String host(HttpRequest request) {
        String header = request.header("Host");
        if (header == null) {
            return "";
        }
        int colon = header.lastIndexOf(':');
        boolean hasPort = colon > header.lastIndexOf(']');
        return (hasPort ? header.substring(0, colon) : header).toLowerCase(Locale.ROOT);
    }

    @Override
    public String scheme() {
        return request.scheme();
    }

    @Override
    public Urls urls() {
        Level level = level();
        String version = operation == null ? level.version() : operation.version();
        return new AppUrls(runtime().assembly(), runtime().http().origin(), new AppUrls.Here(this, level, version));
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress() {
        return request.remoteAddress();
    }

    @Override
    public <T> T as(Class<T> type) {
        if (type == HttpRequest.class) {
            return type.cast(request);
        }
        T unwrapped = type.isInstance(this) ? null : request.unwrap(type);
        return unwrapped == null ? super.as(type) : unwrapped;
    }
}
