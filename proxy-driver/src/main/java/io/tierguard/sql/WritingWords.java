package io.tierguard.sql;

import io.tierguard.policy.model.Verb;
import java.util.List;
import java.util.Set;

/** The words by which a statement that queries or changes rows says what it does. */
final class WritingWords {

    /** Words with which such a statement begins. */
    static final Set<String> FIRST = Words.of("""
            select with values table from insert update delete merge replace truncate
            """);

    /** Words after which nothing but a table can stand. */
    static final Set<String> BEFORE_TABLE =
            Set.of("from", "join", "into", "update", "table", "using", "only", "truncate");

    /**
     * Words that build a statement and name nothing; an identifier spelled like one must be quoted or follow a word
     * that only a table can follow.
     */
    private static final Set<String> STRUCTURE = Words.of("""
            select from where and or not null as on in is join left right full inner outer cross natural using
            group by order having limit offset fetch first next rows row only union all except intersect
            distinct case when then else end with recursive values insert into update set delete merge matched
            truncate table exists between like ilike similar escape asc desc nulls last for returning conflict
            do nothing default true false any some cast array over partition window filter within lateral unique
            of final old new key materialized interval range preceding following unbounded current ties replace
            collate overriding system user nowait skip locked share ordinality grouping sets rollup cube
            tablesample extract position substring trim overlay isnull notnull qualify minus constraint restart
            continue identity
            """);

    /** Words that no database here takes for a name unless it is quoted. */
    private static final Set<String> RESERVED = Words.of("""
            select from where and or not null as on in is join left right full inner cross natural using group
            order having limit offset fetch union all except intersect distinct case when else end with values
            table exists like default true false any some cast array unique for row set between interval extract
            position substring trim overlay grouping asc desc over
            """);

    /** Words by which code runs text of its own making, calls other code, or changes what no table verb tells. */
    private static final Set<String> HIDING = Words.of("""
            execute call cascade do copy alter drop create grant revoke reindex refresh cluster comment import
            security reassign prepare
            """);

    /** Words of procedural code that a parenthesis may follow without being called. */
    private static final Set<String> CONTROL = Words.of("""
            if elsif elseif while return begin declare loop exit continue raise assert perform exception query
            """);

    private WritingWords() {}

    /** The tokens of code without the words that only say which of its statements run. */
    static List<Token> withoutControl(List<Token> tokens) {
        return tokens.stream()
                .filter(token -> token.kind() != Token.Kind.WORD || !CONTROL.contains(token.text()))
                .toList();
    }

    /** Whether a word of code may stand for more than changes of rows that its other words name. */
    static boolean hidesOrRebuilds(Token token) {
        return token.kind() == Token.Kind.WORD && HIDING.contains(token.text());
    }

    static boolean isReserved(String word) {
        return RESERVED.contains(word);
    }

    static boolean isStructure(String word) {
        return STRUCTURE.contains(word);
    }

    /** What a statement that holds a word may do to tables; empty for a word that does not write. */
    static Set<Verb> verbsOf(String word) {
        return switch (word) {
            case "insert" -> Set.of(Verb.INSERT);
            case "update" -> Set.of(Verb.UPDATE);
            case "delete" -> Set.of(Verb.DELETE);
            case "merge" -> Set.of(Verb.INSERT, Verb.UPDATE, Verb.DELETE);
            case "replace" -> Set.of(Verb.INSERT, Verb.DELETE);
            case "truncate" -> Set.of(Verb.TRUNCATE);
            default -> Set.of();
        };
    }
}
