package io.tierguard.sql;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Writes a statement in another way that every database reads alike. */
final class Mutations {
    private final Dialect dialect;
    private final Random random;

    Mutations(Dialect dialect, Random random) {
        this.dialect = dialect;
        this.random = random;
    }

    /** The statement with other blanks, comments, letter case and quotes. */
    String of(String sql) {
        List<Token> tokens = Tokenizer.of(LexicalModes.defaultsOf(dialect), Placeholders.NONE, sql)
                .tokenize();
        StringBuilder mutated = new StringBuilder(gap(false));
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            mutated.append(written(token, sql));
            boolean needed = i + 1 < tokens.size() && tokens.get(i + 1).start() > token.end();
            boolean splits = i + 1 < tokens.size() && isMark(token) && isMark(tokens.get(i + 1));
            boolean calls = dialect.isOfMySqlFamily()
                    && MySqlWords.NEED_PARENTHESIS.contains(token.text())
                    && i + 1 < tokens.size()
                    && tokens.get(i + 1).isSymbol("(");
            mutated.append((splits && !needed) || calls ? "" : gap(needed));
        }
        return mutated.toString();
    }

    /** Whether a comment beside it could be read as part of it by somebody. */
    private static boolean isMark(Token token) {
        return token.kind() == Token.Kind.SYMBOL && "(),;.".indexOf(token.text().charAt(0)) < 0;
    }

    private String written(Token token, String sql) {
        String raw = sql.substring(token.start(), token.end());
        if (token.kind() != Token.Kind.WORD) {
            return raw;
        }
        boolean isTable = token.is("ledger") || token.is("other");
        if (isTable && random.nextInt(3) == 0) {
            String stored = dialect == Dialect.H2 ? raw.toUpperCase(Locale.ROOT) : raw.toLowerCase(Locale.ROOT);
            if (dialect.isOfMySqlFamily()) {
                return '`' + raw + '`';
            }
            if (dialect == Dialect.ORACLE) {
                return '"' + raw.toUpperCase(Locale.ROOT) + '"';
            }
            if (dialect == Dialect.SQLSERVER) {
                return random.nextBoolean() ? '"' + raw + '"' : '[' + raw + ']';
            }
            if (dialect == Dialect.SQLITE) {
                return List.of("'" + raw + "'", '"' + raw + '"', '`' + raw + '`', '[' + raw + ']')
                        .get(random.nextInt(4));
            }
            return switch (random.nextInt(3)) {
                case 0 -> '"' + stored + '"';
                case 1 -> String.format("U&\"\\%04x%s\"", (int) stored.charAt(0), stored.substring(1));
                default ->
                    String.format(
                            "u&\"%s\\+%06x\"",
                            stored.substring(0, stored.length() - 1), (int) stored.charAt(stored.length() - 1));
            };
        }
        StringBuilder word = new StringBuilder();
        for (char c : raw.toCharArray()) {
            String one = String.valueOf(c);
            word.append(random.nextBoolean() ? one.toLowerCase(Locale.ROOT) : one.toUpperCase(Locale.ROOT));
        }
        return word.toString();
    }

    private String gap(boolean needed) {
        if (dialect.isOfMySqlFamily()) {
            return gapOfMySql(needed);
        }
        if (dialect == Dialect.SQLITE) {
            return gapOfSqlite(needed);
        }
        if (dialect.isDocumented()) {
            return gapOfDocumented(needed);
        }
        return switch (random.nextInt(10)) {
            case 0 -> "/* ; ' \" SELECT */";
            case 1 -> " -- ' /* \n";
            case 2 -> "\t\n\r ";
            case 3 -> "/* /* */ $$ */";
            case 4 -> "\f";
            case 5 -> "/**/ /***/";
            case 6 -> dialect == Dialect.H2 ? " // ' \r" : " --\r";
            default -> needed ? " " : "";
        };
    }

    /** SQL Server's comments nest, and Oracle's may be hints. */
    private String gapOfDocumented(boolean needed) {
        return switch (random.nextInt(10)) {
            case 0 -> "/* ; ' \" [ SELECT */";
            case 1 -> " -- ' /* [ \n";
            case 2 -> "\t\n\r ";
            case 3 -> dialect == Dialect.ORACLE ? "/* /* q'[ */" : "/* /* */ ' */";
            case 4 -> "\f";
            case 5 -> "/**/ /***/";
            case 6 -> " --\r\n";
            case 7 -> "/*+ DELETE */";
            default -> needed ? " " : "";
        };
    }

    /** There comments do not nest, and only a line feed ends a line. */
    private String gapOfSqlite(boolean needed) {
        return switch (random.nextInt(8)) {
            case 0 -> "/* ; ' \" SELECT */";
            case 1 -> " -- ' /* \r ; \n";
            case 2 -> "\t\n\r ";
            case 3 -> "/* /* $$ */";
            case 4 -> "\f";
            case 5 -> "/**/ /***/\uFEFF";
            default -> needed ? " " : "";
        };
    }

    /** There comments do not nest, and some are none. */
    private String gapOfMySql(boolean needed) {
        return switch (random.nextInt(10)) {
            case 0 -> "/* ; ' \" SELECT */";
            case 1 -> " -- ' /* \n";
            case 2 -> "\t\n\r ";
            case 3 -> "/* /* $$ */";
            case 4 -> "\f";
            case 5 -> " /*! */ /*!50110 */ ";
            case 6 -> " # ' */ \n";
            case 7 -> " --\n";
            default -> needed ? " " : "";
        };
    }
}
