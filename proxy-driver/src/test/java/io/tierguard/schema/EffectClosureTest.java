package io.tierguard.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Effects spread through a live H2's schema. */
class EffectClosureTest {

    private static final StatedCode NO_FACTS = StatedCode.NONE;

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:");
        execute("CREATE TABLE customer (id INT PRIMARY KEY, code INT UNIQUE)");
        execute("CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT,"
                + " CONSTRAINT fk_customer FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE CASCADE)");
        execute(
                "CREATE TABLE payment (id INT PRIMARY KEY, order_id INT,"
                        + " CONSTRAINT fk_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE ON UPDATE CASCADE)");
        execute("CREATE TABLE note (id INT, customer_code INT,"
                + " CONSTRAINT fk_code FOREIGN KEY (customer_code) REFERENCES customer (code) ON DELETE SET NULL)");
        execute("CREATE TABLE lonely (id INT PRIMARY KEY)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void aDeleteFollowsCascadesToTheEnd() throws SQLException {
        assertThat(closed(Verb.DELETE, "customer"))
                .containsExactlyInAnyOrder(
                        "DELETE customer",
                        "DELETE public.orders",
                        "DELETE public.payment",
                        "UPDATE public.note [customer_code]");
    }

    @Test
    void theChainSaysHowItCameAbout() throws SQLException {
        EffectClosure.Closed closed = EffectClosure.close(
                snapshot(), Effect.of(Verb.DELETE, TableName.of("customer")), List.of("public"), NO_FACTS);
        assertThat(closed.effects())
                .filteredOn(effect -> effect.table().name().equals("payment"))
                .extracting(Effect::via)
                .containsExactly("public.customer → public.orders by foreign key fk_customer ON DELETE CASCADE, then"
                        + " public.orders → public.payment by foreign key fk_order ON DELETE CASCADE");
    }

    @Test
    void anUpdateCascadesOnlyWhenItChangesTheKey() throws SQLException {
        SchemaSnapshot schema = snapshot();
        Effect ofKey = Effect.of(Verb.UPDATE, TableName.of("orders"), Set.of("id"), true);
        Effect ofOther = Effect.of(Verb.UPDATE, TableName.of("orders"), Set.of("customer_id"), true);
        Effect ofAnything = Effect.of(Verb.UPDATE, TableName.of("orders"));
        assertThat(EffectClosure.close(schema, ofKey, List.of("public"), NO_FACTS)
                        .effects())
                .hasSize(2);
        assertThat(EffectClosure.close(schema, ofOther, List.of("public"), NO_FACTS)
                        .effects())
                .hasSize(1);
        assertThat(EffectClosure.close(schema, ofAnything, List.of("public"), NO_FACTS)
                        .effects())
                .hasSize(2);
    }

    @Test
    void readingSpreadsNowhere() throws SQLException {
        assertThat(closed(Verb.SELECT, "customer")).containsExactly("SELECT customer");
        assertThat(closed(Verb.DELETE, "lonely")).containsExactly("DELETE lonely");
        assertThat(closed(Verb.DELETE, "never_heard_of")).containsExactly("DELETE never_heard_of");
    }

    @Test
    void aWriteToASynonymIsAWriteToItsTable() throws SQLException {
        execute("CREATE SYNONYM books FOR payment");
        assertThat(closed(Verb.DELETE, "books")).containsExactly("DELETE public.payment");
    }

    @Test
    void readingAViewReadsWhatIsBehindIt() throws SQLException {
        execute("CREATE VIEW inner_view AS SELECT o.id FROM orders o JOIN customer c ON c.id = o.customer_id");
        execute("CREATE VIEW outer_view AS SELECT id FROM inner_view UNION SELECT id FROM lonely");
        assertThat(AskedViews.tablesBehind(snapshot(), TableName.of("outer_view"), List.of("public")))
                .extracting(TableName::toString)
                .containsExactlyInAnyOrder("public.orders", "public.customer", "public.lonely");
        assertThat(AskedViews.tablesBehind(snapshot(), TableName.of("lonely"), List.of("public")))
                .isEmpty();
    }

    @Test
    void anUnqualifiedNameIsLookedForInEverySchemaSearched() throws SQLException {
        execute("CREATE SCHEMA other");
        execute("CREATE TABLE other.lonely (id INT PRIMARY KEY)");
        execute("CREATE TABLE other.child (id INT, CONSTRAINT fk_lonely FOREIGN KEY (id) REFERENCES other.lonely (id)"
                + " ON DELETE CASCADE)");
        Effect effect = Effect.of(Verb.DELETE, TableName.of("lonely"));
        SchemaSnapshot schema = snapshot();
        assertThat(EffectClosure.close(schema, effect, List.of("public"), NO_FACTS)
                        .effects())
                .hasSize(1);
        assertThat(EffectClosure.close(schema, effect, List.of("public", "other"), NO_FACTS)
                        .effects())
                .hasSize(2);
        assertThat(EffectClosure.close(schema, effect, List.of(), NO_FACTS).effects())
                .hasSize(2);
    }

    @Test
    void aTriggerInJavaHidesWhatItDoes() throws SQLException {
        execute(
                "CREATE TRIGGER watch AFTER UPDATE, DELETE ON lonely FOR EACH ROW CALL 'io.tierguard.schema.EffectClosureTest$Watch'");
        execute("CREATE TRIGGER look BEFORE SELECT ON note CALL 'io.tierguard.schema.EffectClosureTest$Watch'");
        assertThat(hidden(Verb.DELETE, "lonely"))
                .singleElement()
                .asString()
                .startsWith("trigger watch of public.lonely (body sha256:");
        assertThat(hidden(Verb.INSERT, "lonely")).isEmpty();
        assertThat(hidden(Verb.SELECT, "note"))
                .singleElement()
                .asString()
                .startsWith("trigger look of public.note (body sha256:");
        assertThat(hidden(Verb.SELECT, "lonely")).isEmpty();
    }

    /** H2 reads the rows of a table to check or copy them. */
    @ParameterizedTest
    @EnumSource(names = {"ALTER", "EXTEND"})
    void aTriggerOnReadingHidesWhatAChangeOfTheStructureDoes(Verb verb) throws SQLException {
        execute("CREATE TRIGGER look BEFORE SELECT ON note CALL 'io.tierguard.schema.EffectClosureTest$Watch'");
        assertThat(hidden(verb, "note")).singleElement().asString().startsWith("trigger look of public.note");
        assertThat(hidden(verb, "lonely")).isEmpty();
    }

    @Test
    void whatIsSaidOfATriggerIsFollowedBehindNames() throws SQLException {
        execute(
                "CREATE TRIGGER watch AFTER UPDATE ON lonely FOR EACH ROW CALL 'io.tierguard.schema.EffectClosureTest$Watch'");
        execute("CREATE SYNONYM buyer FOR customer");
        execute("CREATE VIEW shopper AS SELECT id, code FROM buyer");
        StatedCode facts = mock();
        when(facts.of(any(Trigger.class)))
                .thenReturn(Optional.of(List.of(Effect.of(Verb.DELETE, TableName.of("shopper")))));
        EffectClosure.Closed closed = EffectClosure.close(
                snapshot(), Effect.of(Verb.UPDATE, TableName.of("lonely")), List.of("public"), facts);
        assertThat(closed.hiddenCode()).isEmpty();
        assertThat(closed.effects())
                .extracting(effect -> effect.verb() + " " + effect.table())
                .containsExactlyInAnyOrder(
                        "UPDATE lonely",
                        "DELETE public.customer",
                        "DELETE public.orders",
                        "DELETE public.payment",
                        "UPDATE public.note");
    }

    /** A trigger that does nothing, which only its author knows. */
    public static final class Watch implements org.h2.api.Trigger {
        @Override
        public void fire(Connection changed, Object[] before, Object[] after) {}
    }

    private List<String> hidden(Verb verb, String table) throws SQLException {
        return EffectClosure.close(snapshot(), Effect.of(verb, TableName.of(table)), List.of("public"), NO_FACTS)
                .hiddenCode();
    }

    @Test
    void aDropTakesTheForeignKeysOfOthersAlong() throws SQLException {
        assertThat(closed(Verb.DROP, "orders")).containsExactlyInAnyOrder("DROP orders", "ALTER public.payment");
        assertThat(closed(Verb.DROP, "payment")).containsExactly("DROP payment");
    }

    @Test
    void cyclesEnd() throws SQLException {
        execute("CREATE TABLE a (id INT PRIMARY KEY, b INT)");
        execute("CREATE TABLE b (id INT PRIMARY KEY, a INT REFERENCES a (id) ON DELETE CASCADE)");
        execute("ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b (id) ON DELETE CASCADE");
        execute("ALTER TABLE a ADD parent INT");
        execute("ALTER TABLE a ADD FOREIGN KEY (parent) REFERENCES a (id) ON DELETE CASCADE");
        // The rows that a row of the same table takes along are not those that the statement counts.
        assertThat(closed(Verb.DELETE, "a"))
                .containsExactlyInAnyOrder("DELETE a", "DELETE public.b", "DELETE public.a");
    }

    /** The database's own tables are known by their class, since their schema is called as the setting says, and a user's may be called so too. */
    @ParameterizedTest
    @ValueSource(strings = {"", ";DATABASE_TO_LOWER=TRUE", ";DATABASE_TO_UPPER=FALSE"})
    void onlyWhatUsersMadeIsATable(String setting) throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:h2:mem:" + setting);
                Statement statement = other.createStatement()) {
            String theirs = setting.contains("LOWER") ? "INFORMATION_SCHEMA" : "information_schema";
            statement.execute("CREATE TABLE t (id INT)");
            statement.execute("CREATE SCHEMA \"" + theirs + "\"");
            statement.execute("CREATE TABLE \"" + theirs + "\".u (id INT)");
            assertThat(SchemaReader.read(other, Dialect.H2).tables())
                    .containsExactlyInAnyOrder(TableName.of("public", "t"), TableName.of("information_schema", "u"));
        }
    }

    @Test
    void whatATableOwnsMayHaveItsName() throws SQLException {
        execute("CREATE INDEX lonely ON lonely (id)");
        assertThat(closed(Verb.ALTER, "lonely")).containsExactlyInAnyOrder("ALTER lonely", "ALTER public.lonely");
        assertThat(closed(Verb.DROP, "lonely")).contains("DROP lonely");
    }

    @Test
    void whatTablesOwnMayHaveTheNamesOfEachOther() throws SQLException {
        execute("CREATE TABLE a (id INT)");
        execute("CREATE TABLE b (id INT)");
        execute("CREATE INDEX b ON a (id)");
        execute("CREATE INDEX a ON b (id)");
        for (Verb verb : List.of(Verb.ALTER, Verb.EXTEND, Verb.DROP)) {
            Verb ofOwner = verb == Verb.EXTEND ? Verb.EXTEND : Verb.ALTER;
            assertThat(closed(verb, "a")).contains(verb + " a", ofOwner + " public.b");
        }
    }

    private Set<String> closed(Verb verb, String table) throws SQLException {
        return EffectClosure.close(snapshot(), Effect.of(verb, TableName.of(table)), List.of("public"), NO_FACTS)
                .effects()
                .stream()
                .map(effect -> effect.verb() + " " + effect.table()
                        + (effect.columns().isEmpty() ? "" : " " + effect.columns()))
                .collect(Collectors.toSet());
    }

    private SchemaSnapshot snapshot() throws SQLException {
        return SchemaReader.read(connection, Dialect.H2);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
