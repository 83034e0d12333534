package io.tierguard.cli.database;

import io.tierguard.cli.terminal.Printable;
import java.sql.SQLException;

/** Says why a database could not be read, without what a URL may hold of secrets. */
public final class DatabaseFault {
    /** What is said where no driver takes the URL, as the manager of drivers says it. */
    static final String NO_DRIVER = "No suitable driver";

    private DatabaseFault() {}

    /** One sentence, with the URL up to its settings. */
    public static String of(String url, SQLException cause) {
        String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        if (reason.startsWith(NO_DRIVER)) {
            reason = "no driver knows this URL; the command comes with those of H2 and PostgreSQL, --driver names"
                    + " the jar of another";
        }
        return Printable.of("the database at " + withoutSecrets(url) + " cannot be read: " + reason);
    }

    private static String withoutSecrets(String url) {
        return url.replaceFirst("[?;].*", "").replaceFirst("//[^/]*@", "//");
    }
}
