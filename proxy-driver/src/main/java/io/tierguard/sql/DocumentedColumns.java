package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.Set;

/** Reads the columns and constraints of tables of a database that is read by its documentation; for one thread. */
final class DocumentedColumns {
    private static final Set<String> CONSTRAINTS = Set.of("constraint", "primary", "foreign", "unique", "check");

    private static final Set<String> CLUSTERS = Set.of("clustered", "nonclustered");

    /** Options of numbers that a column or a sequence gives. */
    private static final Set<String> OF_NUMBERS = Words.of("""
            start with increment by minvalue maxvalue nominvalue nomaxvalue cycle nocycle cache nocache order noorder no
            restart
            """);

    private final DocumentedCursor cursor;
    private final StatementFindings findings;
    private final DocumentedQueries queries;
    private boolean acts;

    DocumentedColumns(DocumentedCursor cursor, StatementFindings findings, DocumentedQueries queries) {
        this.cursor = cursor;
        this.findings = findings;
        this.queries = queries;
    }

    /** What is done to a table that what was read is added to: with a key that acts, rows may go from it later. */
    Verb added() {
        return acts ? Verb.ALTER : Verb.EXTEND;
    }

    /** Reads columns and constraints, with the commas between them. */
    void all() {
        do {
            one();
        } while (cursor.acceptSymbol(","));
    }

    /** Reads a column or a constraint; whether it was a constraint. */
    boolean one() {
        boolean isConstraint = cursor.isAny(CONSTRAINTS);
        if (isConstraint) {
            constraint();
        } else {
            column();
        }
        return isConstraint;
    }

    private void constraint() {
        if (cursor.accept("constraint")) {
            cursor.name();
        }
        if (cursor.accept("foreign", "key")) {
            cursor.names();
            reference();
        } else if (cursor.accept("check")) {
            cursor.accept("not", "for", "replication");
            queries.expressions.group();
        } else {
            if (!cursor.accept("primary", "key")) {
                cursor.expect("unique");
            }
            cursor.acceptAny(CLUSTERS);
            ordered();
        }
        if (cursor.syntax().isOracle()) {
            cursor.accept("enable");
        }
    }

    /** Names of columns, each with the order in which an index has it. */
    void ordered() {
        cursor.expectSymbol("(");
        do {
            cursor.name();
            if (!cursor.accept("asc")) {
                cursor.accept("desc");
            }
        } while (cursor.acceptSymbol(","));
        cursor.expectSymbol(")");
    }

    private void column() {
        cursor.name();
        if (!cursor.syntax().isOracle() && cursor.accept("as")) {
            queries.expressions.group();
            cursor.accept("persisted");
        } else {
            DocumentedTypes.type(cursor);
        }
        options();
    }

    /** Reads what a column is besides its type. */
    void options() {
        boolean more = true;
        while (more) {
            more = option();
        }
    }

    private boolean option() {
        if (cursor.accept("default")) {
            cursor.accept("on", "null");
            queries.expressions.one();
            return true;
        }
        if (cursor.accept("check")) {
            queries.expressions.group();
            return true;
        }
        if (cursor.is("references")) {
            reference();
            return true;
        }
        if (cursor.accept("constraint") || cursor.accept("collate")) {
            cursor.name();
            return true;
        }
        if (cursor.accept("identity")) {
            if (cursor.isSymbol("(")) {
                queries.expressions.group();
            }
            return true;
        }
        if (cursor.accept("generated")) {
            generated();
            return true;
        }
        boolean isKey = cursor.accept("primary", "key") || cursor.accept("unique");
        if (isKey) {
            cursor.acceptAny(CLUSTERS);
        }
        return isKey
                || cursor.accept("not", "null")
                || cursor.accept("null")
                || cursor.accept("sparse")
                || cursor.accept("rowguidcol");
    }

    private void generated() {
        if (!cursor.accept("always")) {
            cursor.expect("by", "default");
            cursor.accept("on", "null");
        }
        cursor.expect("as");
        if (!cursor.accept("identity")) {
            queries.expressions.group();
            cursor.accept("virtual");
        } else if (cursor.acceptSymbol("(")) {
            numbers();
            cursor.expectSymbol(")");
        }
    }

    /** Reads how numbers are given. */
    void numbers() {
        boolean more = true;
        while (more) {
            boolean isSigned = cursor.acceptSymbol("-");
            boolean isNumber = cursor.peek().kind() == Token.Kind.NUMBER;
            if (isNumber) {
                cursor.next();
            }
            if (isSigned && !isNumber) {
                throw cursor.unexpected();
            }
            more = isNumber || cursor.acceptAny(OF_NUMBERS);
        }
    }

    /** A foreign key looks at the table that it refers to, and one that acts on changes there adds to what they do. */
    private void reference() {
        cursor.expect("references");
        TableName parent = cursor.table();
        if (cursor.isSymbol("(")) {
            cursor.names();
        }
        boolean isActing = false;
        while (cursor.accept("on")) {
            cursor.expectAny(Set.of("delete", "update"));
            if (cursor.accept("no", "action") || cursor.accept("restrict")) {
                continue;
            }
            if (!cursor.accept("cascade") && !cursor.accept("set", "null")) {
                cursor.expect("set", "default");
            }
            isActing = true;
        }
        acts |= isActing;
        findings.add(isActing ? ForeignKeys.acting(parent) : Effect.of(Verb.SELECT, parent));
    }
}
