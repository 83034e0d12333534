package io.tierguard.integration.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * One form of a statement, or of several that belong together.
 *
 * @param name what it is called
 * @param where the databases that have it
 * @param steps its statements
 */
record Form(String name, Where where, List<String> steps) {

    /** Stands for the name of the database, quoted. */
    static final String DATABASE = "\"*database*\"";

    Form {
        steps = List.copyOf(steps);
    }

    /** Reads a table of forms. */
    static List<Form> table(String resource) {
        List<Form> forms = new ArrayList<>();
        for (String line : Fingerprint.resource(resource).split("\n")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] cells = line.split(" \\| ", 3);
                forms.add(new Form(cells[0], Where.of(cells[1]), List.of(cells[2].split(" ;; "))));
            }
        }
        return forms;
    }

    /** Whether it can be asked of a table that is not protected instead. */
    boolean hasTwin() {
        return steps.stream().anyMatch(step -> step.contains("{T}"));
    }

    /** Its statements on the protected table, as a trick writes them. */
    List<String> on(Engine engine, Trick trick) {
        return written(engine, trick, "ledger_entry");
    }

    /** Its statements on a table that is not protected. */
    List<String> twinOn(Engine engine, Trick trick) {
        return written(engine, trick, "draft");
    }

    private List<String> written(Engine engine, Trick trick, String table) {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            String text = steps.get(i)
                    .replace("{T}", "{" + table + "}")
                    .replace("{plain:T}", table)
                    .replace("{T_pkey}", table + "_pkey");
            written.add(trick.write(engine, new Template(text), i == steps.size() - 1));
        }
        return written;
    }
}
