/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
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
            .importUrls(List.of(
                    RedisPubSub.class.getProtectionDomain().getCodeSource().getLocation()));

    @Test
    void packages_have_no_cycle() {
        slices().matching("dev.cyanotype.(**)").should().beFreeOfCycles().check(MODULE);
    }

    @Test
    void only_what_users_name_is_public() {
        Set<String> names = new TreeSet<>();
        for (JavaClass type : MODULE) {
            if (isVisible(type) && type.getPackageName().equals("dev.cyanotype.pubsub.redis")) {
                names.add(type.getName().substring(type.getPackageName().length() + 1));
            }
        }
        assertThat(names)
                .containsExactly(
                        "RedisAccess",
                        "RedisOptions",
                        "RedisOptions$Builder",
                        "RedisOptions$Protocol",
                        "RedisPubSub",
                        "UndecodableHandler");
    }

    @Test
    void packages_know_those_below_them_only() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("front")
                .definedBy("dev.cyanotype.pubsub.redis")
                .layer("bus")
                .definedBy("dev.cyanotype.internal.redis.bus")
                .layer("stream")
                .definedBy("dev.cyanotype.internal.redis.stream")
                .layer("link")
                .definedBy("dev.cyanotype.internal.redis.link")
                .whereLayer("front")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("bus")
                .mayOnlyBeAccessedByLayers("front")
                .whereLayer("stream")
                .mayOnlyBeAccessedByLayers("bus")
                .whereLayer("link")
                .mayOnlyBeAccessedByLayers("front", "bus", "stream")
                .check(MODULE);
    }

    @Test
    void nothing_is_used_that_core_keeps_to_itself() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("dev.cyanotype.internal..")
                        .and(not(resideInAPackage("dev.cyanotype.internal.redis.."))))
                .check(MODULE);
    }

    @Test
    void jedis_is_shown_in_one_place_only() {
        classes()
                .that()
                .resideInAPackage("dev.cyanotype.pubsub.redis")
                .and()
                .arePublic()
                .and()
                .doNotHaveSimpleName("RedisAccess")
                .should(showOnly("java.", "javax.net.ssl.SSLContext", "dev.cyanotype."))
                .check(MODULE);
        classes()
                .that()
                .haveSimpleName("RedisAccess")
                .should(showOnly("java.", "dev.cyanotype.", "redis.clients.jedis."))
                .check(MODULE);
    }

    @Test
    void there_is_no_kotlin_and_no_json_of_jedis() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kotlin..", "org.jetbrains..", "com.google.gson..", "org.json..")
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
