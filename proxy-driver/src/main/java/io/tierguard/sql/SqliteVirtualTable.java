package io.tierguard.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A virtual table of SQLite, as the statement that makes it tells: each name of a table stands for what follows the virtual
 * one's and an underscore.
 *
 * @param own the tables in which it keeps its rows
 * @param taken those that it drops, renames or writes if they are there, whoever made them
 */
public record SqliteVirtualTable(Set<String> own, Set<String> taken) {
    /** What its module makes, or takes, to count the words of its rows. */
    public static final String STATISTICS = "stat";

    private static final String SIZES = "docsize";
    private static final String CONTENT = "content";

    private static final Set<String> OF_TREE = Set.of("node", "rowid", "parent");
    private static final Set<String> WITHOUT_ROWS =
            Set.of("fts3aux", "fts3tokenize", "fts4aux", "fts5vocab", "dbstat", "sqlite_dbpage", "sqlite_stmt");

    /** What a module may make of which not enough is known. */
    private static final Set<String> ANY = Set.of(
            CONTENT, "segdir", "segments", STATISTICS, SIZES, "data", "idx", "config", "node", "rowid", "parent");

    public SqliteVirtualTable {
        own = Set.copyOf(own);
        taken = Set.copyOf(taken);
    }

    /** All that a virtual table of any module may drop, rename or write although it was there before. */
    public static Set<String> takenByAny() {
        return Set.of(STATISTICS, SIZES);
    }

    /** What a virtual table of any module may make. */
    public static Set<String> ownOfAny() {
        return ANY;
    }

    /** Whether a module is one whose tables take others for their own. */
    static boolean mayTake(String module) {
        return module.equalsIgnoreCase("fts3") || module.equalsIgnoreCase("fts4");
    }

    /** Whether a word names, for fts5 in as few letters as one likes, the table whose rows a virtual one tells. */
    static boolean isContent(Token token) {
        return token.kind() == Token.Kind.WORD && CONTENT.startsWith(token.text());
    }

    /** The virtual table that a statement makes. */
    public static SqliteVirtualTable madeBy(String statement) {
        try {
            List<Token> tokens = new SqliteTokenizer(statement).tokenize();
            SqliteCursor cursor = new SqliteCursor(tokens);
            cursor.expect("create", "virtual", "table");
            cursor.acceptIfExists();
            cursor.table();
            cursor.expect("using");
            String module = cursor.name().toLowerCase(Locale.ROOT);
            return of(module, arguments(cursor.rest(), statement));
        } catch (UnreadableTextException notCut) {
            return new SqliteVirtualTable(ANY, takenByAny());
        }
    }

    private static SqliteVirtualTable of(String module, List<String> arguments) {
        return switch (module) {
            case "fts3" -> new SqliteVirtualTable(Set.of(CONTENT, "segdir", "segments"), Set.of(STATISTICS, SIZES));
            case "fts4" -> fts4(arguments);
            case "fts5" -> fts5(arguments);
            case "rtree", "rtree_i32", "geopoly" -> new SqliteVirtualTable(OF_TREE, Set.of());
            default -> new SqliteVirtualTable(WITHOUT_ROWS.contains(module) ? Set.of() : ANY, Set.of());
        };
    }

    private static SqliteVirtualTable fts4(List<String> arguments) {
        Set<String> own = new HashSet<>(Set.of("segdir", "segments", STATISTICS));
        boolean hasContent = arguments.stream().anyMatch(each -> each.startsWith("content="));
        boolean hasNoSizes = arguments.stream().anyMatch(each -> each.startsWith("matchinfo="));
        if (!hasContent) {
            own.add(CONTENT);
        }
        if (!hasNoSizes) {
            own.add(SIZES);
        }
        return new SqliteVirtualTable(own, hasNoSizes ? Set.of(SIZES) : Set.of());
    }

    private static SqliteVirtualTable fts5(List<String> arguments) {
        Set<String> own = new HashSet<>(Set.of("data", "idx", "config", CONTENT, SIZES));
        boolean keepsSome = false;
        for (String argument : arguments) {
            int end = argument.indexOf('=');
            String key = end < 0 ? "" : argument.substring(0, end).strip();
            if (key.isEmpty()) {
                continue;
            }
            keepsSome |= key.startsWith("contentless_u");
            if (CONTENT.startsWith(key)) {
                own.remove(CONTENT);
            } else if ("columnsize".startsWith(key) && argument.substring(end).contains("0")) {
                own.remove(SIZES);
            }
        }
        if (keepsSome) {
            own.add(CONTENT);
        }
        return new SqliteVirtualTable(own, Set.of());
    }

    /** The arguments of a module, folded, as they are written. */
    private static List<String> arguments(List<Token> tokens, String statement) {
        List<String> arguments = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean opens = token.isSymbol("(");
            depth += opens ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean ends = (depth == 1 && token.isSymbol(",")) || (depth == 0 && token.isSymbol(")"));
            if (ends && start < i) {
                arguments.add(statement
                        .substring(tokens.get(start).start(), tokens.get(i - 1).end())
                        .toLowerCase(Locale.ROOT));
            }
            if (ends || (opens && depth == 1)) {
                start = i + 1;
            }
        }
        return arguments;
    }
}
