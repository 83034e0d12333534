package io.tierguard.cli.check;

import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.TableClass;
import java.util.ArrayList;
import java.util.List;

/** Finds where a live server takes a name in a policy for another: a longer one, or one without a schema. */
final class ServerNames {
    private ServerNames() {}

    /**
     * Compares a policy with what is left of its names.
     *
     * @param kept the policy as the server keeps its names
     */
    static List<Finding> compare(Policy written, Policy kept, LiveDatabase live) {
        List<Finding> findings = new ArrayList<>();
        for (int at = 0; at < written.tableClasses().size(); at++) {
            TableClass whole = written.tableClasses().get(at);
            TableClass cut = kept.tableClasses().get(at);
            if (!whole.pattern().sameAs(cut.pattern())) {
                findings.add(Finding.warning(
                        "`" + whole.pattern() + "` is longer than the live server keeps a name",
                        whole.rule(),
                        "it is compared as `" + cut.pattern().name() + "`"));
            }
        }
        List<String> declared = written.schemaPath();
        if (!live.dialect().isReadOnRequest() && !declared.isEmpty() && !declared.equals(live.schemaPath())) {
            findings.add(Finding.warning(
                    "the schema path of the policy is " + listed(declared)
                            + ", and the live database looks for an unqualified name in " + listed(live.schemaPath()),
                    "",
                    "the driver goes by the database, tests and `tierguard explain` by the policy"));
        }
        return findings;
    }

    private static String listed(List<String> schemas) {
        return schemas.isEmpty() ? "no schema" : "`" + String.join("`, `", schemas) + "`";
    }
}
