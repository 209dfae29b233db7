/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the documents show is what is compiled and run. */
class DocumentationTest {

    private static final Path ROOT = Path.of("../..");

    private static final Pattern SNIPPET =
            Pattern.compile("<!-- from (\\S+) -->\\s*```(?:java|python|xml)\\n(.*?)```", Pattern.DOTALL);

    @TestFactory
    List<DynamicTest> snippets_stand_in_the_files_they_name() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : documents()) {
            Matcher snippet = SNIPPET.matcher(Files.readString(document));
            while (snippet.find()) {
                Path source = ROOT.resolve(snippet.group(1));
                String text = withoutIndent(snippet.group(2));
                tests.add(DynamicTest.dynamicTest(
                        document.getFileName() + " shows " + source.getFileName(),
                        () -> assertThat(withoutIndent(Files.readString(source)))
                                .contains(text)));
            }
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }

    private static final Pattern UNNAMED = Pattern.compile("(?<! -->\n)```(java|python|xml)\n.*");

    @TestFactory
    List<DynamicTest> each_program_in_a_guide_names_its_file() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : documents()) {
            if (document.startsWith(ROOT.resolve("docs/guide"))) {
                tests.add(DynamicTest.dynamicTest(
                        document.getFileName().toString(),
                        () -> assertThat(UNNAMED.matcher(Files.readString(document))
                                        .results()
                                        .map(MatchResult::group))
                                .isEmpty()));
            }
        }
        assertThat(tests).hasSizeGreaterThan(5);
        return tests;
    }

    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

    @TestFactory
    List<DynamicTest> links_lead_to_files() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : documents()) {
            tests.add(DynamicTest.dynamicTest(
                    document.getFileName().toString(),
                    () -> assertThat(LINK.matcher(Files.readString(document))
                                    .results()
                                    .map(link -> document.resolveSibling(link.group(1))))
                            .allSatisfy(file -> assertThat(file).exists())));
        }
        return tests;
    }

    private static final Path CASES = ROOT.resolve("http-javalin/src/test/java/dev/cyanotype/http/javalin/cases");

    private static final Pattern CASE = Pattern.compile("\\| (\\d+) \\|[^|]*\\| (\\w+)[^|]*\\| ?(\\w*) \\|[^|]*\\|");

    @TestFactory
    List<DynamicTest> every_compared_case_is_tested_where_the_table_says() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        Matcher row = CASE.matcher(Files.readString(ROOT.resolve("docs/compared.md")));
        while (row.find()) {
            String number = row.group(1);
            String test = row.group(3);
            if (!test.isEmpty()) {
                tests.add(DynamicTest.dynamicTest(
                        "case " + number,
                        () -> assertThat(Files.readString(CASES.resolve(test + ".java")))
                                .containsPattern("\\b" + number + "\\b")));
            }
        }
        assertThat(tests).hasSize(196);
        return tests;
    }

    private static final Pattern HELD_BY = Pattern.compile("`(\\w+(?:Test|IT|Contract))(?:\\.(\\w+))?`");

    @TestFactory
    List<DynamicTest> every_guarantee_names_a_test_that_exists() throws IOException {
        Map<String, Path> sources = testSources();
        List<DynamicTest> tests = new ArrayList<>();
        Matcher test = HELD_BY.matcher(Files.readString(ROOT.resolve("docs/guarantees.md")));
        while (test.find()) {
            String type = test.group(1);
            String method = test.group(2);
            tests.add(DynamicTest.dynamicTest(test.group(), () -> {
                assertThat(sources).containsKey(type);
                if (method != null) {
                    assertThat(Files.readString(sources.get(type))).contains(" " + method + "(");
                }
            }));
        }
        assertThat(tests).hasSizeGreaterThan(50);
        return tests;
    }

    private static Map<String, Path> testSources() throws IOException {
        try (Stream<Path> files =
                Files.find(ROOT, 30, (file, attributes) -> isTest(file.toString()) && attributes.isRegularFile())) {
            return files.collect(Collectors.toMap(
                    file -> file.getFileName().toString().replace(".java", ""), file -> file, (one, other) -> one));
        }
    }

    /** The contract of transports is a part of the testkit. */
    private static boolean isTest(String file) {
        return file.contains("src/test/java/") || file.contains("dev/cyanotype/testkit/contract/");
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")),
                            files.filter(f -> f.toString().endsWith(".md")))
                    .toList();
        }
    }

    private static String withoutIndent(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }
}
