/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.websocket;

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
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house that a compiler does not check. */
class ArchitectureTest {

    private static final String OWN = "dev.cyanotype.internal.websocket";

    private static final JavaClasses MODULE = new ClassFileImporter()
            .importUrls(List.of(
                    Websockets.class.getProtectionDomain().getCodeSource().getLocation()));

    @Test
    void packages_have_no_cycle() {
        slices().matching("dev.cyanotype.(**)").should().beFreeOfCycles().check(MODULE);
    }

    @Test
    void only_what_users_name_is_public() {
        Set<String> names = new TreeSet<>();
        for (JavaClass type : MODULE) {
            if (isVisible(type) && !type.getPackageName().equals(OWN)) {
                names.add(type.getName().substring(type.getPackageName().length() + 1));
            }
        }
        assertThat(names).containsExactly("WebsocketOptions", "WebsocketOptions$Builder", "Websockets");
    }

    @Test
    void nothing_is_used_that_others_keep_to_themselves() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("dev.cyanotype.internal..")
                        .and(not(resideInAPackage(OWN)))
                        .and(not(resideInAPackage("dev.cyanotype.internal.http.javalin"))))
                .check(MODULE);
    }

    @Test
    void no_type_of_a_library_is_shown() {
        classes()
                .that()
                .arePublic()
                .and()
                .resideOutsideOfPackage(OWN)
                .should(showOnly("java.", "dev.cyanotype."))
                .check(MODULE);
    }

    @Test
    void javalins_own_websockets_and_sessions_are_not_used() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "jakarta.servlet..", "org.eclipse.jetty.ee10..")
                .check(MODULE);
    }

    @Test
    void what_is_internal_is_exported_to_nobody() {
        assertThat(Websockets.class.getModule().isNamed()).isFalse();
        ModuleFinder finder = ModuleFinder.of(Path.of(URI.create(Websockets.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString())));
        assertThat(finder.find("dev.cyanotype.websocket")
                        .orElseThrow()
                        .descriptor()
                        .exports())
                .extracting(ModuleDescriptor.Exports::toString)
                .containsExactly("dev.cyanotype.websocket");
    }

    @Test
    void there_is_no_kotlin() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kotlin..", "org.jetbrains..")
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
