/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import dev.cyanotype.App;
import dev.cyanotype.Blueprint;
import dev.cyanotype.exchange.Exchange;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.message.Action;
import dev.cyanotype.task.TaskRun;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/**
 * An app in memory: the same routing, hooks and error handlers as in production, without a port or a broker.
 *
 * <p>Everything runs on the calling thread, and what a request or a message sets off has happened when the call returns. The latter
 * holds with {@link Transports#REAL} too, where the app has ports and a broker of its own.
 *
 * <p>What happens later, such as the next run of a task, the next attempt after a failure or the end of a timeout, happens when
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
    private final Door door;
    private final Recorder recorder;
    private final Replacements replacements;

    TestApp(App app, TestClock clock, Door door, Recorder recorder, Replacements replacements) {
        this.app = app;
        this.clock = clock;
        this.door = door;
        this.recorder = recorder;
        this.replacements = replacements;
    }

    /**
     * Starts an app named {@code test} with blueprints.
     *
     * @param blueprints mounted as they are, in this order
     * @return the running app
     * @throws dev.cyanotype.AppBuildException if they do not fit together
     */
    public static TestApp of(Blueprint... blueprints) {
        return builder(blueprints).start();
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
        return builder(blueprints).clock(clock).start();
    }

    /**
     * Starts a copy of an app; the app itself stays as it is.
     *
     * @param app the app, whose transports are not used in memory
     * @return the running copy
     */
    public static TestApp of(App app) {
        return builder(app).start();
    }

    /**
     * Starts a copy of an app, at a time; the app itself stays as it is.
     *
     * @param app the app, whose clock is not used, nor are its transports in memory
     * @param clock the copy's time, which others may share
     * @return the running copy
     */
    public static TestApp of(App app, TestClock clock) {
        return builder(app).clock(clock).start();
    }

    /**
     * Starts to say how an app is to be tested.
     *
     * @param app the app, which stays as it is
     * @return a new builder
     */
    public static TestAppBuilder builder(App app) {
        return new TestAppBuilder(app.toBuilder());
    }

    /**
     * Starts to say how blueprints are to be tested, on an app named {@code test}.
     *
     * @param blueprints mounted as they are, in this order
     * @return a new builder
     */
    public static TestAppBuilder builder(Blueprint... blueprints) {
        return new TestAppBuilder(TestAppBuilder.app(blueprints));
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
        return new TestRequest(door, method, target);
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
        return new TestSocketRequest(door, target);
    }

    /**
     * Calls an action.
     *
     * @param action the action's name
     * @param payload JSON as a string, or any object that encodes to it
     * @return the last reply, with those before it
     */
    public TestReply call(String action, Object payload) {
        return door.call(action, TestJson.tree(Objects.requireNonNull(payload, "payload")));
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
        O reply = app.caller(app.name()).call(action, input);
        door.settle();
        return reply;
    }

    /**
     * Publishes a message as another service would; all listeners have heard it when this returns.
     *
     * @param channel the channel
     * @param message JSON as a string, or any object that encodes to it
     * @return how many listeners heard it
     */
    public long broadcast(String channel, Object message) {
        return door.publish(channel, TestJson.tree(Objects.requireNonNull(message, "message")));
    }

    /**
     * All messages that the app has published.
     *
     * @return in the order they were published; a copy
     */
    public List<TestMessage> broadcasts() {
        door.settle();
        return recorder.broadcasts();
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
        JsonNode tree = TestJson.tree(Objects.requireNonNull(entry, "entry"));
        recorder.add(TestEvent.Kind.APPEND, stream, tree.toString());
        return door.append(stream, tree);
    }

    /**
     * All entries that were added to streams, by the app and by the test. An entry that was tried in vain is in the stream
     * for dead letters, named after its own in braces, such as <code>{orders}:dead</code>, unless declared otherwise.
     *
     * @return in the order they were added, each with its stream as the channel; a copy
     */
    public List<TestMessage> appended() {
        return door.appended();
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
        TaskRun run = app.tasks().task(name).trigger().join();
        door.settle();
        return run;
    }

    /**
     * Puts another handler in the place of an operation's own, from now on; the hooks, interceptors and error handlers around it
     * stay. A handler that was put there before is replaced too.
     *
     * <p>This reaches handlers of routes, actions, listeners, consumers, websocket messages and tasks, but not threads, and not
     * endpoints of websockets. Where several have the name, such as an action and a websocket message, all are replaced.
     *
     * @param operation its full name, such as {@code users.show}; of one without a name the address as
     *     {@link App#describe()} shows it, such as {@code GET /users}
     * @param handler what handles it, a lambda or a mock
     * @return this
     * @throws IllegalArgumentException if there is no such operation
     */
    public TestApp replace(String operation, Replacement<Exchange> handler) {
        return replace(operation, Exchange.class, handler);
    }

    /**
     * Puts another handler in the place of those of an operation that are given a context of a kind, such as
     * {@link dev.cyanotype.message.ActionContext}.
     *
     * @param <C> the type of the context
     * @param operation as in {@link #replace(String, Replacement)}
     * @param context what its handler is given; others of the name stay
     * @param handler what handles it
     * @return this
     * @throws IllegalArgumentException if there is no such operation
     */
    public <C extends Exchange> TestApp replace(String operation, Class<C> context, Replacement<? super C> handler) {
        replacements.put(app, operation, context, handler);
        return this;
    }

    /**
     * Gives an operation its own handler back.
     *
     * @param operation as in {@link #replace(String, Replacement)}
     * @return this
     * @throws IllegalArgumentException if there is no such operation
     */
    public TestApp restore(String operation) {
        replacements.remove(app, operation);
        return this;
    }

    /**
     * Does something in another thread, such as a request whose handler waits for the time, and returns once that thread has
     * done it, or waits.
     *
     * <pre>{@code
     * Future<TestResponse> response = app.async(() -> app.get("/slow"));
     * app.clock().advance(Duration.ofSeconds(5));
     * assertThat(response.get()).hasStatus(504);
     * }</pre>
     *
     * @param <T> the type of its result
     * @param work what is to be done
     * @return its result or what it has thrown, once there is one
     */
    public <T> CompletableFuture<T> async(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Objects.requireNonNull(work, "work");
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(work.call());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                },
                "test-async");
        thread.setDaemon(true);
        thread.start();
        clock.settle(
                thread, () -> true, () -> result.isDone() || clock.isAwaitedBy(thread) || door.isAwaitedBy(thread));
        return result;
    }

    /**
     * All that has happened to the app since its start, for a test that wants to know, or to be read when one has failed.
     *
     * @return in the order it happened; a copy
     */
    public List<TestEvent> events() {
        door.settle();
        return recorder.events();
    }

    /**
     * What has happened of a kind.
     *
     * @param kind the kind
     * @return in the order it happened; a copy
     */
    public List<TestEvent> events(TestEvent.Kind kind) {
        return events().stream().filter(event -> event.kind() == kind).toList();
    }

    /**
     * Stops the app; what is under way in other threads, or for ever, has a second of real time. One that has crashed is left as
     * it is.
     */
    @Override
    public void close() {
        if (door.isCrashed()) {
            return;
        }
        try {
            app.stop(END);
        } finally {
            door.close();
        }
    }
}
