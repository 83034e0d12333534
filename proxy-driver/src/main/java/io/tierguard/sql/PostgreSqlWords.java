package io.tierguard.sql;

import java.util.Set;
import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.CCJSqlParserTokenManager;
import net.sf.jsqlparser.parser.SimpleCharStream;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.parser.TokenMgrException;

/** Words of PostgreSQL, by whether they may name a column, a table or an alias without quotes. */
final class PostgreSqlWords {

    /** The keywords of its kinds R and T, which name no column; whatever else is a word may. */
    private static final Set<String> NO_COLUMN = Words.of("""
            all analyse analyze and any array as asc asymmetric both case cast check collate column constraint
            create current_catalog current_date current_role current_time current_timestamp current_user default
            deferrable desc distinct do else end except false fetch for foreign from grant group having in
            initially intersect into lateral leading limit localtime localtimestamp not null offset on only or
            order placing primary references returning select session_user some symmetric system_user table then
            to trailing true union unique user using variadic when where window with
            authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull join
            left like natural notnull outer overlaps right similar tablesample verbose
            """);

    /** Words with which a change of rows begins. */
    private static final Set<String> CHANGES = Set.of("insert", "update", "delete", "merge", "truncate", "replace");

    /** Words of the language that never stand before a parenthesis in a query or a change of rows, unless they are called. */
    private static final Set<String> ONLY_CALLED = Words.of("""
            partition matched truncate update delete merge nulls last nothing of final old new preceding following
            unbounded current ties replace overriding nowait skip locked share ordinality qualify minus restart
            continue
            """);

    private PostgreSqlWords() {}

    /** Whether a word of the language before a parenthesis is the name of what is called, seen from the token before it. */
    static boolean isCalled(String word, Token before) {
        return switch (word) {
            case "over", "filter" -> !before.isSymbol(")");
            case "system" -> !before.is("tablesample");
            case "first", "next" -> !before.is("fetch") && !before.is("return");
            case "identity" -> !before.is("as");
            case "set" ->
                !mayName(before) && before.kind() != Token.Kind.NAME && !before.isSymbol(")") && !before.isSymbol("*");
            default -> ONLY_CALLED.contains(word);
        };
    }

    /** Whether a token is a word that may name a column, a table or an alias. */
    static boolean mayName(Token token) {
        return token.kind() == Token.Kind.WORD && !NO_COLUMN.contains(token.text());
    }

    /** Whether a word begins a change of rows, where one may stand. */
    static boolean beginsChange(String word) {
        return CHANGES.contains(word);
    }

    /** Whether the parser takes a word for more than a name, by its own lexer. */
    static boolean isOfParser(String word) {
        try {
            CCJSqlParserTokenManager lexer =
                    new CCJSqlParserTokenManager(new SimpleCharStream(new StringProvider(word)));
            return lexer.getNextToken().kind != CCJSqlParserConstants.S_IDENTIFIER;
        } catch (TokenMgrException noToken) {
            return true;
        }
    }
}
