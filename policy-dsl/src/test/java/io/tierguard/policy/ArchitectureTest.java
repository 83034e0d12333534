package io.tierguard.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** How the module is built, held by tests. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tierguard.policy");

    @Test
    void scans_the_whole_module() {
        assertThat(CLASSES).hasSizeGreaterThan(50);
    }

    @Test
    void needs_nothing_but_the_language_part_of_the_jdk_and_jspecify() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.tierguard.policy..",
                        "java.io",
                        "java.lang",
                        "java.lang.invoke",
                        "java.lang.runtime",
                        "java.nio",
                        "java.nio.charset",
                        "java.nio.file",
                        "java.nio.file.attribute",
                        "java.security",
                        "java.text",
                        "java.time",
                        "java.time.format",
                        "java.util",
                        "java.util.function",
                        "java.util.stream",
                        "org.jspecify.annotations")
                .check(CLASSES);
    }

    @Test
    void has_no_cycles_between_packages() {
        slices().matching("io.tierguard.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void keeps_the_model_and_the_source_apart_from_the_language() {
        noClasses()
                .that()
                .resideInAnyPackage("io.tierguard.policy.model", "io.tierguard.policy.source")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.tierguard.policy", "io.tierguard.policy.syntax", "io.tierguard.policy.check")
                .check(CLASSES);
    }

    @Test
    void marks_every_package_null_safe() {
        assertThat(CLASSES.getPackage("io.tierguard.policy").getSubpackagesInTree())
                .isNotEmpty()
                .filteredOn(javaPackage -> !javaPackage.getClasses().isEmpty())
                .allSatisfy(javaPackage -> assertThat(isNullMarked(javaPackage))
                        .as(javaPackage.getName())
                        .isTrue());
    }

    @Test
    void has_no_class_of_three_hundred_lines() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            for (Path source : sources) {
                assertThat(Files.readAllLines(source)).as(source.toString()).hasSizeLessThan(300);
            }
        }
    }

    private static boolean isNullMarked(JavaPackage javaPackage) {
        return javaPackage.isAnnotatedWith(NullMarked.class);
    }
}
