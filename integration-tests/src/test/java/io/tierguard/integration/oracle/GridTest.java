package io.tierguard.integration.oracle;

import io.tierguard.integration.oracle.Bed.Outcome;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The grid on live databases: through the guard nothing protected changes, past the guard the same statement changes it.
 *
 * <p>{@code -Dgrid=1} runs every pair; the default runs one of {@value #USUAL}. {@code -Dgrid.whole} does the same for all other
 * cells, of which the default runs one of {@value #USUAL_OF_WHOLE}. {@code -Dgrid.engines} is a regular expression for the databases,
 * {@code -Dgrid.forms} one for the names of the forms.
 */
class GridTest {
    private static final int USUAL = 1_800;
    private static final int USUAL_OF_WHOLE = 90_000;

    @TempDir
    private Path folder;

    static Stream<Engine> engines() {
        String only = System.getProperty("grid.engines", ".*");
        return Stream.of(Engine.values()).filter(engine -> engine.name().matches(only) && engine.isAvailable());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void nothingProtectedChangesAndNothingOrdinaryIsDenied(Engine engine) throws Exception {
        Grid grid =
                new Grid(engine, Integer.getInteger("grid", USUAL), Integer.getInteger("grid.whole", USUAL_OF_WHOLE));
        Findings findings = new Findings(engine);
        try (Bed bed = Bed.open(engine, folder)) {
            for (Cell cell : grid.attacks()) {
                attack(bed, cell, findings);
                if (cell.form().hasTwin() && cell.trick().ordinary() && cell.way() == WayIn.EXECUTE) {
                    ask(bed, cell, cell.form().twinOn(engine, cell.trick()), findings);
                }
            }
            for (Cell cell : grid.harmless()) {
                ask(bed, cell, cell.statements(), findings);
            }
        }
        System.out.println(findings.summary());
        SoftAssertions.assertSoftly(softly -> {
            softly.assertThat(findings.bypasses)
                    .as("changed something protected through the guard")
                    .isEmpty();
            softly.assertThat(findings.undenied)
                    .as("would change something protected, and passed")
                    .isEmpty();
            softly.assertThat(findings.stale)
                    .as("change nothing, and no rule says so")
                    .isEmpty();
            softly.assertThat(findings.falseDenials).as("ordinary, and denied").isEmpty();
        });
    }

    private static void attack(Bed bed, Cell cell, Findings findings) throws SQLException {
        List<String> statements = cell.statements();
        Outcome truth = bed.bare(cell.way(), statements);
        Outcome guarded = bed.guarded(cell.way(), statements);
        boolean isOpen = Exceptions.isOpen(cell);
        if (guarded.changed()) {
            (isOpen ? findings.open : findings.bypasses).add(cell + " | " + guarded.message());
        } else if (truth.changed() && !guarded.denied() && !isOpen) {
            findings.undenied.add(cell + " | " + guarded.message());
        }
        if (truth.changed()) {
            findings.effects++;
        } else if (!Grid.isPair(cell) || Exceptions.isAbsent(cell, truth.message())) {
            findings.absent++;
        } else {
            findings.stale.add(cell + " | " + truth.message());
        }
    }

    private static void ask(Bed bed, Cell cell, List<String> statements, Findings findings) throws SQLException {
        Outcome truth = bed.bare(cell.way(), statements);
        if (truth.message().isEmpty()) {
            Outcome guarded = bed.guarded(cell.way(), statements);
            findings.ordinary++;
            if (guarded.denied() && Exceptions.isKnownDenial(cell)) {
                findings.knownDenials++;
            } else if (guarded.denied()) {
                findings.falseDenials.add(cell + " | " + statements + " | " + guarded.message());
            }
            if (guarded.changed()) {
                findings.bypasses.add(cell + " | " + statements);
            }
        }
    }

    /** What was found on one database. */
    private static final class Findings {
        private final Engine engine;
        private final List<String> bypasses = new SaidAtOnce("bypass");
        private final List<String> undenied = new SaidAtOnce("passed");
        private final List<String> stale = new SaidAtOnce("stale");
        private final List<String> falseDenials = new SaidAtOnce("false denial");
        private final List<String> open = new ArrayList<>();
        private int effects;
        private int absent;
        private int ordinary;
        private int knownDenials;

        Findings(Engine engine) {
            this.engine = engine;
        }

        String summary() {
            return "Grid on " + engine + ": " + effects + " cells that change something protected, " + absent
                    + " that this database does not have, " + ordinary + " ordinary statements of which " + knownDenials
                    + " are known to be denied, " + open.size() + " known to pass; found: " + bypasses.size()
                    + " bypasses, " + undenied.size() + " harmful and not denied, " + stale.size() + " without effect, "
                    + falseDenials.size() + " false denials";
        }
    }

    /** A list whose elements are printed as they come, because the whole grid runs long and may be stopped. */
    private static final class SaidAtOnce extends ArrayList<String> {
        private final String what;

        SaidAtOnce(String what) {
            this.what = what;
        }

        @Override
        public boolean add(String finding) {
            System.out.println("Grid, " + what + ": " + finding);
            return super.add(finding);
        }
    }
}
