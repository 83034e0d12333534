package io.tierguard.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two readings of a schema tell otherwise is known by the names that it concerns. */
class SchemaDifferenceTest {
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:");
        execute(
                "CREATE TABLE orders (id INT PRIMARY KEY)",
                "CREATE TABLE draft (id INT)",
                "CREATE VIEW seen AS SELECT id FROM draft",
                "CREATE VIEW seer AS SELECT id FROM seen");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void twoReadingsOfTheSameDoNotDiffer() throws SQLException {
        assertThat(after().isNone()).isTrue();
        assertThat(after("INSERT INTO orders VALUES (1)")).isEqualTo(SchemaDifference.NONE);
    }

    @Test
    void aNewTableIsOfItsOwnName() throws SQLException {
        SchemaDifference difference = after("CREATE TABLE fresh (id INT)");
        assertThat(difference.concerns(Set.of("fresh"))).isTrue();
        assertThat(difference.concerns(Set.of("orders", "draft", "seen"))).isFalse();
    }

    @Test
    void aKeyConcernsBothOfItsTables() throws SQLException {
        SchemaDifference difference =
                after("ALTER TABLE draft ADD FOREIGN KEY (id) REFERENCES orders (id) ON DELETE CASCADE");
        assertThat(difference.names()).contains("draft", "orders");
    }

    @Test
    void aViewConcernsThoseThatReadIt() throws SQLException {
        SchemaDifference difference = after(
                "DROP VIEW seen CASCADE",
                "CREATE VIEW seen AS SELECT id FROM orders",
                "CREATE VIEW seer AS SELECT id FROM seen");
        assertThat(difference.names()).contains("seen").doesNotContain("draft", "orders");
    }

    @Test
    void aRoutineMayConcernAnything() throws SQLException {
        SchemaDifference difference = after("CREATE ALIAS rounded FOR 'java.lang.Math.rint'");
        assertThat(difference.isEverywhere()).isTrue();
        assertThat(difference.concerns(Set.of())).isTrue();
        assertThat(difference.isNone()).isFalse();
    }

    @Test
    void ofWhatIsNotKnownNothingIsToldToDiffer() throws SQLException {
        SchemaSnapshot known = SchemaReader.read(connection, Dialect.H2);
        assertThat(known.differenceTo(SchemaSnapshot.WITHHELD).isNone()).isTrue();
        assertThat(SchemaSnapshot.UNKNOWN.differenceTo(known).isNone()).isTrue();
    }

    @Test
    void aMomentIsBeforeAnotherWhereATransactionHasBegunBetween() {
        assertThat(at("742:742:").isBefore(at("742:745:742,744"))).isTrue();
        assertThat(at("742:745:742").isBefore(at("745:745:"))).isFalse();
        assertThat(at("746:746:").isBefore(at("742:745:742"))).isFalse();
        assertThat(at("").isBefore(at("742:742:"))).isFalse();
        assertThat(at("742:742:").isBefore(at(""))).isFalse();
    }

    private static CatalogStamp at(String moment) {
        return new CatalogStamp("", moment);
    }

    private SchemaDifference after(String... statements) throws SQLException {
        SchemaSnapshot before = SchemaReader.read(connection, Dialect.H2);
        execute(statements);
        return before.differenceTo(SchemaReader.read(connection, Dialect.H2));
    }

    private void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
