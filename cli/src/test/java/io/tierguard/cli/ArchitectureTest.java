package io.tierguard.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tierguard.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** How the command is built, and what it must not let the modules below it do, held by tests. */
class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tierguard");

    private static final JavaClasses COMMAND = ALL.that(JavaClass.Predicates.resideInAPackage("io.tierguard.cli.."));

    @Test
    void scansTheCommandAndTheModulesBelowIt() {
        assertThat(COMMAND).hasSizeGreaterThan(30);
        assertThat(ALL).hasSizeGreaterThan(300);
    }

    @Test
    void marksEveryPackageNullSafe() {
        Stream<JavaPackage> packages =
                COMMAND.stream().map(JavaClass::getPackage).distinct();
        assertThat(packages)
                .hasSizeGreaterThan(4)
                .allSatisfy(each -> assertThat(each.isAnnotatedWith(NullMarked.class))
                        .as(each.getName())
                        .isTrue());
    }

    @Test
    void hasNoCyclesBetweenPackages() {
        slices().matching("io.tierguard.(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void nothingBelowKnowsTheCommand() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.tierguard.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.tierguard.cli..")
                .check(ALL);
    }

    @Test
    void nothingPrintsButThroughTheTerminal() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Terminal.class)
                .should(ACCESS_STANDARD_STREAMS)
                .check(ALL);
    }

    @Test
    void hasNoClassOfMoreThanFiveHundredLines() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            for (Path source : sources) {
                assertThat(Files.readAllLines(source)).as(source.toString()).hasSizeLessThanOrEqualTo(500);
            }
        }
    }
}
