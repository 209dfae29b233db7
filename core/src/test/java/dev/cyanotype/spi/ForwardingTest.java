/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Each method of what is wrapped is forwarded, those with a body and those of later versions, too. */
class ForwardingTest {

    private static final class Provider extends ForwardingProvider {
        Provider(TransportProvider delegate) {
            super(delegate);
        }
    }

    private static final class Context extends ForwardingContext {
        Context(TransportContext delegate) {
            super(delegate);
        }
    }

    private static final class Bus extends ForwardingBus {
        Bus(MessageBus delegate) {
            super(delegate);
        }
    }

    private static final class Clock extends ForwardingClock {
        Clock(AppClock delegate) {
            super(delegate);
        }
    }

    /** Notes what it is asked, and answers with a value that nobody else has. */
    private static final class Wrapped implements InvocationHandler {

        private final List<String> calls = new ArrayList<>();
        private final List<Object> given = new ArrayList<>();
        private @Nullable Object answer;

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
            calls.add(method.getName());
            given.addAll(Arrays.asList(arguments == null ? new Object[0] : arguments));
            answer = method.getReturnType() == void.class ? null : value(method.getReturnType(), 7);
            return answer;
        }
    }

    /** A value of a type, which is another one for each place. */
    private static Object value(Class<?> type, int place) {
        if (type.isEnum()) {
            return type.getEnumConstants()[type.getEnumConstants().length - 1];
        }
        Map<Class<?>, Object> values = Map.ofEntries(
                Map.entry(String.class, "text " + place),
                Map.entry(int.class, place),
                Map.entry(long.class, (long) place),
                Map.entry(boolean.class, true),
                Map.entry(Class.class, List.class),
                Map.entry(Duration.class, Duration.ofSeconds(place)),
                Map.entry(Instant.class, Instant.ofEpochSecond(place)),
                Map.entry(Thread.class, new Thread()),
                Map.entry(Object.class, new Object()),
                Map.entry(Set.class, Set.of("element " + place)),
                Map.entry(List.class, List.of("element " + place)),
                Map.entry(Map.class, Map.of("name", (long) place)),
                Map.entry(Optional.class, Optional.of(URI.create("place:" + place))),
                Map.entry(CompletableFuture.class, new CompletableFuture<>()),
                Map.entry(JsonNode.class, JsonNodeFactory.instance.numberNode(place)),
                Map.entry(ActionRequest.class, ActionRequest.of("act", JsonNodeFactory.instance.nullNode())),
                Map.entry(Settings.class, Settings.of(Map.of())));
        Object value = values.get(type);
        return value != null ? value : proxy(type, new Wrapped());
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(ForwardingTest.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    static Stream<Arguments> methods() {
        return Stream.of(
                        Map.entry(TransportProvider.class, Provider.class),
                        Map.entry(TransportContext.class, Context.class),
                        Map.entry(MessageBus.class, Bus.class),
                        Map.entry(AppClock.class, Clock.class))
                .flatMap(pair -> Arrays.stream(pair.getKey().getMethods())
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        // Made of the clock itself, so that its zone shows what a subclass overrides.
                        .filter(method -> !method.getName().equals("withZone"))
                        .map(method -> Arguments.of(pair.getKey(), pair.getValue(), method)));
    }

    private static Object forwarding(Class<?> type, Class<?> wrapped, Wrapped handler) throws Exception {
        return type.getDeclaredConstructor(wrapped).newInstance(proxy(wrapped, handler));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("methods")
    void each_method_is_forwarded_with_what_is_given_and_what_is_answered(
            Class<?> wrapped, Class<?> type, Method method) throws Exception {
        Wrapped handler = new Wrapped();
        Class<?>[] parameters = method.getParameterTypes();
        Object[] arguments = new Object[parameters.length];
        for (int n = 0; n < arguments.length; n++) {
            arguments[n] = value(parameters[n], n);
        }

        Object answer = method.invoke(forwarding(type, wrapped, handler), arguments);

        assertThat(handler.calls).containsExactly(method.getName());
        assertThat(handler.given).hasSize(arguments.length);
        for (int n = 0; n < arguments.length; n++) {
            assertThat(handler.given.get(n)).isSameAs(arguments[n]);
        }
        if (method.getReturnType().isPrimitive()) {
            assertThat(answer).isEqualTo(handler.answer);
        } else {
            assertThat(answer).isSameAs(handler.answer);
        }
    }

    @Test
    void they_say_what_those_say_that_they_wrap() throws Exception {
        for (var pair : Map.of(
                        TransportProvider.class, Provider.class,
                        TransportContext.class, Context.class,
                        MessageBus.class, Bus.class,
                        AppClock.class, Clock.class)
                .entrySet()) {
            Object forwarding = forwarding(pair.getValue(), pair.getKey(), new Wrapped());

            assertThat(forwarding).hasToString("text 7");
        }
    }

    @Test
    void a_subclass_can_reach_what_it_wraps() {
        TransportProvider provider = (TransportProvider) proxy(TransportProvider.class, new Wrapped());
        TransportContext context = (TransportContext) proxy(TransportContext.class, new Wrapped());
        MessageBus bus = (MessageBus) proxy(MessageBus.class, new Wrapped());

        assertThat(new Provider(provider).delegate()).isSameAs(provider);
        assertThat(new Context(context).delegate()).isSameAs(context);
        AppClock clock = (AppClock) proxy(AppClock.class, new Wrapped());
        assertThat(new Bus(bus).delegate()).isSameAs(bus);
        assertThat(new Clock(clock).delegate()).isSameAs(clock);
    }

    @Test
    void there_has_to_be_something_to_wrap() {
        assertThatNullPointerException().isThrownBy(() -> new Provider(null)).withMessage("delegate");
        assertThatNullPointerException().isThrownBy(() -> new Context(null)).withMessage("delegate");
        assertThatNullPointerException().isThrownBy(() -> new Bus(null)).withMessage("delegate");
    }
}
