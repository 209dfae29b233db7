/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.benchmarks.messages;

import dev.cyanotype.App;
import dev.cyanotype.message.Action;
import dev.cyanotype.message.Caller;
import dev.cyanotype.message.Delivery;
import dev.cyanotype.pubsub.redis.RedisOptions;
import dev.cyanotype.pubsub.redis.RedisPubSub;
import dev.cyanotype.testkit.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import redis.clients.jedis.HostAndPort;

/**
 * The same exchange of a request and a reply by plain Jedis, by this library with and without claims, and within the process;
 * and the same stream by plain Jedis and by this library.
 *
 * <p>All sides live in this JVM and use one Redis, which it starts. They take turns, round by round, so that a slow minute of
 * the machine hits all of them; what is printed are medians.
 */
public final class Messages {

    private static final Action<Person, Person> ECHO = Action.named("echo", Person.class, Person.class);
    private static final Person PERSON = new Person("some name", 42);
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final Duration MEASURED =
            Duration.ofMillis((long) (Double.parseDouble(System.getProperty("seconds", "2")) * 1000));
    private static final Duration SETTLING = MEASURED.dividedBy(4);
    private static final String ONLY = System.getProperty("only", "");

    private Messages() {}

    /** Measures, and prints a table. */
    public static void main(String[] arguments) throws Exception {
        System.out.println(
                "Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        try (TestRedis redis = TestRedis.start()) {
            System.out.println("Redis " + redis.version());
            compare(redis);
        }
        System.exit(0);
    }

    private static App.Builder app(String name, TestRedis redis) {
        return App.named(name).discovery(false).transport(RedisPubSub.with(RedisOptions.at(redis.url())));
    }

    private static App serving(App.Builder app, Delivery delivery) {
        App built = app.action(ECHO, (person, ctx) -> person, options -> options.delivery(delivery))
                .build();
        built.start();
        return built;
    }

    private static void compare(TestRedis redis) throws Exception {
        HostAndPort node = new HostAndPort(redis.host(), redis.port());
        Entries entries = new Entries();
        try (PlainJedis plain = new PlainJedis(node, 80);
                PlainStream plainStream = new PlainStream(node, 80);
                App stream = entries.on(app("service_stream", redis)).build();
                App all = serving(app("service_all", redis), Delivery.ALL);
                App one = serving(app("service_one", redis), Delivery.ONE_OF);
                App local = serving(App.named("service_local").discovery(false), Delivery.ONE_OF);
                App client = app("client", redis).build()) {
            client.start();
            stream.start();
            Caller callAll = client.caller(all.name());
            Caller callOne = client.caller(one.name());
            Caller callLocal = local.caller(local.name());
            Map<String, Load.Repeated> sides = new LinkedHashMap<>();
            sides.put("plain Jedis, blocking", Load.onThreads(() -> plain.call(PERSON)));
            sides.put("ALL, blocking", Load.onThreads(() -> callAll.call(ECHO, PERSON)));
            sides.put("ALL, futures", Load.chained(() -> callAll.callAsync(ECHO, PERSON)));
            sides.put("ONE_OF, blocking", Load.onThreads(() -> callOne.call(ECHO, PERSON)));
            sides.put("ONE_OF, futures", Load.chained(() -> callOne.callAsync(ECHO, PERSON)));
            sides.put("in process, blocking", Load.onThreads(() -> callLocal.call(ECHO, PERSON)));
            sides.put("in process, futures", Load.chained(() -> callLocal.callAsync(ECHO, PERSON)));
            sides.put("plain stream, blocking", Load.onThreads(() -> plainStream.one(PERSON)));
            sides.put("plain stream, pipelined", Load.chained(() -> plainStream.pipelined(PERSON)));
            Caller own = stream.caller(stream.name());
            sides.put("stream, blocking", Load.onOwnThreads(() -> entries.operation(own, PERSON)));
            sides.keySet().removeIf(name -> !name.contains(ONLY));
            for (String inFlight : System.getProperty("inFlight", "1,64").split(",")) {
                run(Integer.parseInt(inFlight), sides, redis);
            }
        }
    }

    private static void run(int inFlight, Map<String, Load.Repeated> sides, TestRedis redis)
            throws InterruptedException {
        Map<String, List<Figures>> rounds = new LinkedHashMap<>();
        // The first round warms up.
        for (int round = 0; round <= ROUNDS; round++) {
            for (Map.Entry<String, Load.Repeated> side : sides.entrySet()) {
                Figures figures = Load.measure(inFlight, side.getValue(), redis, SETTLING, MEASURED);
                redis.command("XTRIM", PlainStream.STREAM, "MAXLEN", "1000");
                redis.command("XTRIM", Entries.STREAM, "MAXLEN", "1000");
                if (round > 0) {
                    rounds.computeIfAbsent(side.getKey(), name -> new ArrayList<>())
                            .add(figures);
                }
            }
        }
        System.out.println();
        System.out.printf(
                Locale.ROOT,
                "%-28s %10s %9s %9s %9s %9s %9s   %s%n",
                inFlight + " in flight",
                "a second",
                "p50 us",
                "p99 us",
                "bytes",
                "cpu us",
                "redis us",
                "rounds");
        rounds.forEach((name, figures) -> {
            Figures median = Figures.median(figures);
            StringBuilder each = new StringBuilder();
            figures.forEach(round -> each.append(String.format(Locale.ROOT, " %.0f", round.perSecond())));
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %10.0f %9.0f %9.0f %9.0f %9.1f %9.1f  %s%n",
                    name,
                    median.perSecond(),
                    median.p50(),
                    median.p99(),
                    median.bytes(),
                    median.processor(),
                    median.redis(),
                    each);
        });
    }
}
