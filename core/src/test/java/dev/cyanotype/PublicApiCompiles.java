/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import dev.cyanotype.exchange.Attribute;
import dev.cyanotype.exchange.BadRequestException;
import dev.cyanotype.exchange.Cookie;
import dev.cyanotype.exchange.ErrorHandler;
import dev.cyanotype.exchange.EventStream;
import dev.cyanotype.exchange.Exchange;
import dev.cyanotype.exchange.Headers;
import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Interceptor;
import dev.cyanotype.exchange.MethodNotAllowedException;
import dev.cyanotype.exchange.NotFoundException;
import dev.cyanotype.exchange.PayloadTooLargeException;
import dev.cyanotype.exchange.Problem;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.exchange.StreamWriter;
import dev.cyanotype.exchange.UnsupportedMediaTypeException;
import dev.cyanotype.exchange.View;
import dev.cyanotype.health.HealthCheck;
import dev.cyanotype.health.HealthCheckOptions;
import dev.cyanotype.health.HealthMonitor;
import dev.cyanotype.health.HealthReport;
import dev.cyanotype.http.AfterHook;
import dev.cyanotype.http.BeforeHook;
import dev.cyanotype.http.BodyHandler;
import dev.cyanotype.http.FilesOptions;
import dev.cyanotype.http.HttpContext;
import dev.cyanotype.http.HttpMethod;
import dev.cyanotype.http.HttpOptions;
import dev.cyanotype.http.ModelHook;
import dev.cyanotype.http.Parameters;
import dev.cyanotype.http.RequestBody;
import dev.cyanotype.http.Route;
import dev.cyanotype.http.RouteHandler;
import dev.cyanotype.http.TeardownHook;
import dev.cyanotype.http.Upload;
import dev.cyanotype.http.UrlValuesHook;
import dev.cyanotype.json.JacksonAccess;
import dev.cyanotype.json.JsonOptions;
import dev.cyanotype.message.Action;
import dev.cyanotype.message.ActionContext;
import dev.cyanotype.message.ActionOptions;
import dev.cyanotype.message.CallException;
import dev.cyanotype.message.CallTimeoutException;
import dev.cyanotype.message.Caller;
import dev.cyanotype.message.Callers;
import dev.cyanotype.message.ConsumerOptions;
import dev.cyanotype.message.Delivery;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.message.Gap;
import dev.cyanotype.message.GapListener;
import dev.cyanotype.message.Listener;
import dev.cyanotype.message.ListenerOptions;
import dev.cyanotype.message.MessageContext;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.message.Overflow;
import dev.cyanotype.message.StreamConsumer;
import dev.cyanotype.message.StreamContext;
import dev.cyanotype.message.TooManyCallsException;
import dev.cyanotype.socket.Audience;
import dev.cyanotype.socket.ClientIdGenerator;
import dev.cyanotype.socket.ConnectHook;
import dev.cyanotype.socket.DisconnectHook;
import dev.cyanotype.socket.GatewayOptions;
import dev.cyanotype.socket.Handshake;
import dev.cyanotype.socket.Presence;
import dev.cyanotype.socket.Room;
import dev.cyanotype.socket.SlowClientPolicy;
import dev.cyanotype.socket.Socket;
import dev.cyanotype.socket.SocketCloseException;
import dev.cyanotype.socket.SocketContext;
import dev.cyanotype.socket.SocketDataHandler;
import dev.cyanotype.socket.SocketEndpoint;
import dev.cyanotype.socket.SocketHandler;
import dev.cyanotype.socket.SocketMessage;
import dev.cyanotype.socket.SocketOptions;
import dev.cyanotype.socket.Sockets;
import dev.cyanotype.spi.AbstractMessageBus;
import dev.cyanotype.spi.AbstractPeerBus;
import dev.cyanotype.spi.ActionRequest;
import dev.cyanotype.spi.AppClock;
import dev.cyanotype.spi.CorrelationId;
import dev.cyanotype.spi.Dispatcher;
import dev.cyanotype.spi.ForwardingBus;
import dev.cyanotype.spi.ForwardingClock;
import dev.cyanotype.spi.ForwardingContext;
import dev.cyanotype.spi.ForwardingProvider;
import dev.cyanotype.spi.HttpRequest;
import dev.cyanotype.spi.ListenerLane;
import dev.cyanotype.spi.ListenerLanes;
import dev.cyanotype.spi.LocalActions;
import dev.cyanotype.spi.LocalSubscriptions;
import dev.cyanotype.spi.MessageBus;
import dev.cyanotype.spi.MountedAction;
import dev.cyanotype.spi.MountedConsumer;
import dev.cyanotype.spi.MountedListener;
import dev.cyanotype.spi.MountedOperation;
import dev.cyanotype.spi.OperationKind;
import dev.cyanotype.spi.PendingWork;
import dev.cyanotype.spi.PresenceStore;
import dev.cyanotype.spi.RenderedResponse;
import dev.cyanotype.spi.Reply;
import dev.cyanotype.spi.Settings;
import dev.cyanotype.spi.SocketConnection;
import dev.cyanotype.spi.SocketFrame;
import dev.cyanotype.spi.SocketReceiver;
import dev.cyanotype.spi.StreamEntry;
import dev.cyanotype.spi.Subscription;
import dev.cyanotype.spi.TaskLeases;
import dev.cyanotype.spi.TemplateEngine;
import dev.cyanotype.spi.TemplateEngineProvider;
import dev.cyanotype.spi.TemplateFolders;
import dev.cyanotype.spi.Transport;
import dev.cyanotype.spi.TransportContext;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.spi.TransportProvider;
import dev.cyanotype.spi.Upgrade;
import dev.cyanotype.task.AppState;
import dev.cyanotype.task.BackgroundTask;
import dev.cyanotype.task.LifecycleHook;
import dev.cyanotype.task.Schedule;
import dev.cyanotype.task.TaskContext;
import dev.cyanotype.task.TaskHandle;
import dev.cyanotype.task.TaskRun;
import dev.cyanotype.task.Tasks;
import dev.cyanotype.task.Worker;
import dev.cyanotype.task.WorkerHandle;
import dev.cyanotype.task.WorkerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Uses each public name once, as a user would: a change that breaks users breaks this. Most of it only has to compile.
 */
final class PublicApiCompiles {

    record In(String text) {}

    record Out(String text) {}

    static final Action<In, Out> ACTION = Action.named("typed", In.class, Out.class);
    static final Attribute<String> ATTRIBUTE = Attribute.named("attribute", String.class);

    static final Action<In, Out> OTHER = Action.named("other", In.class, Out.class);

    private PublicApiCompiles() {}

    static final class Teapot extends HttpException {
        Teapot() {
            super(418, "short and stout", null, Headers.empty().plus("X-Pot", "tea"));
        }
    }

    static Blueprint blueprint() {
        RouteHandler handler = ctx -> "x";
        BodyHandler<In> bodyHandler = (in, ctx) -> new Out(in.text());
        BeforeHook before = ctx -> null;
        AfterHook after = (ctx, response) -> response;
        TeardownHook teardown = (ctx, unhandled) -> {};
        UrlValuesHook urlValues = (ctx, values) -> values.remove("x");
        Interceptor interceptor = (exchange, next) -> next.proceed();
        ModelHook model = ctx -> Map.of("path", ctx.path());
        ErrorHandler<HttpException> onStatus = (exchange, e) -> e.status();
        ErrorHandler<Throwable> onAny = (exchange, e) -> null;
        Action.Handler action = ctx -> ctx.payload();
        Action.TypedHandler<In, Out> typedAction = (in, ctx) -> new Out(in.text());
        Listener<JsonNode> listener = (message, ctx) -> {};
        Listener<In> typedListener = (in, ctx) -> {};
        StreamConsumer<In> consumer = (in, ctx) -> use(in.text(), ctx.deliveries());
        SocketMessage socket = ctx -> ctx.data();
        BackgroundTask task = ctx -> use(ctx.task(), ctx.due(), ctx.running(), ctx.fencingToken());
        Route route = Route.builder(Set.of(HttpMethod.GET), List.of("/made"), handler)
                .name("made")
                .version(1)
                .versionPrefix("/v")
                .host("a.com")
                .strictSlashes(true)
                .before(before)
                .after(after)
                .build();
        use(route.methods(), route.paths(), route.handler(), route.bodyType(), route.name(), route.version());
        use(
                route.versionPrefix(),
                route.hosts(),
                route.subdomain(),
                route.urlDefaults(),
                route.attributes(),
                route.strictSlashes(),
                route.before(),
                route.after());
        use(HttpMethod.of("GET"));
        Consumer<FilesOptions.Builder> files = f -> use(f.name("files")
                .host("a.com")
                .subdomain("sub")
                .version("1")
                .versionPrefix("/v")
                .strictSlashes(true)
                .index("index.html")
                .cacheAge(Duration.ofDays(1))
                .contentType("gltf", "model/gltf+json")
                .precompressed(true)
                .dotFiles(false)
                .fallback("main/java/module-info.java"));
        Consumer<FilesOptions.Builder> file = f -> use(f.name("file")
                .version(1)
                .hosts("a.com", "b.com")
                .contentType("x/y")
                .cacheAge(name -> null));
        FilesOptions options = FilesOptions.builder().noIndex().build();
        use(options.index(), options.cacheAge("a.css"), options.contentType("css"), options.strictSlashes());
        use(options.precompressed(), options.dotFiles(), options.fallback(), options.misfit(true));
        options.applyTo(Route.builder(Set.of(HttpMethod.GET), List.of("/files"), handler));
        Route typedRoute = Route.builder(Set.of(HttpMethod.PUT), List.of("/made"), In.class, bodyHandler)
                .version("1")
                .build();
        Blueprint child = Blueprint.named("child").build();
        return Blueprint.named("all")
                .prefix("/all")
                .version(1)
                .versionPrefix("/v")
                .host("a.com")
                .subdomain("sub")
                .strictSlashes(true)
                .files("/files", Path.of("src"), files)
                .files("/resources", "classpath:/dev/cyanotype", f -> f.name("resources"))
                .file("/file", Path.of("pom.xml"), file)
                .file("/resource", "classpath:/dev/cyanotype/App.class", f -> f.name("resource"))
                .register(Blueprint.named("files1").files("/f1", Path.of("src")).build())
                .register(Blueprint.named("files2")
                        .files("/f2", "classpath:/dev/cyanotype")
                        .build())
                .register(Blueprint.named("files3")
                        .file("/f3", Path.of("pom.xml"))
                        .build())
                .register(Blueprint.named("files4")
                        .file("/f4", "classpath:/dev/cyanotype/App.class")
                        .build())
                .urlValues(urlValues)
                .before(before)
                .before(1, before)
                .after(after)
                .after(1, after)
                .teardown(teardown)
                .intercept(interceptor)
                .intercept(1, interceptor)
                .model(model)
                .templates("classpath:/views")
                .templates(Path.of("."))
                .error(Teapot.class, onStatus)
                .error(Exception.class, onAny)
                .error(404, onStatus)
                .errors(500, 510, onStatus)
                .errors(400, 404, 2, onStatus)
                .appWide(hooks -> hooks.urlValues(urlValues)
                        .before(before)
                        .after(after)
                        .teardown(teardown)
                        .intercept(interceptor)
                        .model(model)
                        .error(Teapot.class, onAny)
                        .error(404, onStatus)
                        .errors(500, 510, onStatus))
                .get("/", handler)
                .get("/get", handler, r -> r.name("get"))
                .post("/", handler)
                .post("/post", handler, r -> r.name("post"))
                .post("/typed", In.class, bodyHandler)
                .post("/named", In.class, bodyHandler, r -> r.name("named_post"))
                .put("/", handler)
                .put("/put", handler, r -> r.name("put"))
                .put("/typed", In.class, bodyHandler)
                .put("/named", In.class, bodyHandler, r -> r.name("named_put"))
                .patch("/", handler)
                .patch("/patch", handler, r -> r.name("patch"))
                .patch("/typed", In.class, bodyHandler)
                .patch("/named", In.class, bodyHandler, r -> r.name("named_patch"))
                .delete("/", handler)
                .delete("/delete", handler, r -> r.name("delete"))
                .delete("/typed", In.class, bodyHandler)
                .delete("/named", In.class, bodyHandler, r -> r.name("named_delete"))
                .head("/", handler)
                .head("/head", handler, r -> r.name("head"))
                .options("/", handler)
                .options("/options", handler, r -> r.name("options"))
                .route(Set.of(HttpMethod.GET), List.of("/a", "/b"), handler)
                .route(Set.of(HttpMethod.GET), List.of("/c", "/d"), handler, r -> r.name("route"))
                .route(route)
                .route(typedRoute)
                .action("action", action)
                .action("typed_input", In.class, typedAction)
                .action(ACTION, typedAction)
                .listen("channel", listener)
                .listen("typed", In.class, typedListener)
                .action("all", action, a -> a.delivery(Delivery.ALL))
                .action("typed_all", In.class, typedAction, a -> a.delivery(Delivery.ONE_OF))
                .action(
                        OTHER,
                        typedAction,
                        a -> use(a.build().toBuilder().build().delivery()))
                .listen("many", In.class, typedListener, listening())
                .consume("stream", "group", In.class, consumer)
                .consume("stream", "many", JsonNode.class, (entry, ctx) -> {}, consuming())
                .onStarting(ctx -> use(ctx.app(), ctx.blueprint(), ctx.log()))
                .onStart(ctx -> use(ctx.append("stream", Map.of()), ctx.append("stream", "key", Map.of())))
                .onStopping(ctx -> use(ctx.broadcast("channel", Map.of()), ctx.caller("service")))
                .onStop(1, ctx -> {})
                .socket("socket", socket)
                .background("task", Duration.ofHours(1), task)
                .background("scheduled", schedules().get(0), task)
                .thread("thread", worker())
                .thread("restarted", worker(), restarting())
                .onStarting(1, hook())
                .onStart(1, hook())
                .onStopping(1, hook())
                .onStop(hook())
                .check("check", () -> true)
                .check("many", check(), checking())
                .register(Health.blueprint())
                .register(child)
                .register(
                        child,
                        mount -> mount.named("other")
                                .prefix("/other")
                                .under("/under")
                                .version(1)
                                .versionPrefix("/v")
                                .host("b.com")
                                .subdomain("sub")
                                .strictSlashes(false)
                                .actionPrefix("v2."))
                .register(child, mount -> mount.named("third").noPrefix().version("1"))
                .build();
    }

    static List<Schedule> schedules() {
        Schedule schedule = Schedule.every(Duration.ofHours(1))
                .startingAfter(Duration.ZERO)
                .jitter(Duration.ofSeconds(1))
                .onOneReplica(Duration.ofMinutes(1));
        use(schedule.interval(), schedule.first(), schedule.jitter(), schedule.lease(), schedule.isFixedDelay());
        Schedule cron = Schedule.cron("0 6 * * MON-FRI", ZoneOffset.UTC);
        use(cron.cron(), cron.zone(), cron.next(Instant.EPOCH));
        return List.of(
                schedule,
                cron,
                Schedule.cron("@daily").onOneReplica(),
                Schedule.withFixedDelay(Duration.ofSeconds(1)),
                Schedule.manual());
    }

    static Worker worker() {
        return ctx -> {
            while (ctx.running()) {
                use(ctx.thread(), ctx.tasks(), ctx.sleep(Duration.ofSeconds(1)));
            }
        };
    }

    static Consumer<WorkerOptions.Builder> restarting() {
        return builder -> {
            WorkerOptions options = builder.manual()
                    .maxRestarts(1)
                    .restartAfter(Duration.ofSeconds(1), Duration.ofSeconds(9))
                    .build();
            use(options.isManual(), options.maxRestarts(), options.restartAfter(1), options.stableAfter());
            use(options.toBuilder(), WorkerOptions.builder());
        };
    }

    static LifecycleHook hook() {
        return ctx -> tasks(ctx.tasks());
    }

    static void tasks(Tasks tasks) {
        for (TaskHandle task : tasks.tasks()) {
            task.pause();
            task.resume();
            task.trigger().thenAccept(run -> use(run.result() == TaskRun.Result.LEFT_OUT, run.due(), run.took()));
            use(task.name(), task.schedule(), task.isPaused(), task.isRunning(), task.nextRun(), task.lastRun());
            use(task.runs(), task.failures(), task.missed(), tasks.task("task"));
        }
        for (WorkerHandle thread : tasks.threads()) {
            use(thread.name(), thread.state() == WorkerHandle.State.FAILED, thread.start());
            use(thread.stop(Duration.ZERO), thread.restarts(), thread.lastFailure(), tasks.thread("thread"));
        }
        TaskRun run = new TaskRun(TaskRun.Result.FAILED, Instant.EPOCH, Duration.ZERO, new IOException());
        use(run.failure());
    }

    static void stopped(App app, AppClock clock) {
        App.Builder builder = App.named("stopped")
                .clock(clock)
                .stopBudget(Duration.ofSeconds(8))
                .stopDelay(Duration.ofSeconds(1))
                .onState(state -> use(state == AppState.STOPPING))
                .decorate(Seeing::new)
                .decorateExecutor(executor -> executor)
                .interceptHandlers((exchange, next) -> next.proceed());
        use(builder, app.state(), app.status().state(), app.stopReport().map(PublicApiCompiles::report));
        try {
            use(app.awaitReady(Duration.ofSeconds(1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tasks(app.tasks());
    }

    private static String report(StopReport report) {
        use(report.isClean(), report.took(), report.budget(), report.finished(), report.refused(), report.cut());
        use(report.websocketsClosed(), report.failed(), report.abandoned());
        return report.toString();
    }

    static void time(AppClock clock) throws Exception {
        AppClock.Timeout timeout = clock.schedule(Duration.ofSeconds(1), () -> {});
        clock.settle(Thread.currentThread(), () -> true, () -> false);
        String done = clock.await(CompletableFuture.completedFuture("done"), Duration.ZERO);
        use(clock.instant(), clock.millis(), clock.nanoTime(), clock.jitter(Duration.ofSeconds(1)));
        use(timeout.cancel(), done);
    }

    static void leases(TaskLeases leases) {
        TaskLeases.Due due = new TaskLeases.Due(Duration.ofHours(1), null);
        TaskLeases.Turn turn = leases.begin("task", "holder", Duration.ofSeconds(30), due);
        use(due.interval(), due.at(), turn.isGranted(), turn.fencingToken(), turn.retryAfter());
        use(new TaskLeases.Turn(false, 0, Duration.ZERO), leases.begin("task", "holder", Duration.ofSeconds(1), null));
        use(leases.plan("task", Duration.ZERO, Duration.ofHours(1)));
        use(leases.renew("task", "holder", Duration.ofSeconds(30)));
        leases.end("task", "holder");
    }

    static HealthCheck check() {
        return () -> {
            throw new IOException("also what is checked");
        };
    }

    static Consumer<HealthCheckOptions.Builder> checking() {
        return builder -> {
            HealthCheckOptions options =
                    builder.timeout(Duration.ofSeconds(1)).live().build();
            use(options.timeout(), options.isLive(), options.toBuilder(), HealthCheckOptions.builder());
        };
    }

    static void health(HealthMonitor monitor) {
        monitor.live().thenAccept(report -> use(report.isUp(), report.state()));
        monitor.started().thenAccept(report -> use(report.components()));
        monitor.ready().thenAccept(report -> {
            for (HealthReport.Component component : report.components()) {
                use(component.name(), component.status() == HealthReport.Status.UP, component.data());
            }
            HealthReport.Component own =
                    new HealthReport.Component("name", HealthReport.Status.DOWN, Map.of("reason", "none"));
            use(HealthReport.of(AppState.RUNNING, List.of(own)));
        });
    }

    static Consumer<ListenerOptions.Builder> listening() {
        GapListener onGap = gap -> {
            use(gap.channel(), gap.from(), gap.to(), gap.cause() == Gap.Cause.CONNECTION_LOST);
            use(new Gap("channel", gap.from(), gap.to(), Gap.Cause.QUEUE_FULL));
        };
        return builder -> {
            ListenerOptions options = builder.concurrency(2)
                    .capacity(10)
                    .overflow(Overflow.DROP_NEW)
                    .onGap(onGap)
                    .build();
            use(options.concurrency(), options.capacity(), options.overflow(), options.onGap());
            use(options.toBuilder(), ListenerOptions.builder(), Overflow.BLOCK, Overflow.DROP_OLDEST, Overflow.FAIL);
        };
    }

    static Consumer<ConsumerOptions.Builder> consuming() {
        return builder -> {
            ConsumerOptions options = builder.concurrency(2)
                    .maxDeliveries(3)
                    .retries(Duration.ofSeconds(1), Duration.ofSeconds(9))
                    .reclaimAfter(Duration.ofSeconds(20))
                    .deadLetters("dead")
                    .build();
            use(options.concurrency(), options.maxDeliveries(), options.retryAfter(1), options.reclaimAfter());
            use(options.deadLetters(), options.toBuilder(), ConsumerOptions.builder(), ActionOptions.builder());
        };
    }

    static App app(TransportProvider provider, Executor executor) {
        Blueprint blueprint = blueprint();
        Blueprint derived = blueprint.copy("copy").noPrefix().build().toBuilder()
                .version("2")
                .build();
        Blueprint group = Blueprint.group(Blueprint.named("member").build())
                .namePrefix("group")
                .build();
        App app = App.named("app")
                .conflicts(ConflictPolicy.OVERRIDE)
                .converter("hex", text -> text.matches("[0-9a-f]+"))
                .transport(provider)
                .discovery(false)
                .setting("http.maxParts", "5")
                .json(json())
                .http(http())
                .executor(executor)
                .templateEngine(new Templates())
                .host("a.com")
                .register(blueprint)
                .register(group)
                .build();
        String described = derived.name() + derived.prefix() + app.name();
        return described.isEmpty() ? app : app.toBuilder().noTransports().build();
    }

    static void life(App app) {
        try (app) {
            app.start();
            boolean running = app.isRunning();
            URI address = app.address("http");
            health(app.health());
            AppStatus status = app.status();
            use(status.isReady(), status.health().get("http") == Transport.Health.UP, status.counters());
            use(app.as(Object.class));
            Caller caller = app.caller("service")
                    .timeout(Duration.ofSeconds(1))
                    .onProgress(payload -> {})
                    .idempotencyKey("key");
            Out out = caller.call(ACTION, new In("x"));
            JsonNode reply = caller.call("name", Map.of());
            CompletableFuture<Out> later = caller.callAsync(ACTION, new In("x"));
            CompletableFuture<JsonNode> laterTree = caller.callAsync("name", Map.of());
            use(running, address, caller.service(), out, reply, later, laterTree);
            app.run();
            app.stop(Duration.ZERO);
            app.stop();
        } catch (AppBuildException e) {
            use(e.problems());
        } catch (NoResponderException | CallTimeoutException e) {
            use(e.getMessage());
        } catch (ErrorReplyException e) {
            use(e.payload(), e.status());
        } catch (TooManyCallsException e) {
            use(e.getMessage());
        } catch (MessagingException e) {
            use(e.reason() == MessagingException.Reason.UNREACHABLE, MessagingException.Reason.QUEUE_FULL);
        } catch (CallException | TransportException e) {
            use(e.getCause());
        }
    }

    static Object http(HttpContext ctx) throws IOException {
        RequestBody body = ctx.body();
        Parameters query = ctx.query();
        InetSocketAddress remote = ctx.remoteAddress();
        Upload upload = body.uploads().get(0);
        try (InputStream in = upload.stream()) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        upload.saveTo(Path.of("x"));
        use(upload.field(), upload.fileName(), upload.contentType(), upload.sizeBytes(), upload.inMemory());
        use(ctx.method(), ctx.path(), ctx.pattern(), ctx.pathParam("a"), ctx.pathParam("a", Integer.class));
        use(ctx.pathParams(), ctx.queryParam("a"), ctx.header("a"), ctx.cookie("a"), ctx.body(In.class));
        use(ctx.host(), ctx.scheme(), remote, query.first("a"), query.all("a"), query.names(), query.toMap());
        use(
                body.contentType(),
                body.bytes(),
                body.text(),
                body.json(),
                body.json(In.class),
                body.stream(),
                body.form());
        use(Parameters.of(Map.of()), Parameters.empty());
        return exchange(ctx);
    }

    static Object exchange(Exchange exchange) {
        String attribute = exchange.attribute(ATTRIBUTE);
        exchange.attribute(ATTRIBUTE, null);
        Logger log = exchange.log();
        long reached = exchange.broadcast("channel", Map.of());
        String entry = exchange.append("stream", Map.of());
        String once = exchange.append("stream", "key", Map.of());
        use(entry, once);
        use(exchange.app(), exchange.operation(), exchange.correlationId(), exchange.as(HttpContext.class));
        use(attribute, log, reached, ATTRIBUTE.name(), ATTRIBUTE.type());
        return Optional.empty();
    }

    static Object others(ActionContext action, MessageContext message, SocketContext socket, TaskContext task) {
        action.progress(1);
        Optional<Instant> deadline = action.deadline();
        use(deadline, action.isCancelled(), action.message());
        List<Callers> callers = List.of(action, message, socket, task);
        callers.forEach(each -> use(each.caller("service")));
        use(action.action(), action.payload(), action.payload(In.class), message.channel(), message.message());
        use(socket.clientId(), socket.type(), socket.data(), socket.data(In.class), task.task());
        return List.of(ACTION.name(), ACTION.input(), ACTION.output());
    }

    static void stream(StreamContext ctx) {
        use(ctx.stream(), ctx.group(), ctx.id(), ctx.deliveries(), ctx.entry(), ctx.caller("service"));
        exchange(ctx);
    }

    static List<Response> responses() {
        StreamWriter writer = out -> out.write(1);
        EventStream.Source source = events -> {
            events.send("x");
            events.send("name", 1);
            events.send("name", 1, "id");
            events.comment("x");
            events.retry(Duration.ofSeconds(1));
            use(events.lastEventId());
        };
        Problem problem = Problem.of(400)
                .type(URI.create("about:blank"))
                .title("x")
                .detail("x")
                .with("more", 1);
        Cookie cookie = Cookie.of("a", "b")
                .path("/")
                .domain("a.com")
                .maxAge(Duration.ofDays(1))
                .secure(true)
                .httpOnly(false)
                .sameSite(Cookie.SameSite.STRICT);
        Response response = Response.of(200, "x")
                .status(201)
                .header("A", "b")
                .headers(Headers.empty().with("A", "b").plus("A", "c").without("B"))
                .cookie(cookie)
                .cookie(Cookie.removal("a"))
                .contentType("text/plain");
        use(response.status(), response.headers(), response.contentType(), response.kind(), response.body());
        use(cookie.headerValue(), problem.status(), problem.members(), Problem.CONTENT_TYPE);
        use(
                response.headers().first("A"),
                response.headers().all("A"),
                response.headers().isEmpty());
        response.headers().forEach((name, value) -> use(name, value));
        return List.of(
                response,
                Response.of(204),
                Response.json(1),
                Response.created(1),
                Response.empty(),
                Response.text("x"),
                Response.html("x"),
                Response.bytes("x/y", new byte[0]),
                Response.file(Path.of("x")),
                Response.file(Objects.requireNonNull(Response.class.getResource("Response.class"))),
                Response.stream("x/y", writer),
                Response.stream("x/y", InputStream.nullInputStream()),
                Response.events(source),
                Response.view("x.html"),
                Response.view("x.html", Map.of("name", 1)),
                Response.view("x.html", "name", 1),
                Response.redirect("/x"),
                Response.problem(problem),
                Response.from(null));
    }

    static List<HttpException> exceptions() {
        Throwable cause = new IOException();
        return List.of(
                new Teapot(),
                new HttpException(400, "x"),
                new HttpException(400, "x", cause),
                new BadRequestException("x"),
                new BadRequestException("x", cause),
                new NotFoundException("x"),
                new NotFoundException("x", cause),
                new MethodNotAllowedException("GET"),
                new PayloadTooLargeException("x"),
                new PayloadTooLargeException("x", cause),
                new UnsupportedMediaTypeException("x"),
                new UnsupportedMediaTypeException("x", cause));
    }

    static List<CallException> callExceptions() {
        return List.of(
                new CallException("x", null),
                new NoResponderException("service", "action"),
                new CallTimeoutException("service", "action", Duration.ofSeconds(1)),
                new TooManyCallsException("service", "action", 1),
                new ErrorReplyException(500, "x", JsonNodeFactory.instance.objectNode()));
    }

    static HttpOptions http() {
        HttpOptions options = HttpOptions.builder()
                .maxBodyBytes(1)
                .maxUploadBytes(1)
                .maxUploadMemoryBytes(1)
                .maxParts(1)
                .maxUrlLength(1)
                .temporaryFolder(Path.of("."))
                .build();
        use(options.maxBodyBytes(), options.maxUploadBytes(), options.maxUploadMemoryBytes(), options.maxParts());
        use(options.maxUrlLength(), options.temporaryFolder());
        return options.toBuilder().build();
    }

    static JsonOptions json() {
        JsonOptions options = JsonOptions.builder()
                .maxDepth(1)
                .maxStringLength(1)
                .maxDocumentBytes(1)
                .build();
        use(options.maxDepth(), options.maxStringLength(), options.maxDocumentBytes());
        use(JacksonAccess.mapper(options));
        return JacksonAccess.customize(options.toBuilder().build(), mapper -> mapper);
    }

    /** What the author of a transport writes. */
    static final class Plugin implements TransportProvider {

        @Override
        public String id() {
            return "plugin";
        }

        @Override
        public int order() {
            return 1;
        }

        @Override
        public Set<OperationKind> carries() {
            return Set.of(OperationKind.HTTP);
        }

        @Override
        public Set<String> settings() {
            return Set.of("plugin.key");
        }

        @Override
        public boolean isEnabled(Settings settings) {
            return TransportProvider.super.isEnabled(settings);
        }

        @Override
        public Transport create(TransportContext context) {
            Settings settings = context.settings();
            use(settings.text("a"), settings.text("a", "b"), settings.flag("a", true));
            use(settings.integer("a", 1, 0, 2), settings.number("a", 1, 0, 2));
            Settings.Value value = new Settings.Value("b", "c");
            use(Settings.of(Map.of("a", value)).with("b", value), value.value(), value.origin());
            use(CorrelationId.from(null), new Reply(200, JsonNodeFactory.instance.objectNode()));
            for (MountedOperation operation : context.operations(OperationKind.LISTENER)) {
                use(operation.kind(), operation.name(), operation.address(), operation.blueprint(), operation.source());
                use(
                        operation.kind().noun(),
                        operation.kind().traffic(),
                        operation.kind().artifact());
            }
            for (MountedOperation operation : context.operations(OperationKind.ACTION)) {
                use(((MountedAction) operation).options());
            }
            for (MountedOperation operation : context.operations(OperationKind.STREAM)) {
                MountedConsumer consumer = (MountedConsumer) operation;
                use(consumer.stream(), consumer.group(), consumer.options(), consumer.deadLetters());
                StreamEntry entry = new StreamEntry("1-0", JsonNodeFactory.instance.objectNode(), 1);
                use(entry.id(), entry.value(), entry.deliveries());
                context.dispatcher().entry(consumer, entry).thenAccept(reply -> use(reply.isPermanent()));
            }
            for (MountedOperation operation : context.operations(OperationKind.LISTENER)) {
                lane(context, (MountedListener) operation);
            }
            use(context.json().read(context.json().write(JsonNodeFactory.instance.objectNode())));
            use(context.app(), context.clock(), context.offered(TaskLeases.class));
            context.executor().execute(() -> {});
            return new PluginBus(context.dispatcher());
        }
    }

    private static void lane(TransportContext context, MountedListener listener) {
        ListenerLane lane = new ListenerLane(context, listener);
        try {
            use(lane.offer(JsonNodeFactory.instance::objectNode), lane.awaitEmpty(Duration.ZERO));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lane.missed(Instant.MIN, Instant.MAX);
        use(lane.listener().options(), lane.dropped(), lane.close());
    }

    /** What the author of a bus writes. */
    static final class LinkedBus extends AbstractMessageBus {

        LinkedBus(TransportContext context) {
            super(context);
        }

        @Override
        public void start() {
            LocalActions actions = actions();
            JsonNode request = JsonNodeFactory.instance.objectNode();
            use(context().app(), isServing(), actions.isEmpty(), actions.delivery("create"));
            use(track(actions.run(request, answer -> use(answer))), actions.run(ActionRequest.of("create", request)));
        }

        @Override
        public long publish(String channel, JsonNode message) {
            checkOpen();
            try {
                return hear(channel, message) + (actions().awaitNone(Duration.ZERO) ? 1 : 0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 0;
            }
        }

        @Override
        public CompletableFuture<Reply> request(String service, ActionRequest request) {
            Reply last = request.answered(
                    ActionRequest.builder(request.toJson()).build().toJson());
            use(last == null ? request : last.toJson());
            return CompletableFuture.completedFuture(Reply.error(503, "not now"));
        }
    }

    static void hearing(TransportContext context, JsonNode message) throws InterruptedException {
        ListenerLanes lanes = new ListenerLanes(context);
        use(lanes.channels(), lanes.of("news"), lanes.offer("news", lane -> message::deepCopy), lanes.counters());
        lanes.missed("news", Instant.MIN, Instant.MAX);
        use(lanes.awaitEmpty(Duration.ZERO));
        lanes.close();
        LocalSubscriptions subscriptions = new LocalSubscriptions(context.app());
        use(subscriptions.add("news", heard -> use(heard)), subscriptions.publish("news", message));
        subscriptions.close();
    }

    /** What a program writes about websockets. */
    static Blueprint sockets() {
        Attribute<String> user = Attribute.named("user", String.class);
        SocketEndpoint endpoint = SocketEndpoint.builder()
                .onOpen(ctx -> ctx.clientId())
                .onText((text, ctx) -> text)
                .onBinary((bytes, ctx) -> bytes)
                .onClose((ctx, status) -> use(status.code(), status.reason()))
                .onError((exchange, error) -> error.getMessage())
                .subprotocols("v2", "v1")
                .maxMessageBytes(1)
                .maxPendingBytes(1024)
                .slowClients(SlowClientPolicy.CONFLATE)
                .build();
        use(endpoint.onOpen(), endpoint.onText(), endpoint.jsonType(), endpoint.onJson(), endpoint.onBinary());
        use(endpoint.onClose(), endpoint.onError(), endpoint.subprotocols(), endpoint.maxMessageBytes());
        use(endpoint.maxPendingBytes(), endpoint.slowClients());
        ConnectHook connect = ctx -> {
            shake(ctx.handshake());
            ctx.socket().attribute(user, "Ann");
            ctx.socket().join("lobby", Map.of("name", "Ann"));
            throw new SocketCloseException(4001, "no");
        };
        DisconnectHook disconnect = (ctx, status) -> use(ctx.socket().attribute(user), status);
        SocketMessage message = ctx -> {
            ctx.progress(1);
            use(ctx.type(), ctx.data(), ctx.data(In.class), ctx.caller("x"));
            socket(ctx.socket());
            sockets(ctx.sockets());
            return Sockets.of(ctx).count();
        };
        SocketHandler<String> text = (given, ctx) -> given;
        SocketDataHandler<In> data = (given, ctx) -> given;
        Blueprint first = Blueprint.named("sockets")
                .socket("a", message)
                .socket("b", In.class, data)
                .socketRegister(message)
                .socketConnect(connect)
                .socketDisconnect(disconnect)
                .websocket("/a", endpoint)
                .websocket("/b", endpoint, r -> r.name("b"))
                .websocket("/c", ws -> ws.onText(text))
                .websocket("/d/{id}", ws -> ws.onJson(In.class, (given, ctx) -> given), r -> r.name("d"))
                .build();
        return first.copy("copy").replaceWebsocket("/a", endpoint).build();
    }

    private static void shake(Handshake handshake) {
        use(handshake.path(), handshake.pathParams(), handshake.queryParam("a"), handshake.query());
        use(handshake.header("a"), handshake.headers("a"), handshake.cookie("a"), handshake.host());
        use(handshake.scheme(), handshake.remoteAddress(), handshake.subprotocol());
        use(handshake.pathParam("id"), handshake.pathParam("id", Long.class));
    }

    private static void socket(Socket socket) {
        use(socket.id(), socket.handshake(), socket.connectedAt(), socket.lastActivity(), socket.isOpen());
        use(socket.messagesReceived(), socket.messagesSent(), socket.pendingBytes(), socket.rooms());
        use(socket.send("text"), socket.send("type", null));
        socket.join("room");
        socket.leave("room");
        socket.close(1000, "");
    }

    private static void sockets(Sockets sockets) {
        Audience all = sockets.all().except("a", "b").conflatedBy("key");
        use(all.send(1), all.send("type", 1), sockets.endpoint("sockets.b"), sockets.to("a"), sockets.to(List.of("a")));
        Room room = sockets.room("lobby");
        for (Presence presence : room.presence()) {
            use(presence.clientId(), presence.replica(), presence.about());
        }
        use(room.name(), room.members(), sockets.client("a"), sockets.clients(), sockets.count());
        use(sockets.disconnect("a", 4000, "out"));
    }

    static SocketOptions socketOptions() {
        ClientIdGenerator ids = handshake -> handshake.path();
        SocketOptions options = SocketOptions.builder()
                .path("/socket")
                .maxMessageBytes(1)
                .maxPendingBytes(1024)
                .slowClients(SlowClientPolicy.DROP_OLDEST)
                .maxConnections(1)
                .maxConnectionsPerAddress(1)
                .keepAlive(Duration.ofSeconds(1), Duration.ofSeconds(1))
                .idleTimeout(Duration.ofSeconds(1))
                .rateLimit(1, Duration.ofSeconds(1))
                .origins("https://example.com", "https://*.example.com")
                .clientIds(ids)
                .gateway(gateway -> gateway.service("svc", "ping")
                        .subscribe("events", "news.*")
                        .broadcast("events")
                        .timeout(Duration.ofSeconds(1)))
                .build()
                .toBuilder()
                .build();
        use(options.path(), options.maxMessageBytes(), options.maxPendingBytes(), options.slowClients());
        use(options.maxConnections(), options.maxConnectionsPerAddress(), options.pingInterval());
        use(options.pongTimeout(), options.idleTimeout(), options.rateLimit(), options.rateWindow());
        use(options.origins(), options.clientIds());
        GatewayOptions gateway = options.gateway().toBuilder().build();
        use(gateway.allowsCall("svc", "ping"), gateway.allowsSubscribe("a"), gateway.allowsBroadcast("a"));
        use(gateway.isEmpty(), gateway.timeout(), GatewayOptions.builder());
        return options;
    }

    /** What the author of a transport for websockets writes. */
    static void upgrade(Dispatcher dispatcher, HttpRequest request, SocketConnection connection) {
        dispatcher.upgrade(request, true).thenAccept(upgrade -> {
            if (upgrade instanceof Upgrade.Accepted accepted) {
                SocketReceiver receiver = accepted.receiver();
                use(accepted.subprotocol(), receiver.maxMessageBytes());
                receiver.opened(connection);
                receiver.text("text");
                receiver.binary(new byte[0]);
                receiver.pong();
                receiver.closed(1000, "");
            } else if (upgrade instanceof Upgrade.Refused refused) {
                refused.response().close();
            } else {
                use(upgrade instanceof Upgrade.Absent);
            }
        });
        SocketFrame frame = SocketFrame.text("text");
        connection.send(frame, failure -> use(failure));
        connection.ping();
        connection.demand();
        connection.close(1000, "");
        connection.abort();
        use(frame.isText(), frame.payload(), frame.size());
        use(SocketFrame.text(new byte[0]), SocketFrame.binary(new byte[0]));
    }

    static void presence(PresenceStore store) {
        store.put("set", Map.of(), Duration.ofSeconds(1));
        store.remove("set", List.of());
        use(store.entries("set"));
    }

    /** What the author of a template engine writes. */
    static final class Templates implements TemplateEngineProvider {

        @Override
        public String id() {
            return "templates";
        }

        @Override
        public TemplateEngine create(TemplateFolders folders) {
            use(folders.has("x"), folders.names(), folders.cached());
            return (call, out) -> {
                use(call.format() == View.Format.HTML, call.model(), call.urls());
                out.write(folders.read(call.template()));
            };
        }
    }

    /** What the author of a bus without a broker writes. */
    static final class MeshBus extends AbstractPeerBus {

        private final PendingWork pending = new PendingWork();

        MeshBus(TransportContext context) {
            super(context, Duration.ofSeconds(10));
        }

        @Override
        public void start() {
            serve(Objects.requireNonNull(connect("here")));
        }

        @Override
        protected Collection<String> peers(@Nullable String service) {
            return service == null ? Set.of("here") : Set.of();
        }

        @Override
        protected @Nullable Link connect(String peer) {
            return new Link() {
                @Override
                public void send(JsonNode message) {}

                @Override
                public JsonNode receive() throws IOException {
                    throw new IOException("gone");
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void drain(Duration budget) throws InterruptedException {
            use(pending.track(new CompletableFuture<>()), pending.awaitNone(budget));
            pending.end(new IOException("gone"));
        }
    }

    /** What a tool writes to see what goes through transports. */
    static final class Seeing extends ForwardingProvider {

        Seeing(TransportProvider provider) {
            super(provider);
        }

        @Override
        public Transport create(TransportContext context) {
            use(delegate());
            Transport made = super.create(new ForwardingContext(context) {
                @Override
                public Dispatcher dispatcher() {
                    return delegate().dispatcher();
                }

                @Override
                public AppClock clock() {
                    return new ForwardingClock(delegate().clock()) {
                        @Override
                        public Duration jitter(Duration most) {
                            return delegate().jitter(most);
                        }
                    };
                }
            });
            return made instanceof MessageBus bus
                    ? new ForwardingBus(bus) {
                        @Override
                        public boolean isShared() {
                            return delegate().isShared();
                        }
                    }
                    : made;
        }
    }

    record PluginBus(Dispatcher dispatcher) implements MessageBus {

        @Override
        public void start() {}

        @Override
        public Optional<URI> address() {
            return Optional.empty();
        }

        @Override
        public void quiesce() {
            MessageBus.super.quiesce();
        }

        @Override
        public void drain(Duration budget) {}

        @Override
        public void close() {}

        @Override
        public Health health() {
            return Health.DOWN;
        }

        @Override
        public Map<String, Long> counters() {
            return Map.of("reconnects", 1L);
        }

        @Override
        public <T> Optional<T> as(Class<T> type) {
            return Optional.empty();
        }

        @Override
        public long publish(String channel, JsonNode message) {
            return 0;
        }

        @Override
        public Subscription subscribe(String channel, Consumer<JsonNode> listener) {
            listener.accept(JsonNodeFactory.instance.objectNode());
            return () -> {};
        }

        @Override
        public boolean isShared() {
            return false;
        }

        @Override
        public String append(String stream, @Nullable String key, JsonNode entry) {
            return "0-1";
        }

        @Override
        public CompletableFuture<Reply> request(String service, ActionRequest request) {
            use(request.action(), request.payload(), request.correlationId(), request.progress());
            ActionRequest copy = ActionRequest.builder("x", JsonNodeFactory.instance.objectNode())
                    .correlationId("x")
                    .deadline(Instant.MAX)
                    .idempotencyKey("x")
                    .traceparent("x")
                    .cancelled(() -> false)
                    .clock(InstantSource.system())
                    .message(request.message())
                    .progress(payload -> {})
                    .build();
            use(copy.deadline(), copy.idempotencyKey(), copy.traceparent(), copy.isCancelled());
            CompletableFuture<Reply> reply = dispatcher.action(copy);
            reply.thenAccept(done -> use(done.status(), done.payload(), done.isError()));
            return reply;
        }

        void serve(HttpRequest request, MountedOperation listener, JsonNode message) {
            dispatcher.message(listener, message);
            use(request.method(), request.path(), request.query(), request.header("a"), request.headers("a"));
            use(request.contentLength(), request.scheme(), request.remoteAddress(), request.unwrap(Object.class));
            dispatcher.http(request).thenAccept(response -> {
                use(response.status(), response.headers(), response.contentType(), response.contentLength());
                use(response.bytes(), response.stream());
                response.close();
            });
            use(
                    RenderedResponse.empty(204, Headers.empty()),
                    RenderedResponse.ofBytes(200, Headers.empty(), null, new byte[0])
                            .withoutBody()
                            .onClose(() -> {}),
                    RenderedResponse.ofStream(200, Headers.empty(), null, 1, out -> {}),
                    RenderedResponse.ofStream(200, Headers.empty(), null, out -> {})
                            .withStream(out -> {}));
        }
    }

    private static void use(@Nullable Object... values) {
        if (values == null) {
            throw new AssertionError("an array, always");
        }
    }
}
