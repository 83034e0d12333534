package io.tierguard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** How the driver is built, held by tests. */
class ArchitectureTest {
    private static final String AUDIT = "io.tierguard.audit";
    private static final String GUARD = "io.tierguard.guard";
    private static final String JDBC = "io.tierguard.jdbc..";
    private static final String SCHEMA = "io.tierguard.schema";
    private static final String SQL = "io.tierguard.sql";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(AUDIT, GUARD, JDBC.replace("..", ""), SCHEMA, SQL);

    /** What runs each time that a statement runs. */
    private static final DescribedPredicate<JavaClass> RUNS_PER_CALL = DescribedPredicate.describe(
            "run per call",
            type -> type.getName().matches(".*\\.guard\\.(LiveSession|RunningStatement|ContextVerdicts|BoundedCache).*")
                    || type.getName().matches(".*\\.jdbc\\.(Gate|Guarded|StatementBatch|RowChanges).*"));

    /** Methods of strings that make a regular expression of an argument. */
    private static final Set<String> HIDDEN_REGEX = Set.of("matches", "split", "replaceAll", "replaceFirst");

    @Test
    void scansTheWholeModule() {
        assertThat(CLASSES).hasSizeGreaterThan(180);
        assertThat(CLASSES.stream().filter(RUNS_PER_CALL)).hasSizeGreaterThan(25);
    }

    @Test
    void marksEveryPackageNullSafe() {
        Stream<JavaPackage> packages =
                CLASSES.stream().map(JavaClass::getPackage).distinct();
        assertThat(packages)
                .hasSizeGreaterThan(5)
                .allSatisfy(each -> assertThat(each.isAnnotatedWith(NullMarked.class))
                        .as(each.getName())
                        .isTrue());
    }

    @Test
    void hasNoCyclesBetweenPackages() {
        slices().matching("io.tierguard.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void understandsSqlWithoutKnowingWhoAsks() {
        noClasses()
                .that()
                .resideInAPackage(SQL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(GUARD, JDBC, SCHEMA, AUDIT, "java.sql..")
                .check(CLASSES);
    }

    @Test
    void decidesNothingWhereSqlIsUnderstoodOrTheSchemaRead() {
        classes()
                .that()
                .resideInAnyPackage(SQL, SCHEMA)
                .should()
                .onlyDependOnClassesThat(
                        outsideThePolicyOrOneOf(Effect.class, Power.class, Reach.class, TableName.class, Verb.class))
                .check(CLASSES);
    }

    @Test
    void readsTheSchemaForWhoeverAsks() {
        noClasses()
                .that()
                .resideInAPackage(SCHEMA)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(GUARD, JDBC, AUDIT)
                .check(CLASSES);
    }

    @Test
    void decidesWithoutObjectsOfJdbc() {
        noClasses()
                .that()
                .resideInAPackage(GUARD)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", JDBC)
                .check(CLASSES);
    }

    @Test
    void recordsWithoutUnderstandingSqlOrDeciding() {
        noClasses()
                .that()
                .resideInAPackage(AUDIT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SQL, SCHEMA, GUARD, JDBC, "java.sql..")
                .check(CLASSES);
        classes()
                .that()
                .resideInAPackage(AUDIT)
                .should()
                .onlyDependOnClassesThat(
                        outsideThePolicyOrOneOf(Denial.class, Durability.class, Reason.class, Verb.class))
                .check(CLASSES);
    }

    @Test
    void printsNothing() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    }

    @Test
    void usesNoReflectionStreamsOrRegexPerCall() {
        noClasses()
                .that(RUNS_PER_CALL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.reflect..", "java.util.stream..", "java.util.regex..")
                .check(CLASSES);
        noClasses()
                .that(RUNS_PER_CALL)
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "a string is taken for a regular expression", ArchitectureTest::hidesRegex))
                .check(CLASSES);
    }

    @Test
    void writesItsForwardingClassesAtBuildTimeOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.tierguard.jdbc.build")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("net.bytebuddy..", "io.tierguard.jdbc.build")
                .check(CLASSES);
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

    private static boolean hidesRegex(JavaCall<?> call) {
        return call.getTargetOwner().isEquivalentTo(String.class)
                && HIDDEN_REGEX.contains(call.getTarget().getName());
    }

    private static DescribedPredicate<JavaClass> outsideThePolicyOrOneOf(Class<?>... types) {
        Set<String> names = Set.of(Stream.of(types).map(Class::getName).toArray(String[]::new));
        return DescribedPredicate.describe(
                "are outside the policy or among " + names,
                type -> !type.getPackageName().startsWith("io.tierguard.policy") || names.contains(type.getName()));
    }
}
