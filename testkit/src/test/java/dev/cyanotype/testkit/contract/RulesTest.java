/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.commons.support.AnnotationSupport.isAnnotated;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/** The suites and the document of the rules say the same. */
class RulesTest {

    private static final Path DOCUMENT = Path.of("../docs/transport-contract.md");
    private static final Pattern RULE = Pattern.compile("(?m)^(\\d+)\\. ");
    private static final Pattern NOT_TESTED = Pattern.compile("(?m)^\\* (\\d+): ");

    private static Set<Integer> numbers(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> Integer.valueOf(result.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All tests of the suites. */
    private static List<Method> tests() throws Exception {
        Path classes = Path.of(
                Rule.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Method> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(classes.resolve("dev/cyanotype/testkit/contract"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (!name.equals("package-info")) {
                    Class<?> type = Class.forName(Rule.class.getPackageName() + "." + name);
                    Arrays.stream(type.getDeclaredMethods())
                            .filter(method -> isAnnotated(method, Testable.class))
                            .forEach(tests::add);
                }
            }
        }
        return tests;
    }

    @Test
    void the_document_numbers_its_rules_without_a_gap() throws IOException {
        assertThat(numbers(RULE, Files.readString(DOCUMENT)))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, Rules.LAST).boxed().toList());
    }

    @Test
    void each_rule_is_tested_or_the_document_says_why_not() throws Exception {
        String text = Files.readString(DOCUMENT);
        Set<Integer> expected = numbers(RULE, text);
        expected.removeAll(numbers(NOT_TESTED, text));

        Set<Integer> tested = tests().stream()
                .flatMap(test -> Rules.of(test).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(tested).containsExactlyElementsOf(expected);
    }

    @Test
    void each_test_names_a_rule() throws Exception {
        assertThat(tests())
                .hasSizeGreaterThan(200)
                .allSatisfy(test -> assertThat(Rules.of(test))
                        .as("%s", test)
                        .isNotEmpty()
                        .allMatch(rule -> rule >= 1 && rule <= Rules.LAST));
    }

    @Test
    void a_display_name_ends_with_the_rules() throws Exception {
        DisplayNameGenerator generator = new Rules();

        assertThat(generator.generateDisplayNameForMethod(
                        List.of(),
                        StoppingContract.class,
                        StoppingContract.class.getDeclaredMethod(
                                "an_action_that_runs_ends_and_its_caller_has_the_reply")))
                .isEqualTo("an action that runs ends and its caller has the reply [rule 32]");
        assertThat(generator.generateDisplayNameForMethod(
                        List.of(),
                        StoppingContract.class,
                        StoppingContract.class.getDeclaredMethod(
                                "what_takes_longer_than_the_budget_is_not_waited_for")))
                .isEqualTo("what takes longer than the budget is not waited for [rules 5, 33]");
    }
}
