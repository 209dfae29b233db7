/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.socket;

import static dev.cyanotype.internal.socket.TestHub.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyanotype.internal.json.JsonCodec;
import dev.cyanotype.json.JsonOptions;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.socket.Presence;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two replicas of one app on one bus. */
class ReplicasTest {

    private final FakeBus bus = new FakeBus();
    private final TestHub here = new TestHub().join(bus);
    private final TestHub there = new TestHub().join(bus);
    private final FakeConnection first = FakeConnection.quick();
    private final FakeConnection second = FakeConnection.quick();
    private final Client one = here.open(first);
    private final Client two = there.open(second);

    @Test
    void a_message_reaches_the_clients_here_once_and_those_elsewhere_once() {
        assertThat(here.hub.all().send(Map.of("n", 1))).isEqualTo(1);

        assertThat(got(first)).containsExactly("{\"type\":\"broadcast\",\"data\":{\"n\":1}}");
        assertThat(got(second)).isEqualTo(got(first));
        assertThat(bus.published).hasSize(1);
        assertThat(bus.published.get(0))
                .startsWith("cyanotype:sockets:shop {\"from\":\"")
                .endsWith(",\"to\":{\"all\":true},\"data\":{\"n\":1}}");
    }

    @Test
    void those_here_get_it_though_the_bus_is_away_and_the_sender_is_told() {
        bus.broken(true);

        assertThatThrownBy(() -> here.hub.all().send("tick", 1)).isInstanceOf(MessagingException.class);

        assertThat(got(first)).containsExactly("{\"type\":\"tick\",\"data\":1}");
        assertThat(got(second)).isEmpty();
    }

    @Test
    void some_clients_are_reached_wherever_they_are() {
        assertThat(here.hub.to(one.id(), two.id(), "nobody").send("hi")).isEqualTo(1);

        assertThat(got(first)).containsExactly("{\"type\":\"message\",\"data\":\"hi\"}");
        assertThat(got(second)).isEqualTo(got(first));
    }

    @Test
    void nothing_is_published_for_clients_that_are_all_here() {
        assertThat(here.hub.to(one.id()).send("hi")).isEqualTo(1);
        assertThat(here.hub.to(List.of()).send("hi")).isZero();
        one.send("x", null);

        assertThat(bus.published).isEmpty();
        assertThat(got(first))
                .containsExactly("{\"type\":\"message\",\"data\":\"hi\"}", "{\"type\":\"x\",\"data\":null}");
    }

    @Test
    void a_room_spans_replicas_without_those_that_are_left_out() {
        FakeConnection third = FakeConnection.quick();
        Client three = there.open(third);
        one.join("lobby");
        two.join("lobby", Map.of("name", "Ann"));
        three.join("lobby");

        int reached = here.hub.room("lobby").except(two.id()).send("said", "hi");

        assertThat(reached).isEqualTo(1);
        assertThat(got(first)).containsExactly("{\"type\":\"said\",\"data\":\"hi\"}");
        assertThat(got(second)).isEmpty();
        assertThat(got(third)).isEqualTo(got(first));
        assertThat(here.hub.room("lobby").members()).containsExactly(one.id());
        assertThat(here.hub.room("lobby").presence())
                .extracting(Presence::clientId)
                .containsExactlyInAnyOrder(one.id(), two.id(), three.id());
        two.closed(1000, "");
        assertThat(here.hub.room("lobby").presence()).hasSize(2);
    }

    @Test
    void a_websocket_of_its_own_path_gets_the_same_here_and_elsewhere() {
        FakeConnection feedHere = FakeConnection.quick();
        FakeConnection feedThere = FakeConnection.quick();
        here.openFeed(feedHere);
        there.openFeed(feedThere);
        UUID uuid = new UUID(1, 2);

        for (Object data : List.of("text", new StringBuilder("b"), uuid, Map.of("a", 1), List.of("x"), 7, true)) {
            here.hub.endpoint("feed").send(data);
        }
        here.hub.endpoint("feed").send(new byte[] {1, 2, 3});
        here.hub.endpoint("feed").send("typed", new byte[] {1});

        assertThat(got(feedHere))
                .containsExactly(
                        "text",
                        "b",
                        "\"" + uuid + "\"",
                        "{\"a\":1}",
                        "[\"x\"]",
                        "7",
                        "true",
                        "3 bytes",
                        "{\"type\":\"typed\",\"data\":\"AQ==\"}");
        assertThat(got(feedThere)).isEqualTo(got(feedHere));
        assertThat(got(first)).isEmpty();
    }

    @Test
    void a_room_may_have_clients_of_both_kinds() {
        FakeConnection feed = FakeConnection.quick();
        there.openFeed(feed).join("r");
        two.join("r");

        here.hub.room("r").send("text");
        here.hub.room("r").send("t", null);

        assertThat(got(feed)).containsExactly("text", "{\"type\":\"t\",\"data\":null}");
        assertThat(got(second))
                .containsExactly("{\"type\":\"message\",\"data\":\"text\"}", "{\"type\":\"t\",\"data\":null}");
    }

    @Test
    void a_key_goes_along() {
        here.hub.all().conflatedBy("eur").send("price", 1);

        assertThat(bus.published.get(0))
                .endsWith(",\"to\":{\"all\":true},\"type\":\"price\",\"key\":\"eur\",\"data\":1}");
    }

    @Test
    void a_client_elsewhere_can_be_disconnected() {
        assertThat(here.hub.disconnect(two.id(), 4001, "out")).isFalse();
        assertThat(got(second)).containsExactly("(close 4001 out)");
        assertThat(here.hub.disconnect(one.id(), 4002, "")).isTrue();
        assertThat(got(first)).containsExactly("(close 4002 )");
        assertThat(here.hub.disconnect("nobody", 4002, "")).isFalse();
        assertThatThrownBy(() -> here.hub.disconnect(two.id(), 1005, "")).isInstanceOf(IllegalArgumentException.class);
        assertThat(bus.published).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'to':{'all':true},'data':1,'from':7,'bytes':'%%%'}",
                "{'to':{'all':true}}",
                "{'to':{'all':'yes'},'data':1}",
                "{'to':{'room':7},'data':1}",
                "{'to':{'clients':[{}]},'data':1}",
                "{'to':{'clients':'a'},'data':1}",
                "{'to':7,'data':1}",
                "{'to':{'all':true},'data':1,'except':[{}]}",
                "{'close':7}",
                "{'close':'$ID'}",
                "{'close':'$ID','code':1005,'reason':''}",
                "{'close':'$ID','code':0,'reason':''}",
                "{'close':'$ID','code':99999,'reason':''}",
                "{'close':'$ID','code':'x','reason':''}",
                "{'close':'$ID','code':1000,'reason':'$LONG'}",
            })
    void garbage_on_the_channel_does_nothing(String message) {
        JsonCodec json = new JsonCodec(JsonOptions.builder().build());
        String text = message.replace('\'', '"').replace("$ID", one.id()).replace("$LONG", "x".repeat(124));

        bus.publish("cyanotype:sockets:shop", json.read(text));

        assertThat(got(first)).isEmpty();
        assertThat(one.isOpen()).isTrue();
        there.hub.all().send(1);
        assertThat(got(first)).hasSize(1);
    }

    @Test
    void the_end_of_a_hub_ends_its_subscription() {
        assertThat(bus.subscriptions()).isEqualTo(2);
        here.hub.end();
        assertThat(bus.subscriptions()).isEqualTo(1);
        assertThat(got(first)).containsExactly("(close 1001 )");
    }

    @Test
    void a_bus_without_a_store_knows_the_members_of_each_replica_only() {
        FakeBus plain = new FakeBus().withoutStore();
        TestHub a = new TestHub().join(plain);
        TestHub b = new TestHub().join(plain);
        a.open(FakeConnection.quick()).join("r");
        b.open(FakeConnection.quick()).join("r");

        assertThat(a.hub.room("r").presence()).hasSize(1);
        assertThat(plain.asked).isEmpty();
    }
}
