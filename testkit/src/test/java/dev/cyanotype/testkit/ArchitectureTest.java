/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house that a compiler does not check. */
class ArchitectureTest {

    private static final JavaClasses MODULE = new ClassFileImporter()
            .importUrls(
                    List.of(TestApp.class.getProtectionDomain().getCodeSource().getLocation()));

    @Test
    void packages_have_no_cycle() {
        slices().matching("dev.cyanotype.(**)").should().beFreeOfCycles().check(MODULE);
    }

    @Test
    void only_what_users_name_is_public() {
        Set<String> names = new TreeSet<>();
        for (JavaClass type : MODULE) {
            if (isVisible(type) && !type.getPackageName().startsWith("dev.cyanotype.internal.")) {
                names.add(type.getName().substring(type.getPackageName().length() + 1));
            }
        }
        assertThat(names)
                .containsExactly(
                        "AppFactory",
                        "CyanotypeAssertions",
                        "CyanotypeExtension",
                        "CyanotypeTest",
                        "HttpTransportContract",
                        "MessageBusContract",
                        "Opened",
                        "Replacement",
                        "Rule",
                        "Simulation",
                        "Simulation$Scenario",
                        "SocketTransportContract",
                        "TaskRunAssert",
                        "TestApp",
                        "TestAppAssert",
                        "TestAppBuilder",
                        "TestClock",
                        "TestEvent",
                        "TestEvent$Kind",
                        "TestFrame",
                        "TestFrameAssert",
                        "TestMessage",
                        "TestMessageAssert",
                        "TestRedis",
                        "TestReply",
                        "TestReplyAssert",
                        "TestRequest",
                        "TestResponse",
                        "TestResponseAssert",
                        "TestSocket",
                        "TestSocketAssert",
                        "TestSocketRequest",
                        "Transports");
    }

    @Test
    void nothing_is_used_that_core_keeps_to_itself() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("dev.cyanotype.internal..")
                        .and(not(resideInAPackage("dev.cyanotype.internal.testkit.."))))
                .check(MODULE);
    }

    @Test
    void of_other_libraries_only_assertj_and_json_nodes_are_shown_but_to_junit() {
        classes()
                .that()
                .arePublic()
                .and()
                .resideOutsideOfPackage("dev.cyanotype.testkit.junit..")
                .should(showOnly("java.", "dev.cyanotype.", "org.assertj.core.api.", "tools.jackson.databind.JsonNode"))
                .check(MODULE);
    }

    @Test
    void no_test_framework_and_no_server_is_needed_but_where_junit_is_the_point() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.cyanotype.testkit.contract..", "dev.cyanotype.testkit.junit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.junit..", "org.testng..", "org.mockito..", "io.javalin..", "org.eclipse..")
                .check(MODULE);
    }

    @Test
    void the_library_with_redis_is_touched_in_one_place_because_it_may_be_absent() {
        noClasses()
                .that()
                .doNotHaveSimpleName("RedisProgram")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("redis..")
                .check(MODULE);
    }

    private static boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
    }

    private static ArchCondition<JavaClass> showOnly(String... packagesAndTypes) {
        return new ArchCondition<>("show only types of " + List.of(packagesAndTypes)) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream<JavaType> parents = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
                Stream<JavaType> shown = type.getMembers().stream()
                        .filter(ArchitectureTest::isShown)
                        .flatMap(ArchitectureTest::typesOf);
                Stream.concat(parents, shown)
                        .flatMap(shownType -> shownType.getAllInvolvedRawTypes().stream())
                        .map(JavaClass::getBaseComponentType)
                        .filter(raw -> !raw.isPrimitive()
                                && Stream.of(packagesAndTypes)
                                        .noneMatch(allowed -> raw.getName().startsWith(allowed)))
                        .forEach(raw -> events.add(
                                SimpleConditionEvent.violated(type, type.getName() + " shows " + raw.getName())));
            }
        };
    }

    private static boolean isShown(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC)
                && !modifiers.contains(JavaModifier.BRIDGE);
    }

    private static Stream<JavaType> typesOf(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        return Stream.of(
                        Stream.of(unit.getReturnType()),
                        unit.getParameterTypes().stream(),
                        unit.getExceptionTypes().stream())
                .flatMap(types -> types);
    }
}
