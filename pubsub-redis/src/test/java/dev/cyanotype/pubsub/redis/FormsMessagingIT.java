/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import dev.cyanotype.App;
import dev.cyanotype.pubsub.redis.RedisOptions.Protocol;
import dev.cyanotype.testkit.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** What every bus does alike, where Redis is not the plain one. */
class FormsMessagingIT {

    private static TestRedis redis;
    private static TestCluster cluster;

    @BeforeAll
    static void startServers() {
        redis = TestRedis.start();
        cluster = TestCluster.start(false);
    }

    @AfterAll
    static void stopServers() {
        redis.close();
        cluster.close();
    }

    private static App.Builder on(App.Builder builder, RedisOptions options) {
        return builder.discovery(false).transport(RedisPubSub.with(options));
    }

    @Nested
    class Protocol_2 extends MessagingContract {

        @Override
        App.Builder on(App.Builder builder) {
            return FormsMessagingIT.on(
                    builder,
                    RedisOptions.builder()
                            .url(redis.url())
                            .protocol(Protocol.RESP2)
                            .build());
        }
    }

    @Nested
    class Sharded_channels extends MessagingContract {

        @BeforeAll
        static void assumeSharding() {
            ClusterIT.assumeSharding(cluster.master(0));
        }

        @Override
        App.Builder on(App.Builder builder) {
            return FormsMessagingIT.on(builder, ClusterIT.options(cluster.url(), true));
        }
    }

    private static App.Builder onCluster(App.Builder builder) {
        return on(builder, ClusterIT.options(cluster.url(), false));
    }

    @Nested
    class Cluster {

        @Nested
        class Calls extends CallsContract {
            @Override
            App.Builder on(App.Builder builder) {
                return onCluster(builder);
            }
        }

        @Nested
        class Attempts extends AttemptsContract {
            @Override
            App.Builder on(App.Builder builder) {
                return onCluster(builder);
            }
        }

        @Nested
        class Channels extends ChannelsContract {
            @Override
            App.Builder on(App.Builder builder) {
                return onCluster(builder);
            }

            /** A node of a cluster counts its own subscribers only, and so broadcasting does. */
            @Override
            void every_listener_of_a_channel_hears_a_message() {}
        }

        @Nested
        class Queues extends QueuesContract {
            @Override
            App.Builder on(App.Builder builder) {
                return onCluster(builder);
            }
        }

        @Nested
        class Streams extends StreamsContract {
            @Override
            App.Builder on(App.Builder builder) {
                return onCluster(builder);
            }
        }

        @Nested
        class Failing_entries extends DeadLettersContract {
            @Override
            App.Builder on(App.Builder builder) {
                return onCluster(builder);
            }
        }

        @Nested
        class Stopping extends StoppingContract {
            @Override
            App.Builder on(App.Builder builder) {
                return onCluster(builder);
            }
        }
    }
}
