package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.cli.TierguardCommand;
import io.tierguard.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tierguard check} says of a policy and a real PostgreSQL. */
class LivePolicyCheckTest {
    private static final String POLICY = """
            tier ledger is immutable
            tier live is mutable
            table payment is ledger
            table far* is live
            table session is live
            """;

    private static final String REVIEWED = " is harmless {\n  why \"reviewed\"\n  body sha256:%s\n}\n";

    @TempDir
    private Path folder;

    private final String url;

    LivePolicyCheckTest() throws SQLException {
        url = LiveDatabase.POSTGRESQL.createDatabase();
    }

    @BeforeEach
    void create() throws SQLException {
        execute("CREATE TABLE payment (id INT)", "CREATE TABLE farm (id INT)", "CREATE TABLE session (id INT)");
    }

    @AfterEach
    void drop() throws SQLException {
        LiveDatabase.POSTGRESQL.dropDatabase(url);
    }

    @Test
    void aSoundPolicyHasNothingAgainstIt() throws Exception { // Y1, Y2
        assertThat(check(POLICY, 0)).isEqualTo("shop.tierguard: ok (2 tiers, 3 table patterns)\n");
    }

    @Test
    void namesThatDifferByCaseOnlyAreOne() throws Exception { // Y3, Y4
        execute("CREATE TABLE \"Payment\" (id INT)");
        assertThat(check(POLICY, 0)).contains("`public.Payment` and `public.payment` differ by case only");

        execute(
                "CREATE FOREIGN DATA WRAPPER elsewhere",
                "CREATE SERVER away FOREIGN DATA WRAPPER elsewhere",
                "CREATE FOREIGN TABLE \"Farm\" (id INT) SERVER away");
        assertThat(check(POLICY, 1))
                .contains("error: live tables that differ by case only fall into different tiers: ")
                .contains("`public.farm` into tier live")
                .contains("`public.Farm` into none")
                .contains("`far*` does not cover the live table `public.Farm`");
    }

    @Test
    void aNameIsComparedAsTheServerKeepsIt() throws Exception { // Y5
        String kept = "x".repeat(63);
        execute("CREATE TABLE " + kept + " (id INT)");

        assertThat(check(POLICY + "table " + kept + "yz is live\n", 0))
                .contains("`" + kept + "yz` is longer than the live server keeps a name")
                .contains("help: it is compared as `" + kept + "`")
                .doesNotContain("matches no table", "no pattern covers");
    }

    @Test
    void theSchemaPathIsThatOfTheSession() throws Exception { // Y6
        assertThat(check("policy shop {\n  schema path shop\n}\n" + POLICY, 0))
                .contains(
                        "the schema path of the policy is `shop`, and the live database looks for an unqualified name in"
                                + " `public`");
    }

    @Test
    void anotherBodyThanTheReviewedOneIsAnError() throws Exception { // Y7
        execute(
                "CREATE FUNCTION twice(x int) RETURNS int LANGUAGE sql AS 'SELECT x + x'",
                "CREATE FUNCTION untold(x int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT x; END");
        String zeros = "0".repeat(64);

        String said = check(POLICY + "routine twice" + REVIEWED.formatted(zeros), 1);
        assertThat(said)
                .contains("error: routine `public.twice` has another body than the policy describes: declared sha256:"
                        + zeros)
                .contains("\n --> shop.tierguard:6\n");
        String live = said.replaceAll("(?s).*, live sha256:([0-9a-f]{64}).*", "$1");
        assertThat(check(POLICY + "routine twice" + REVIEWED.formatted(live), 0))
                .doesNotContain("twice");
        assertThat(check(POLICY + "routine untold" + REVIEWED.formatted(zeros), 1))
                .contains("live one that the catalog does not tell");
    }

    @Test
    void aFactAboutNothingIsPointedOut() throws Exception { // Y8
        assertThat(check(POLICY + "routine thrice is harmless\nroutine lower is harmless\n", 0))
                .contains("routine `thrice` is none of the live database's")
                .doesNotContain("routine `lower` is none");
    }

    @Test
    void aFactThatSaysLessThanTheBodyIsPointedOut() throws Exception { // Y9
        execute(
                "CREATE FUNCTION touching() RETURNS trigger LANGUAGE plpgsql AS 'DECLARE n int; BEGIN"
                        + " SELECT max(id) INTO n FROM farm; DELETE FROM payment; INSERT INTO session VALUES (n);"
                        + " RETURN NEW; END'",
                "CREATE TRIGGER touch BEFORE INSERT ON farm FOR EACH ROW EXECUTE FUNCTION touching()");
        String touch = POLICY + "trigger touch on farm ";

        assertThat(check(touch + "is harmless\n", 0))
                .contains(
                        "warning: the live body of trigger `touch` on `public.farm` could write what the policy does not say"
                                + " of it: delete on `public.payment`, insert on `public.session`\n --> shop.tierguard:6\n");
        assertThat(check(touch + "writes delete on payment, insert on public.session\n", 0))
                .doesNotContain("could write");
    }

    @Test
    void codeThatNobodyCanReadIsPointedOut() throws Exception { // Y10
        execute(
                "CREATE FUNCTION dynamic() RETURNS void LANGUAGE plpgsql AS 'BEGIN EXECUTE concat(''SELECT 1''); END'",
                "CREATE FUNCTION plain() RETURNS void LANGUAGE plpgsql AS 'BEGIN DELETE FROM payment; END'",
                "CREATE RULE keep AS ON DELETE TO farm DO ALSO SELECT 1",
                "CREATE RULE nothing AS ON UPDATE TO farm DO INSTEAD NOTHING");

        assertThat(check(POLICY, 0))
                .contains("warning: what routine `public.dynamic` does cannot be told: not all of its code can be read")
                .contains("what rule `keep` on `public.farm` does cannot be told: it is a rule")
                .doesNotContain("rule `nothing`")
                .doesNotContain("public.plain");
        assertThat(check(POLICY + "routine dynamic is harmless\n", 0)).doesNotContain("public.dynamic");
    }

    private void execute(String... texts) throws SQLException {
        try (Connection connection = LiveDatabase.POSTGRESQL.connect(url);
                Statement statement = connection.createStatement()) {
            for (String sql : texts) {
                statement.execute(sql);
            }
        }
    }

    /** What the check says, once it has ended with a code. */
    private String check(String policy, int code) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.tierguard"), policy);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal =
                new Terminal(InputStream.nullInputStream(), new PrintWriter(out), new PrintWriter(err), false);
        int ended = TierguardCommand.run(
                terminal, "check", file.toString(), "--url", url, "--user", LiveDatabase.POSTGRESQL.user());
        assertThat(ended).as(out + "\n" + err).isEqualTo(code);
        return out.toString().replace(folder + "/", "").replace(System.lineSeparator(), "\n");
    }
}
