package io.tierguard.sql;

import java.util.Set;

/** Steps over the names of types, with their lengths. */
final class DocumentedTypes {
    private static final Set<String> OF_LENGTH = Set.of("max", "char", "byte");

    private DocumentedTypes() {}

    /** A type, of one word or of those of several that the standard has. */
    static void type(DocumentedCursor cursor) {
        if (cursor.accept("double", "precision")) {
            return;
        }
        if (cursor.accept("long")) {
            cursor.accept("raw");
            return;
        }
        if (cursor.accept("interval")) {
            cursor.name();
            length(cursor);
            cursor.expect("to");
            cursor.name();
            length(cursor);
            return;
        }
        boolean isNational = cursor.accept("national");
        if (!cursor.accept("raw")) {
            cursor.name();
            if (!isNational && cursor.acceptSymbol(".")) {
                cursor.name();
            }
        }
        cursor.accept("varying");
        length(cursor);
        if (cursor.accept("with", "local", "time", "zone") || cursor.accept("with", "time", "zone")) {
            return;
        }
        cursor.accept("without", "time", "zone");
    }

    private static void length(DocumentedCursor cursor) {
        if (!cursor.acceptSymbol("(")) {
            return;
        }
        do {
            if (!cursor.acceptSymbol("*") && !cursor.acceptAny(OF_LENGTH)) {
                cursor.acceptSymbol("-");
                cursor.expectNumber();
                cursor.acceptAny(OF_LENGTH);
            }
        } while (cursor.acceptSymbol(","));
        cursor.expectSymbol(")");
    }
}
