/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Shows the rules of each test, and skips the tests of rules that are excepted. */
final class Rules extends DisplayNameGenerator.ReplaceUnderscores implements BeforeEachCallback {

    /** The number of the last rule. */
    static final int LAST = 58;

    static List<Integer> of(Method test) {
        Rule rule = test.getAnnotation(Rule.class);
        for (Class<?> type = test.getDeclaringClass(); rule == null && type != null; type = type.getSuperclass()) {
            rule = type.getAnnotation(Rule.class);
        }
        return rule == null ? List.of() : Arrays.stream(rule.value()).boxed().toList();
    }

    @Override
    public String generateDisplayNameForMethod(List<Class<?>> enclosing, Class<?> type, Method test) {
        String name = super.generateDisplayNameForMethod(enclosing, type, test);
        List<Integer> rules = of(test);
        return switch (rules.size()) {
            case 0 -> name;
            case 1 -> name + " [rule " + rules.get(0) + "]";
            default -> name + " [rules " + listed(rules) + "]";
        };
    }

    private static String listed(List<Integer> rules) {
        return rules.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        List<Integer> rules = of(context.getRequiredTestMethod());
        Map<Integer, String> exceptions = exceptions(context);
        exceptions.forEach((rule, reason) -> {
            if (rule < 1 || rule > LAST || reason.isBlank()) {
                throw new IllegalArgumentException(
                        "exceptions: rule %d, reason '%s' (expected: a rule from 1 to %d, and why it is not kept)"
                                .formatted(rule, reason, LAST));
            }
            if (rules.contains(rule)) {
                Assumptions.abort("rule " + rule + " is not kept: " + reason);
            }
        });
    }

    private static Map<Integer, String> exceptions(ExtensionContext context) {
        // The innermost of nested suites decides.
        @Nullable
        TransportContract suite = context.getRequiredTestInstances()
                .findInstance(TransportContract.class)
                .orElse(null);
        return suite == null ? Map.of() : suite.exceptions();
    }
}
