package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A name of PostgreSQL that is a keyword somewhere says without quotes what it says in them.
 *
 * <p>Each statement is read with one of {@value #DEFAULT_ONE_OF} of the words, another part of them each; {@code -Dbare.names=1} tries all.
 */
class BareNamesSweepTest {

    private static final int DEFAULT_ONE_OF = 6;
    private static final int ONE_OF = Integer.getInteger("bare.names", DEFAULT_ONE_OF);

    /** Every keyword that PostgreSQL takes for a column's name without quotes, of its kinds U and C. */
    private static final Set<String> KEYWORDS = Words.of("""
            abort absent absolute access action add admin after aggregate also alter always asensitive assertion
            assignment at atomic attach attribute backward before begin between bigint bit boolean breadth by cache
            call called cascade cascaded catalog chain char character characteristics checkpoint class close cluster
            coalesce columns comment comments commit committed compression conditional configuration conflict
            connection constraints content continue conversion copy cost csv cube current cursor cycle data database
            day deallocate dec decimal declare defaults deferred definer delete delimiter delimiters depends depth
            detach dictionary disable discard document domain double drop each empty enable encoding encrypted
            enforced enum error escape event exclude excluding exclusive execute exists explain expression extension
            external extract family filter finalize first float following force format forward function functions
            generated global granted greatest grouping groups handler header hold hour identity if immediate immutable
            implicit import include including increment indent index indexes inherit inherits inline inout input
            insensitive insert instead int integer interval invoker isolation json json_array json_arrayagg json_exists
            json_object json_objectagg json_query json_scalar json_serialize json_table json_value keep key keys label
            language large last leakproof least level listen load local location lock locked logged mapping match
            matched materialized maxvalue merge merge_action method minute minvalue mode month move name names national
            nchar nested new next nfc nfd nfkc nfkd no none normalize normalized nothing notify nowait nullif nulls
            numeric object objects of off oids old omit operator option options ordinality others out over overlay
            overriding owned owner parallel parameter parser partial partition passing password path period plan plans
            policy position preceding precision prepare prepared preserve prior privileges procedural procedure
            procedures program publication quote quotes range read real reassign recursive ref referencing refresh
            reindex relative release rename repeatable replace replica reset restart restrict return returns revoke
            role rollback rollup routine routines row rows rule savepoint scalar schema schemas scroll search second
            security sequence sequences serializable server session set setof sets share show simple skip smallint
            snapshot source sql stable standalone start statement statistics stdin stdout storage stored strict string
            strip subscription substring support sysid system tables tablespace target temp template temporary text
            ties time timestamp transaction transform treat trigger trim truncate trusted type types uescape unbounded
            uncommitted unconditional unencrypted unknown unlisten unlogged until update vacuum valid validate
            validator value values varchar varying version view views virtual volatile whitespace within without work
            wrapper write xml xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi
            xmlroot xmlserialize xmltable year yes zone
            """);

    /** Words that are no keywords of PostgreSQL at all and mean something to a parser or another database. */
    private static final Set<String> WORDS = Words.of("""
            apply blob bytea clob connect connect_by_root convert count date datetime describe distinctrow div emit
            errors exec excluded excludes extend fbv file final fulltext high_priority hugeint id ignore iif includes
            jsonb kill lines log long map max member min minus nextval nocycle number open optimize output percent pivot
            preferring prewhere public qualify random regexp rlike safe_cast sample script semi settings siblings signed
            sql_cache sql_calc_found_rows sql_no_cache straight straight_join tag timestamptz tinyint top try_cast
            ubigint uinteger unpivot unsigned upsert use utinyint uuid verify xor
            """);

    /** Words that do not stand for tables: the server refuses one as such, and the others are read with more than they say. */
    private static final Set<String> NO_TABLES =
            Set.of("set", "temp", "temporary", "unlogged", "recursive", "ties", "row", "values");

    /** Words with which a change of rows begins; of a name like that a few places are read by their words alone. */
    private static final Set<String> CHANGES = Set.of("insert", "update", "delete", "merge", "truncate", "replace");

    /** Words that the server takes for the name of a column only behind AS. */
    private static final Set<String> ONLY_BEHIND_AS = Words.of("""
            char character day filter hour minute month over precision second varying within without year
            """);

    /** Keywords of the kind C, which the server calls nothing by unless they are in quotes. */
    private static final Set<String> NO_CALLS = Words.of("""
            between bigint bit boolean char character coalesce dec decimal exists extract float greatest grouping inout
            int integer interval json json_array json_arrayagg json_exists json_object json_objectagg json_query
            json_scalar json_serialize json_table json_value least merge_action national nchar none normalize nullif
            numeric out overlay position precision real row setof smallint substring time timestamp treat trim values
            varchar xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot
            xmlserialize xmltable
            """);

    /** Statements in which W is a column, what one is called, or a table behind AS. */
    private static final String COLUMNS = """
            SELECT W FROM acct
            SELECT a, W, b FROM acct
            SELECT acct.W, a.W.b FROM acct, a
            SELECT (a).W, (a.b).W.c FROM acct a
            SELECT a AS W, b FROM acct
            SELECT a FROM acct AS W WHERE W.a = 1
            SELECT a FROM acct WHERE W = 1
            SELECT a FROM acct WHERE W IS NOT NULL AND (W) = 1 OR W IN (1, 2)
            SELECT a FROM acct WHERE id = 1 AND W BETWEEN 1 AND 2
            SELECT a FROM acct WHERE NOT (W) AND a BETWEEN W AND W
            SELECT lower(W), wipe(a, W) FROM acct
            SELECT W::text, W || 'x', - W, a + W FROM acct
            SELECT count(DISTINCT W) FROM acct GROUP BY W HAVING max(W) > 1 ORDER BY W DESC, W NULLS LAST
            SELECT CASE W WHEN W THEN 1 ELSE W END FROM acct
            SELECT sum(a) OVER (PARTITION BY W ORDER BY W ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM acct
            SELECT a FROM acct JOIN b ON W = b.id JOIN c USING (W)
            SELECT a FROM (SELECT W FROM acct) x WHERE W = ANY (SELECT W FROM b)
            SELECT W['a'], W[1], (W)[1] FROM acct
            SELECT a FROM acct LIMIT 1 OFFSET 2
            SELECT extract(epoch FROM W), substring(a FROM W FOR 2), trim(BOTH FROM W) FROM acct
            WITH x (W) AS (SELECT a FROM acct) SELECT W FROM x
            SELECT * FROM acct, JSON_TABLE(W, '$[*]' COLUMNS (tag text PATH '$')) AS j
            UPDATE acct SET note = 1 WHERE W = 1
            UPDATE acct SET W = 1 WHERE id = 1
            UPDATE acct SET W = W, note = W || 'x' WHERE W = 1 AND W IS NULL
            UPDATE acct SET note = 1, W = DEFAULT
            UPDATE acct SET (W, note) = (1, W) WHERE W > 1
            UPDATE acct SET (note, W) = (SELECT W, a FROM b WHERE W = 1) WHERE W < 1
            UPDATE acct SET W['a'] = '5' WHERE id = 1
            UPDATE acct SET W.part = 1 WHERE acct.W = 1
            UPDATE acct a SET note = b.W FROM b WHERE a.W = b.W AND W > 1 RETURNING W, a.W
            UPDATE acct SET note = W::text WHERE id IN (SELECT W FROM vault WHERE W = 1)
            UPDATE acct SET note = 'x' WHERE id = 1 RETURNING W
            UPDATE acct AS W SET note = 1 WHERE W.id = 1
            UPDATE acct SET note = wipe(W) WHERE lower(W) = 'x'
            WITH x AS (SELECT id FROM acct WHERE W = 1 FOR UPDATE) UPDATE acct SET note = 'y' FROM x WHERE x.id = acct.id
            WITH x AS (UPDATE acct SET W = 1 WHERE W = 2 RETURNING W) DELETE FROM b USING x WHERE x.W = b.W
            DELETE FROM acct WHERE W = ANY (ARRAY[1])
            DELETE FROM acct WHERE W
            DELETE FROM acct USING b WHERE W = b.W AND W NOT IN (SELECT W FROM c) RETURNING W AS x
            DELETE FROM acct AS W WHERE W.a = 1
            INSERT INTO acct (W, note) VALUES (1, 2)
            INSERT INTO acct (note, W) SELECT W, a FROM b WHERE W = 1 RETURNING W
            INSERT INTO acct (W) VALUES (1) ON CONFLICT (W) DO UPDATE SET W = EXCLUDED.W WHERE acct.W = 1
            INSERT INTO acct (id) VALUES (1) ON CONFLICT (id, W) WHERE W = 1 DO NOTHING RETURNING W
            MERGE INTO acct a USING b ON a.W = b.W WHEN MATCHED AND W = 1 THEN UPDATE SET W = b.W, note = W WHEN NOT MATCHED THEN INSERT (W, note) VALUES (W, 1)
            MERGE INTO acct USING (SELECT W FROM b WHERE W = 1) s ON W = s.id WHEN MATCHED THEN DELETE
            """;

    /** Statements in which W is a table, a query of WITH, or what one of them is called. */
    private static final String TABLES = """
            SELECT a FROM W WHERE a = 1
            SELECT W.a, W.* FROM W JOIN b ON W.a = b.a, c, W AS x
            SELECT a FROM W.t, app.W, app.W AS y
            SELECT a FROM acct, W
            UPDATE W SET a = 1 WHERE id = 1
            UPDATE app.W SET a = 1
            UPDATE W x SET a = 1 WHERE x.id = 1
            DELETE FROM W x WHERE x.a = 1
            DELETE FROM ONLY W x USING W AS y WHERE x.a = y.a
            INSERT INTO W AS x (a) VALUES (1)
            MERGE INTO W x USING W y ON x.a = y.a WHEN MATCHED THEN DELETE
            SELECT a FROM W x, ONLY W AS y
            SELECT a INTO W FROM acct
            SELECT a FROM acct LEFT JOIN W x ON true, (W y CROSS JOIN b)
            SELECT a FROM acct, W x WHERE EXISTS (SELECT 1 FROM W x)
            SELECT a FROM W x JOIN b ON true
            SELECT a FROM W NATURAL JOIN W x
            SELECT a FROM W, W AS y (a)
            SELECT a FROM ONLY (W)
            SELECT a FROM W *
            SELECT a FROM (W x JOIN b ON x.a = b.a) JOIN (W JOIN W y USING (a)) ON true
            SELECT a FROM W TABLESAMPLE system (1)
            TABLE W
            INSERT INTO b SELECT a FROM W x
            UPDATE acct SET note = x.a FROM W x WHERE x.id = 1
            DELETE FROM acct USING W x WHERE x.id = 1
            MERGE INTO acct USING W x ON x.a = acct.a WHEN MATCHED THEN UPDATE SET a = (SELECT max(a) FROM W y)
            CREATE VIEW v AS SELECT a FROM W x
            UPDATE acct W SET note = 1 FROM b WHERE W.id = b.id
            DELETE FROM W WHERE a = 1
            DELETE FROM W
            DELETE FROM acct W WHERE W.a = 1
            DELETE FROM acct USING W WHERE W.a = acct.a
            INSERT INTO W VALUES (1)
            INSERT INTO W (a) VALUES (1)
            INSERT INTO W SELECT a FROM acct
            INSERT INTO W DEFAULT VALUES
            INSERT INTO acct AS W (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = W.a + 1
            MERGE INTO W USING b ON W.a = b.a WHEN NOT MATCHED THEN INSERT (a) VALUES (b.a)
            MERGE INTO acct W USING W AS x ON W.a = x.a WHEN MATCHED THEN DELETE
            WITH W AS (SELECT a FROM acct) SELECT a FROM W
            WITH W (a) AS (SELECT a FROM acct) DELETE FROM b USING W WHERE W.a = b.a
            WITH RECURSIVE x AS (SELECT 1), W AS (SELECT a FROM acct UNION SELECT a FROM W) SELECT * FROM W, x
            WITH W AS (DELETE FROM acct WHERE id = 1 RETURNING a) INSERT INTO b SELECT a FROM W
            SELECT a FROM acct W
            SELECT a FROM acct AS W (a, b) WHERE W.a = 1
            SELECT W.a FROM generate_series(1, 2) AS W (a)
            SELECT a FROM acct FOR UPDATE OF W
            SELECT a FROM acct W JOIN LATERAL (SELECT W.a FROM b) W ON true FOR UPDATE OF W NOWAIT
            SELECT x.a FROM acct W, (SELECT a FROM b) AS W LEFT JOIN c W ON W.a = 1
            """;

    /** Statements in which W is called. */
    private static final String CALLS = """
            SELECT W(a), app.W(b) FROM acct WHERE W (c)
            SELECT DISTINCT W(a) FROM acct GROUP BY W(a) ORDER BY W(b) LIMIT W(1)
            SELECT * FROM W(1)
            SELECT * FROM acct, W(1) x JOIN LATERAL W(a) ON true
            SELECT * FROM ROWS FROM (W(1), g(2))
            SELECT CASE W(a) WHEN W(b) THEN W(c) END
            SELECT a || W(b), - W(c), NOT W(d) FROM acct
            UPDATE acct SET a = W(b), uuid = 1 FROM W(2) x WHERE settings = W(c)
            DELETE FROM acct USING W(1) WHERE W(a) AND uuid = 1
            INSERT INTO acct (uuid) VALUES (W(1)) RETURNING W(a)
            """;

    static List<Arguments> statements() {
        List<Arguments> statements = new ArrayList<>();
        COLUMNS.lines().forEach(text -> statements.add(Arguments.of(text, Set.of())));
        Set<String> noTables = new TreeSet<>(NO_TABLES);
        noTables.addAll(CHANGES);
        TABLES.lines().forEach(text -> statements.add(Arguments.of(text, noTables)));
        Set<String> noLabels = new TreeSet<>(ONLY_BEHIND_AS);
        noLabels.addAll(CHANGES);
        statements.add(Arguments.of("SELECT a W, lower(b) W FROM acct", noLabels));
        statements.add(
                Arguments.of("DELETE FROM acct WHERE id IN (SELECT x.id W FROM (SELECT id FROM b) W)", noLabels));
        return statements;
    }

    @ParameterizedTest
    @MethodSource("statements")
    void isReadAsTheSameNameInQuotes(String statement, Set<String> except) {
        List<String> different = new ArrayList<>();
        for (String word : some(statement)) {
            String bare = reading(statement, word);
            if (!except.contains(word) && (bare.startsWith("bounded") || !bare.equals(quoted(statement, word)))) {
                different.add(word + ": " + bare + " rather than " + quoted(statement, word));
            }
        }
        assertThat(different).isEmpty();
    }

    /** What is not the same is bounded, where every name counts, or has more in it. */
    @ParameterizedTest
    @MethodSource("statements")
    void isNeverReadForLess(String statement, Set<String> except) {
        for (String word : except) {
            String bare = reading(statement, word);
            List<String> needs = List.of(quoted(statement, word).split("; "));
            boolean isMore =
                    bare.startsWith("bounded") || List.of(bare.split("; ")).containsAll(needs);
            assertThat(isMore).as(bare).isTrue();
        }
    }

    static List<String> calls() {
        return CALLS.lines().toList();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void isACallBeforeAParenthesis(String statement) {
        List<String> silent = new ArrayList<>();
        for (String word : all()) {
            String bare = reading(statement, word);
            boolean isHarmless = HarmlessRoutines.isHarmless(Dialect.POSTGRESQL, new RoutineCall("", word));
            if (!isHarmless && !NO_CALLS.contains(word) && !bare.contains("routine " + word)) {
                silent.add(word + ": " + bare);
            }
        }
        assertThat(silent).isEmpty();
    }

    private static String quoted(String statement, String word) {
        return reading(statement, '"' + word + '"');
    }

    private static Set<String> some(String statement) {
        Set<String> words = all();
        words.removeIf(word -> Math.floorMod(word.hashCode() + statement.hashCode(), ONE_OF) != 0);
        return words;
    }

    private static Set<String> all() {
        Set<String> words = new TreeSet<>(KEYWORDS);
        words.addAll(WORDS);
        // Any other word is a name to the parser as well.
        words.removeIf(word -> !PostgreSqlWords.isOfParser(word));
        return words;
    }

    private static String reading(String statement, String name) {
        return Needs.of(Dialect.POSTGRESQL, statement.replaceAll("\\bW\\b", name));
    }
}
