package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.Set;

/** Reads what queries of SQL Server have besides the standard. */
final class SqlServerQueries extends DocumentedQueries {
    /** Hints that say which locks are taken, or how rows are found. */
    private static final Set<String> TABLE_HINTS = Words.of("""
            nolock updlock rowlock holdlock readpast paglock tablock tablockx xlock nowait readcommitted readcommittedlock
            readuncommitted repeatableread serializable snapshot noexpand forcescan forceseek index keepidentity keepdefaults
            """);

    private static final Set<String> OPTIONS = Words.of("""
            recompile maxdop maxrecursion fast force order hash loop merge join group concat union keep plan keepfixed
            optimize for unknown expand views robust ignore_nonclustered_columnstore_index max_grant_percent
            min_grant_percent no_performance_spool
            """);

    private static final Set<String> OF_XML =
            Words.of("auto raw path explicit root type elements xsinil absent binary base64");

    private static final Set<String> OF_JSON = Words.of("auto path root include_null_values without_array_wrapper");

    SqlServerQueries(DocumentedCursor cursor, StatementFindings findings) {
        super(cursor, findings);
    }

    @Override
    void head() {
        if (!cursor.accept("all")) {
            cursor.accept("distinct");
        }
        if (top()) {
            cursor.accept("with", "ties");
        }
    }

    /** Reads the TOP that may stand here. */
    boolean top() {
        if (!cursor.accept("top")) {
            return false;
        }
        if (cursor.isSymbol("(")) {
            expressions.group();
        } else if (!cursor.next().isValue()) {
            throw cursor.unexpected(cursor.peek(-1));
        }
        cursor.accept("percent");
        return true;
    }

    @Override
    void into() {
        if (!cursor.accept("into")) {
            return;
        }
        TableName table = cursor.table();
        if (!DocumentedCursor.isOfSession(table)) {
            findings.effect(Verb.CREATE, table);
            findings.effect(Verb.INSERT, table);
        }
    }

    /** {@code OPENJSON(…) WITH (…)}. */
    @Override
    boolean rowset() {
        if (!cursor.is("openjson") || !cursor.peek(1).isSymbol("(")) {
            return false;
        }
        cursor.next();
        expressions.group();
        if (cursor.is("with") && cursor.peek(1).isSymbol("(")) {
            cursor.next();
            cursor.expectSymbol("(");
            do {
                cursor.name();
                DocumentedTypes.type(cursor);
                if (cursor.peek().kind() == Token.Kind.STRING) {
                    cursor.next();
                }
                cursor.accept("as", "json");
            } while (cursor.acceptSymbol(","));
            cursor.expectSymbol(")");
        }
        return true;
    }

    @Override
    void part() {}

    @Override
    boolean beginsHints() {
        int at = 1;
        while (cursor.isAnyAt(at, TABLE_HINTS) && cursor.peek(at + 1).isSymbol(",")) {
            at += 2;
        }
        return cursor.isAnyAt(at, TABLE_HINTS) && cursor.peek(at + 1).isSymbol(")");
    }

    @Override
    void hints() {
        boolean announced = cursor.is("with") && cursor.peek(1).isSymbol("(");
        if (announced) {
            cursor.next();
        }
        if (!announced && !(cursor.isSymbol("(") && beginsHints())) {
            return;
        }
        cursor.expectSymbol("(");
        do {
            cursor.expectAny(TABLE_HINTS);
            if (cursor.acceptSymbol("=")) {
                cursor.next();
            } else if (cursor.isSymbol("(")) {
                expressions.group();
            }
            cursor.acceptSymbol(",");
        } while (!cursor.isSymbol(")"));
        cursor.expectSymbol(")");
    }

    @Override
    void behindWhere() {}

    /** {@code FOR XML}, {@code FOR JSON} and the hints of a query. */
    @Override
    void tail() {
        if (cursor.is("for", "xml") || cursor.is("for", "json")) {
            cursor.next();
            Set<String> words = cursor.next().is("xml") ? OF_XML : OF_JSON;
            do {
                cursor.expectAny(words);
                boolean more = true;
                while (more) {
                    if (cursor.isSymbol("(")) {
                        expressions.group();
                    }
                    more = cursor.acceptAny(words);
                }
            } while (cursor.acceptSymbol(","));
        }
        option();
    }

    /** Reads the hints that may end a statement. */
    void option() {
        if (!cursor.is("option") || !cursor.peek(1).isSymbol("(")) {
            return;
        }
        cursor.next();
        cursor.expectSymbol("(");
        do {
            cursor.expectAny(OPTIONS);
            while (cursor.acceptAny(OPTIONS) || cursor.acceptSymbol("=")) {
                // Hints are of several words.
            }
            if (cursor.peek().kind() == Token.Kind.NUMBER) {
                cursor.next();
            }
        } while (cursor.acceptSymbol(","));
        cursor.expectSymbol(")");
    }

    @Override
    boolean acceptSetOperation() {
        if (cursor.accept("union")) {
            cursor.accept("all");
            return true;
        }
        return cursor.accept("except") || cursor.accept("intersect");
    }
}
