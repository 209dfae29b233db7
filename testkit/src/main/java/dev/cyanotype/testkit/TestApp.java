/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.message.Action;
import dev.cyanotype.task.TaskRun;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * An app in memory: the same routing, hooks and error handlers as in production, without a port or a broker.
 *
 * <p>Everything runs on the calling thread, and what a request or a message sets off has happened when the call returns.
 * What happens later, such as the next run of a task, the next attempt after a failure or the end of a timeout, happens when
 * {@link #clock()} is advanced. {@link #runTask} runs a task at once. Thread-safe.
 *
 * <pre>{@code
 * try (TestApp app = TestApp.of(Users.blueprint(store))) {
 *     assertThat(app.get("/api/users/1")).hasStatus(200).hasJson("{\"id\": 1}");
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class TestApp implements AutoCloseable {

    private static final Duration END = Duration.ofSeconds(1);

    private final App app;
    private final TestClock clock;
    private final InMemoryTransport transport;

    private TestApp(App app, TestClock clock, InMemoryTransport transport) {
        this.app = app;
        this.clock = clock;
        this.transport = transport;
    }

    /**
     * Starts an app named {@code test} with blueprints.
     *
     * @param blueprints mounted as they are, in this order
     * @return the running app
     * @throws dev.cyanotype.AppBuildException if they do not fit together
     */
    public static TestApp of(Blueprint... blueprints) {
        return of(TestClock.create(), blueprints);
    }

    /**
     * Starts an app named {@code test} with blueprints, at a time.
     *
     * @param clock the app's time, which others may share
     * @param blueprints mounted as they are, in this order
     * @return the running app
     * @throws dev.cyanotype.AppBuildException if they do not fit together
     */
    public static TestApp of(TestClock clock, Blueprint... blueprints) {
        App.Builder builder = App.named("test");
        for (Blueprint blueprint : blueprints) {
            builder.register(blueprint);
        }
        return of(builder.build(), clock);
    }

    /**
     * Starts a copy of an app in memory; the app itself stays as it is.
     *
     * @param app the app, whose transports are not used
     * @return the running copy
     */
    public static TestApp of(App app) {
        return of(app, TestClock.create());
    }

    /**
     * Starts a copy of an app in memory, at a time; the app itself stays as it is.
     *
     * @param app the app, whose transports and clock are not used
     * @param clock the copy's time, which others may share
     * @return the running copy
     */
    public static TestApp of(App app, TestClock clock) {
        InMemoryTransport transport = new InMemoryTransport();
        App copy = app.toBuilder()
                .noTransports()
                .discovery(false)
                .executor(Runnable::run)
                .clock(clock)
                .transport(transport)
                .build();
        copy.start();
        return new TestApp(copy, clock, transport);
    }

    /**
     * The app's time, which stands still until it is advanced.
     *
     * @return what timeouts and retries go by
     */
    public TestClock clock() {
        return clock;
    }

    /**
     * The app that runs in memory.
     *
     * @return the copy, started
     */
    public App app() {
        return app;
    }

    /**
     * Sends a GET request.
     *
     * @param target the path and the query, percent-encoded
     * @return the response
     */
    public TestResponse get(String target) {
        return request(HttpMethod.GET, target).send();
    }

    /**
     * Sends a DELETE request.
     *
     * @param target the path and the query, percent-encoded
     * @return the response
     */
    public TestResponse delete(String target) {
        return request(HttpMethod.DELETE, target).send();
    }

    /**
     * Sends a POST request with a JSON body.
     *
     * @param target the path and the query, percent-encoded
     * @param body JSON as a string, or any object that encodes to it
     * @return the response
     */
    public TestResponse post(String target, Object body) {
        return request(HttpMethod.POST, target).json(body).send();
    }

    /**
     * Sends a PUT request with a JSON body.
     *
     * @param target the path and the query, percent-encoded
     * @param body JSON as a string, or any object that encodes to it
     * @return the response
     */
    public TestResponse put(String target, Object body) {
        return request(HttpMethod.PUT, target).json(body).send();
    }

    /**
     * Sends a PATCH request with a JSON body.
     *
     * @param target the path and the query, percent-encoded
     * @param body JSON as a string, or any object that encodes to it
     * @return the response
     */
    public TestResponse patch(String target, Object body) {
        return request(HttpMethod.PATCH, target).json(body).send();
    }

    /**
     * Starts any request.
     *
     * @param method the method
     * @param target the path and the query, percent-encoded
     * @return the request, to be given header fields and a body, then sent
     */
    public TestRequest request(HttpMethod method, String target) {
        return request(method.name(), target);
    }

    /**
     * Starts any request, also one of a method that no route can answer.
     *
     * @param method the method as on the request line
     * @param target the path and the query, percent-encoded
     * @return the request, to be given header fields and a body, then sent
     */
    public TestRequest request(String method, String target) {
        return new TestRequest(transport, method, target);
    }

    /**
     * Opens a websocket.
     *
     * @param target its path, perhaps with a query; {@code /ws} for the app's socket for messages unless it was moved
     * @return the open socket
     * @throws AssertionError if it is refused, with the answer
     */
    public TestSocket open(String target) {
        return websocket(target).open();
    }

    /**
     * Starts a request to open a websocket.
     *
     * @param target its path, perhaps with a query
     * @return the request, to be opened
     */
    public TestSocketRequest websocket(String target) {
        return new TestSocketRequest(transport, target);
    }

    /**
     * Calls an action.
     *
     * @param action the action's name
     * @param payload JSON as a string, or any object that encodes to it
     * @return the last reply, with those before it
     */
    public TestReply call(String action, Object payload) {
        return transport.call(action, TestJson.tree(Objects.requireNonNull(payload, "payload")));
    }

    /**
     * Calls an action that must succeed.
     *
     * @param <I> the type of the request
     * @param <O> the type of the reply
     * @param action the action
     * @param input what to send
     * @return the decoded reply
     * @throws dev.cyanotype.message.ErrorReplyException if the reply is an error
     */
    public <I, O> O call(Action<I, O> action, I input) {
        return app.caller(app.name()).call(action, input);
    }

    /**
     * Publishes a message as another service would; all listeners have heard it when this returns.
     *
     * @param channel the channel
     * @param message JSON as a string, or any object that encodes to it
     * @return how many listeners heard it
     */
    public long broadcast(String channel, Object message) {
        return transport.deliver(channel, TestJson.tree(Objects.requireNonNull(message, "message")));
    }

    /**
     * All messages that the app has published.
     *
     * @return in the order they were published; a copy
     */
    public List<TestMessage> broadcasts() {
        return transport.broadcasts();
    }

    /**
     * The messages that the app has published on a channel.
     *
     * @param channel the channel
     * @return in the order they were published; a copy
     */
    public List<TestMessage> broadcasts(String channel) {
        return broadcasts().stream()
                .filter(message -> message.channel().equals(channel))
                .toList();
    }

    /**
     * Adds an entry to a stream as another service would; all groups have tried to handle it when this returns. Where that
     * failed, it is tried again when {@link #clock()} was advanced by as long as the consumer's options say, and at last
     * becomes a dead letter.
     *
     * @param stream the stream
     * @param entry JSON as a string, or any object that encodes to it
     * @return the entry's identifier
     */
    public String append(String stream, Object entry) {
        return transport.append(stream, null, TestJson.tree(Objects.requireNonNull(entry, "entry")));
    }

    /**
     * All entries that were added to streams, by the app and by the test. An entry that was tried in vain is in the stream
     * for dead letters, named after its own in braces, such as <code>{orders}:dead</code>, unless declared otherwise.
     *
     * @return in the order they were added, each with its stream as the channel; a copy
     */
    public List<TestMessage> appended() {
        return transport.appended();
    }

    /**
     * The entries that were added to a stream.
     *
     * @param stream the stream
     * @return in the order they were added; a copy
     */
    public List<TestMessage> appended(String stream) {
        return appended().stream()
                .filter(entry -> entry.channel().equals(stream))
                .toList();
    }

    /**
     * Runs a task once, now, whatever its schedule says.
     *
     * @param name the task's name, as declared, or its full name
     * @return how it went
     * @throws IllegalArgumentException if there is no such task
     */
    public TaskRun runTask(String name) {
        return app.tasks().task(name).trigger().join();
    }

    /** Stops the app; what is under way in other threads, or for ever, has a second of real time. */
    @Override
    public void close() {
        app.stop(END);
    }
}
