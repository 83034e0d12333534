package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.List;
import java.util.Optional;

/** Views of PostgreSQL on its own catalogs, on which the server notes no dependency. */
public final class CatalogViews {
    private static final String CATALOG = "pg_catalog";

    private CatalogViews() {}

    /** The catalog that is the first table of a view's query, which is the one that is written through the view; empty where it is none. */
    public static Optional<TableName> catalogBehind(String query) {
        try {
            List<Token> tokens = Tokenizer.of(LexicalModes.defaultsOf(Dialect.POSTGRESQL), Placeholders.NONE, query)
                    .tokenize();
            int depth = 0;
            for (int i = 0; i + 1 < tokens.size(); i++) {
                depth += tokens.get(i).isSymbol("(") ? 1 : tokens.get(i).isSymbol(")") ? -1 : 0;
                if (depth == 0 && tokens.get(i).is("from")) {
                    return catalogAt(tokens, tokens.get(i + 1).is("only") ? i + 2 : i + 1);
                }
            }
            return Optional.empty();
        } catch (UnreadableTextException notCut) {
            return Optional.empty(); // of such a view nobody knows what is behind it
        }
    }

    private static Optional<TableName> catalogAt(List<Token> tokens, int place) {
        if (place >= tokens.size() || !tokens.get(place).isIdentifier()) {
            return Optional.empty();
        }
        TableName table = DottedName.at(tokens, place).table();
        if (table.schema().equals(CATALOG)) {
            return Optional.of(table);
        }
        return table.schema().isEmpty() && PostgreSqlCatalog.holds(table.name())
                ? Optional.of(table.in(CATALOG))
                : Optional.empty();
    }
}
