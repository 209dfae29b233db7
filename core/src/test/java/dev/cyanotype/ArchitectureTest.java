/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rules that keep the module a good house. */
class ArchitectureTest {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.cyanotype");

    private static final Set<String> EXPORTED = exported();

    /** What shows the system's time, or waits for it. */
    private static final Set<String> REAL_TIME = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalTime.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.Clock.system",
            "java.util.concurrent.CompletableFuture.orTimeout",
            "java.util.concurrent.CompletableFuture.completeOnTimeout",
            "java.util.concurrent.CompletableFuture.delayedExecutor",
            "java.util.concurrent.Executors.newScheduledThreadPool",
            "java.util.concurrent.Executors.newSingleThreadScheduledExecutor");

    /** Types of others that a user may meet. */
    private static final Set<String> ALLOWED = Set.of("tools.jackson.databind.JsonNode", "org.slf4j.Logger");

    @Test
    void there_are_no_cycles_between_packages() {
        slices().matching("dev.cyanotype.(**)")
                .namingSlices("$1")
                .should()
                .beFreeOfCycles()
                .check(MAIN);
    }

    @Test
    void packages_depend_in_one_direction() {
        onlyDependsOn("dev.cyanotype.exchange", "dev.cyanotype.internal.text..");
        onlyDependsOn("dev.cyanotype.json");
        onlyDependsOn("dev.cyanotype.health", "dev.cyanotype.task");
        onlyDependsOn(
                "dev.cyanotype.internal.health",
                "dev.cyanotype.health",
                "dev.cyanotype.spi",
                "dev.cyanotype.task",
                "dev.cyanotype.internal.assembly",
                "dev.cyanotype.internal.spec");
        onlyDependsOn("dev.cyanotype.message", "dev.cyanotype.exchange");
        onlyDependsOn(
                "dev.cyanotype.http", "dev.cyanotype.exchange", "dev.cyanotype.message", "dev.cyanotype.internal.text");
        onlyDependsOn(
                "dev.cyanotype.socket",
                "dev.cyanotype.exchange",
                "dev.cyanotype.http",
                "dev.cyanotype.message",
                "dev.cyanotype.internal.text");
        onlyDependsOn(
                "dev.cyanotype.internal.socket",
                "dev.cyanotype.exchange",
                "dev.cyanotype.socket",
                "dev.cyanotype.spi",
                "dev.cyanotype.internal.concurrent",
                "dev.cyanotype.internal.json",
                "dev.cyanotype.internal.text");
        onlyDependsOn("dev.cyanotype.task", "dev.cyanotype.exchange", "dev.cyanotype.message");
        onlyDependsOn(
                "dev.cyanotype.spi",
                "dev.cyanotype.exchange",
                "dev.cyanotype.http",
                "dev.cyanotype.message",
                "dev.cyanotype.internal.text");
        onlyDependsOn("dev.cyanotype.internal.text");
        onlyDependsOn("dev.cyanotype.internal.plugin");
        onlyDependsOn("dev.cyanotype.internal.routing", "dev.cyanotype.exchange", "dev.cyanotype.internal.text");
        onlyDependsOn(
                "dev.cyanotype.internal.json", "dev.cyanotype.exchange", "dev.cyanotype.json", "dev.cyanotype.spi");
        onlyDependsOn(
                "dev.cyanotype.internal.pebble", "dev.cyanotype.exchange", "dev.cyanotype.http", "dev.cyanotype.spi");
        onlyDependsOn(
                "dev.cyanotype.internal.view",
                "dev.cyanotype.exchange",
                "dev.cyanotype.http",
                "dev.cyanotype.spi",
                "dev.cyanotype.internal.spec",
                "dev.cyanotype.internal.text");
        onlyDependsOn(
                "dev.cyanotype.internal.spec",
                "dev.cyanotype.exchange",
                "dev.cyanotype.health",
                "dev.cyanotype.http",
                "dev.cyanotype.message",
                "dev.cyanotype.socket",
                "dev.cyanotype.spi",
                "dev.cyanotype.task",
                "dev.cyanotype.internal.routing",
                "dev.cyanotype.internal.text");
        onlyDependsOn(
                "dev.cyanotype.internal.files",
                "dev.cyanotype.exchange",
                "dev.cyanotype.http",
                "dev.cyanotype.spi",
                "dev.cyanotype.internal.spec",
                "dev.cyanotype.internal.text");
        noClasses()
                .that()
                .resideInAPackage("dev.cyanotype.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.cyanotype")
                .because("the front door opens inwards")
                .check(MAIN);
        noClasses()
                .that()
                .resideInAnyPackage("dev.cyanotype.internal.spec", "dev.cyanotype.internal.assembly")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.cyanotype.internal.dispatch",
                        "dev.cyanotype.internal.view",
                        "dev.cyanotype.internal.bus",
                        "dev.cyanotype.internal.lifecycle")
                .because("what is declared does not know how it is run")
                .check(MAIN);
    }

    @Test
    void nothing_needs_pebble_but_the_package_that_is_loaded_only_where_it_is() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.cyanotype.internal.pebble")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.pebbletemplates..", "dev.cyanotype.internal.pebble")
                .check(MAIN);
    }

    @Test
    void exported_packages_show_nothing_internal() {
        classes()
                .that(areApi())
                .should(show(resideInAPackage("dev.cyanotype.internal.."), "an internal type"))
                .check(MAIN);
    }

    @Test
    void exported_packages_show_no_types_of_others() {
        DescribedPredicate<JavaClass> foreign = DescribedPredicate.not(resideInAnyPackage("java..", "dev.cyanotype.."))
                .and(DescribedPredicate.not(DescribedPredicate.describe(
                        "an allowed type", type -> type.isPrimitive() || ALLOWED.contains(type.getName()))));
        classes()
                .that(areApi())
                .and()
                .haveSimpleNameNotEndingWith("Access")
                .should(show(foreign, "a type of others"))
                .check(MAIN);
    }

    @Test
    void every_exported_package_has_classes_and_the_internal_ones_are_not_exported() {
        assertThat(EXPORTED)
                .containsExactlyInAnyOrder(
                        "dev.cyanotype",
                        "dev.cyanotype.exchange",
                        "dev.cyanotype.health",
                        "dev.cyanotype.http",
                        "dev.cyanotype.json",
                        "dev.cyanotype.message",
                        "dev.cyanotype.socket",
                        "dev.cyanotype.spi",
                        "dev.cyanotype.task");
        assertThat(MAIN.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> !name.startsWith("dev.cyanotype.internal."))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(EXPORTED);
    }

    @Test
    void public_classes_are_final_or_made_for_extension() {
        classes()
                .that(areApi())
                .and()
                .areNotInterfaces()
                .and()
                .areNotAssignableTo(Throwable.class)
                .should(new ArchCondition<>("be final or abstract") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean good = type.getModifiers().contains(JavaModifier.FINAL)
                                || type.getModifiers().contains(JavaModifier.ABSTRACT);
                        events.add(new SimpleConditionEvent(type, good, type.getName() + " is open"));
                    }
                })
                .check(MAIN);
    }

    @Test
    void nothing_sleeps_prints_or_ends_the_jvm() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(MAIN);
        noClasses().should().accessField(System.class, "out").check(MAIN);
        noClasses()
                .that()
                .doNotHaveSimpleName("Signals")
                .should()
                .callMethod(System.class, "exit", int.class)
                .because("only who was told to end the process does")
                .check(MAIN);
        // Without any logging library errors would be lost, so they go to the console there, and only there.
        noClasses()
                .that()
                .doNotHaveSimpleName("Failures")
                .should()
                .accessField(System.class, "err")
                .check(MAIN);
        noClasses()
                .that()
                .doNotHaveSimpleName("Failures")
                .should()
                .callMethod(Throwable.class, "printStackTrace")
                .check(MAIN);
    }

    @Test
    void time_is_that_of_the_app_s_clock_which_tests_may_own() {
        classes()
                .that()
                .resideOutsideOfPackage("dev.cyanotype.internal.concurrent")
                .should(new ArchCondition<>("not ask the system for the time") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                            String target = access.getTargetOwner().getName() + "."
                                    + access.getTarget().getName();
                            if (REAL_TIME.contains(target) && !mayAskForRealTime(type, target)) {
                                events.add(SimpleConditionEvent.violated(type, access.getDescription()));
                            }
                        }
                    }
                })
                .check(MAIN);
    }

    private static boolean mayAskForRealTime(JavaClass type, String target) {
        return switch (type.getSimpleName()) {
            // The dates of files are the system's, and two digits of a year are read as RFC 9110 says.
            case "FileRenderer" -> target.equals("java.lang.System.currentTimeMillis");
            case "HttpDates" -> target.equals("java.time.LocalDate.now");
            default -> false;
        };
    }

    @Test
    void requests_are_not_served_with_reflection_or_regular_expressions_of_the_jdk() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.cyanotype.internal.routing",
                        "dev.cyanotype.internal.files",
                        "dev.cyanotype.internal.dispatch")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.reflect")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.regex")
                .check(MAIN);
    }

    @Test
    void no_state_is_static() {
        classes()
                .should(new ArchCondition<>("have final static fields only, and no ThreadLocal") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        for (JavaField field : type.getFields()) {
                            boolean constant = !field.getModifiers().contains(JavaModifier.STATIC)
                                    || field.getModifiers().contains(JavaModifier.FINAL);
                            boolean local = field.getRawType().isAssignableTo(ThreadLocal.class);
                            events.add(new SimpleConditionEvent(field, constant && !local, field.getFullName()));
                        }
                    }
                })
                .check(MAIN);
    }

    private static void onlyDependsOn(String home, String... others) {
        List<String> allowed = new ArrayList<>(List.of(others));
        allowed.add(home);
        noClasses()
                .that()
                .resideInAPackage(home)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.cyanotype..")
                        .and(DescribedPredicate.not(resideInAnyPackage(allowed.toArray(String[]::new)))))
                .check(MAIN);
    }

    private static DescribedPredicate<JavaClass> areApi() {
        return DescribedPredicate.describe(
                "are public in exported packages",
                type -> EXPORTED.contains(type.getPackageName())
                        && type.getModifiers().contains(JavaModifier.PUBLIC)
                        && !type.isAnonymousClass());
    }

    /** Not to have a type in any signature that a user can see, also not as a type argument. */
    private static ArchCondition<JavaClass> show(DescribedPredicate<JavaClass> hidden, String what) {
        return new ArchCondition<>("not show " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Set<JavaType> shown = new LinkedHashSet<>(type.getInterfaces());
                type.getSuperclass().ifPresent(shown::add);
                report(type, type.getName(), shown, events);
                for (JavaMember member : type.getMembers()) {
                    if (isVisible(member)) {
                        report(type, member.getFullName(), typesOf(member), events);
                    }
                }
            }

            private void report(JavaClass owner, String where, Set<JavaType> shown, ConditionEvents events) {
                for (JavaType type : shown) {
                    for (JavaClass raw : type.getAllInvolvedRawTypes()) {
                        JavaClass base = raw.getBaseComponentType();
                        if (hidden.test(base)) {
                            events.add(SimpleConditionEvent.violated(owner, where + " shows " + base.getName()));
                        }
                    }
                }
            }
        };
    }

    private static boolean isVisible(JavaMember member) {
        return (member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED))
                && !member.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static Set<JavaType> typesOf(JavaMember member) {
        Set<JavaType> types = new LinkedHashSet<>();
        if (member instanceof JavaCodeUnit unit) {
            types.add(unit.getReturnType());
            types.addAll(unit.getParameterTypes());
            types.addAll(unit.getExceptionTypes());
        } else if (member instanceof JavaField field) {
            types.add(field.getType());
        }
        return types;
    }

    private static Set<String> exported() {
        URL classes = App.class.getProtectionDomain().getCodeSource().getLocation();
        try (InputStream in = URI.create(classes + "module-info.class").toURL().openStream()) {
            return ModuleDescriptor.read(in).exports().stream()
                    .filter(exports -> !exports.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
