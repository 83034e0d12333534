package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule X14. */
class ScriptTest {

    @Test
    void aSemicolonEndsAStatementOnlyWhereTheDatabaseThinksSo() throws Exception { // X14
        assertThat(texts("""
                -- nothing; yet
                INSERT INTO note VALUES ('a;b', "c;d"); /* ; /* ; */ */
                ;;
                CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $body$ BEGIN DELETE FROM x; END; $body$;
                CREATE RULE r AS ON INSERT TO a DO (DELETE FROM b; DELETE FROM c);
                SELECT 1"""))
                .containsExactly(
                        "INSERT INTO note VALUES ('a;b', \"c;d\")",
                        "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $body$ BEGIN DELETE FROM x; END; $body$",
                        "CREATE RULE r AS ON INSERT TO a DO (DELETE FROM b; DELETE FROM c)",
                        "SELECT 1");
    }

    @Test
    void theBodyOfAnSqlFunctionIsOneWithIt() throws Exception { // X14
        assertThat(texts("""
                CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC
                  SELECT CASE WHEN a = 1 THEN 2 END;
                  SELECT 3;
                END;
                BEGIN;
                COMMIT""")).hasSize(3).element(1).isEqualTo("BEGIN");
    }

    @Test
    void eachStatementHasItsPlace() throws Exception {
        List<Script.Statement> statements = split("\n\n  SELECT 1;\nSELECT 2; SELECT\n 3;\n");

        assertThat(statements)
                .containsExactly(
                        new Script.Statement("SELECT 1", 3, 3),
                        new Script.Statement("SELECT 2", 4, 1),
                        new Script.Statement("SELECT\n 3", 4, 11));
        assertThat(statements.get(0).inPlace()).isEqualTo("\n\n  SELECT 1");
    }

    @Test
    void aCommandOfAClientIsCalledThat() { // X14
        assertThatThrownBy(() -> split("SELECT 1;\n\\connect shop\nSELECT 2;\n"))
                .hasMessage("`\\connect` is a command of psql, not SQL at line 2, column 1; take it out, or give the"
                        + " statements that psql would send");
        assertThatThrownBy(() -> split("SELECT 1;\nDELIMITER //\nSELECT 2//\n"))
                .hasMessage("DELIMITER is a command of the mysql client, not SQL at line 2, column 1; take it out; a"
                        + " body in quotes needs none");
    }

    @Test
    void whatCannotBeCutHasItsPlace() {
        assertThatThrownBy(() -> split("SELECT 1;\nSELECT 'open;\n"))
                .hasMessage("a string is not terminated at line 2, column 8");
    }

    @Test
    void aScriptOfBlanksAndCommentsHoldsNothing() throws Exception {
        assertThat(split(" -- nothing\n;\n/* at all */\n")).isEmpty();
        assertThat(split("")).isEmpty();
    }

    private static List<String> texts(String script) throws Script.UnreadableScriptException {
        return split(script).stream().map(Script.Statement::text).toList();
    }

    private static List<Script.Statement> split(String script) throws Script.UnreadableScriptException {
        return Script.split(script, Dialect.POSTGRESQL, Placeholders.NONE);
    }
}
