package io.tierguard.integration.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The cells that are run on one database: every form as it is, and pairs of form and trick, form and way in, and for a few
 * forms trick and way in; all pairs, or a part of them that is always the same. Of all that has a form, a trick and a way in
 * that are not plain, which would take days, a part is run.
 */
final class Grid {
    /** Forms that stand for their kind where tricks and ways in are crossed. */
    private static final Set<String> CROSSED = Set.of(
            "update",
            "delete-subquery",
            "upsert",
            "merge-key",
            "cte-delete",
            "delta-old",
            "truncate",
            "drop-index",
            "cascade-delete",
            "view-delete",
            "path-qualified",
            "call-select",
            "call-alias",
            "update-join",
            "delete-from-list",
            "replace",
            "prepare-execute",
            "comment-that-runs",
            "rename-swap");

    private static final String ONLY = System.getProperty("grid.forms", ".*");

    private final Engine engine;
    private final int thinning;
    private final int wholeThinning;
    private final List<Trick> tricks;

    /**
     * A grid.
     *
     * @param thinning one pair of so many is run; all of them for 1
     * @param wholeThinning the same of all other cells
     */
    Grid(Engine engine, int thinning, int wholeThinning) {
        this.engine = engine;
        this.thinning = thinning;
        this.wholeThinning = wholeThinning;
        this.tricks = engine.isMySql() ? MySqlTricks.all() : Tricks.all();
    }

    /** Cells whose statement changes something protected. */
    List<Cell> attacks() {
        return cells(Form.table(engine.isMySql() ? "forms-mysql.txt" : "forms.txt"));
    }

    /** Cells whose statement must pass. */
    List<Cell> harmless() {
        List<Cell> cells = new ArrayList<>();
        for (Cell cell : cells(Form.table(engine.isMySql() ? "harmless-mysql.txt" : "harmless.txt"))) {
            if (cell.trick().ordinary()) {
                cells.add(cell);
            }
        }
        return cells;
    }

    private List<Cell> cells(List<Form> forms) {
        List<Cell> cells = new ArrayList<>();
        for (Form form : forms) {
            if (form.where().has(engine) && form.name().matches(ONLY)) {
                boolean isUsual = isUsual(form, forms.indexOf(form));
                for (Trick trick : tricks) {
                    if (trick.where().has(engine)) {
                        add(cells, form, trick, isUsual);
                    }
                }
            }
        }
        return cells;
    }

    /** Whether a form runs as it is however thin the grid: H2's modes, and others that are much alike, share the forms. */
    private boolean isUsual(Form form, int index) {
        return thinning == 1
                || engine.share() == 1
                || !form.where().modes().isEmpty()
                || (index + engine.ordinal()) % engine.share() == 0;
    }

    private void add(List<Cell> cells, Form form, Trick trick, boolean isUsual) {
        for (WayIn way : WayIn.values()) {
            Cell cell = new Cell(engine, form, trick, way);
            boolean isPlain = trick.isPlain() && way == WayIn.EXECUTE;
            if (((isPlain && isUsual) || isChosen(cell)) && !Exceptions.isNever(cell) && cell.isWrittenDifferently()) {
                cells.add(cell);
            }
        }
    }

    /** Whether rules say of it where it has no effect; of the others nobody has looked at each. */
    static boolean isPair(Cell cell) {
        return cell.trick().isPlain()
                || cell.way() == WayIn.EXECUTE
                || CROSSED.contains(cell.form().name());
    }

    private boolean isChosen(Cell cell) {
        int hash = Objects.hash(
                cell.engine().name(),
                cell.form().name(),
                cell.trick().name(),
                cell.way().name());
        return Math.floorMod((hash * 0x9E3779B9) >>> 7, isPair(cell) ? thinning : wholeThinning) == 0;
    }
}
