package io.tierguard.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.tierguard.policy.PolicyLoader;
import io.tierguard.policy.PolicyOutcome;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Reason;
import io.tierguard.schema.SchemaReader;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SessionFacts;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements of Oracle and SQL Server are judged with what drivers are documented to tell of their schemas; no server is asked. */
class DocumentedDatabasesTest {
    private static final String POLICY = """
            tier frozen is frozen
            tier live is mutable

            table ledger is frozen
            table orders is live
            table draft is live

            component checkout {
              grant select on everything
              grant select, insert, update, delete, extend on orders, draft
            }
            """;

    private Connection rows;

    @BeforeEach
    void open() throws SQLException {
        rows = DriverManager.getConnection("jdbc:h2:mem:");
    }

    @AfterEach
    void close() throws SQLException {
        rows.close();
    }

    @Test
    void onSqlServerTheTargetIsWhatTheNameMeansInFrom() throws SQLException {
        OfflineSession session = session(Dialect.SQLSERVER, "Microsoft SQL Server", """
                VALUES ('shop', 'dbo', 'ledger', 'TABLE'), ('shop', 'dbo', 'orders', 'TABLE'),
                    ('shop', 'dbo', 'draft', 'TABLE'), ('shop', 'sys', 'tables', 'SYSTEM TABLE')""", "");
        assertAllowed(session, "UPDATE o SET state = N'x' FROM [dbo].[orders] AS o JOIN draft d ON d.id = o.id");
        assertDenied(
                session, "UPDATE o SET state = N'x' FROM ledger AS o JOIN orders d ON d.id = o.id", Reason.FROZEN_TIER);
        assertAllowed(session, "WITH c AS (SELECT * FROM orders) DELETE FROM c WHERE id = 1");
        assertDenied(session, "WITH c AS (SELECT * FROM ledger) DELETE FROM c WHERE id = 1", Reason.FROZEN_TIER);
        assertAllowed(session, "insert into orders (state) output inserted.id values (?)");
        assertDenied(session, "INSERT INTO orders (a) OUTPUT inserted.a INTO ledger VALUES (1)", Reason.FROZEN_TIER);
        assertAllowed(session, "SELECT id INTO #t FROM orders; DELETE FROM #t; SELECT name FROM sys.tables");
        assertDenied(session, "SELECT 1 DELETE FROM ledger", Reason.UNREADABLE_SQL);
        assertDenied(session, "EXEC format 'x'", Reason.UNKNOWN_ROUTINE);
        assertDenied(session, "DELETE FROM sys.tables", Reason.FORBIDDEN_VERB);
    }

    @Test
    void onOracleTheCatalogIsReadAndFunctionsAreCalledByTheirNamesAlone() throws SQLException {
        OfflineSession session = session(Dialect.ORACLE, "Oracle", """
                VALUES (NULL, 'APP', 'LEDGER', 'TABLE'), (NULL, 'APP', 'ORDERS', 'TABLE'), (NULL, 'APP', 'DRAFT', 'TABLE'),
                    (NULL, 'SYS', 'DUAL', 'TABLE'), (NULL, 'PUBLIC', 'DUAL', 'SYNONYM')""", """
                VALUES (CAST(NULL AS VARCHAR), 'APP', 'WIPE'), ('PKG', 'APP', 'STATE'), (NULL, 'MDSYS', 'ID')""");
        assertAllowed(session, "SELECT orders_seq.NEXTVAL FROM DUAL");
        assertAllowed(session, "SELECT o.id, o.state, NVL(state, 'x') FROM orders o");
        assertDenied(session, "SELECT wipe FROM dual", Reason.UNKNOWN_ROUTINE);
        assertDenied(session, "SELECT wipe(1) FROM dual", Reason.UNKNOWN_ROUTINE);
        assertDenied(session, "SELECT pkg.state FROM orders", Reason.UNKNOWN_ROUTINE);
        assertAllowed(session, "DELETE FROM (SELECT id FROM orders) WHERE id = 1");
        assertDenied(session, "DELETE FROM (SELECT id FROM ledger) WHERE id = 1", Reason.FROZEN_TIER);
        assertAllowed(session, "INSERT ALL INTO orders (id) VALUES (1) INTO draft (id) VALUES (2) SELECT * FROM dual");
        assertDenied(
                session,
                "INSERT ALL INTO orders (id) VALUES (1) INTO ledger (id) VALUES (2) SELECT * FROM dual",
                Reason.FROZEN_TIER);
        assertDenied(session, "DELETE FROM orders@archive", Reason.UNREADABLE_SQL);
    }

    private static void assertAllowed(OfflineSession session, String sql) {
        assertThat(run(session, sql).denied()).as(sql).isEmpty();
    }

    private static void assertDenied(OfflineSession session, String sql, Reason reason) {
        assertThat(Explanation.reasons(run(session, sql).denied())).as(sql).contains(reason);
    }

    private static Explanation run(OfflineSession session, String sql) {
        return session.run(sql, Placeholders.QUESTION_MARKS, Instant.parse("2026-11-25T12:00:00Z"));
    }

    private OfflineSession session(Dialect dialect, String product, String tables, String functions)
            throws SQLException {
        DatabaseMetaData metaData = mock(DatabaseMetaData.class);
        when(metaData.getDatabaseProductName()).thenReturn(product);
        when(metaData.getTables(any(), any(), eq("%"), any()))
                .thenAnswer(call -> rows(tables, "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, TABLE_TYPE"));
        when(metaData.getExportedKeys(any(), any(), anyString())).thenAnswer(call -> rows("", "FKTABLE_NAME"));
        when(metaData.getIndexInfo(any(), any(), anyString(), anyBoolean(), anyBoolean()))
                .thenAnswer(call -> rows("", "INDEX_NAME"));
        when(metaData.getFunctions(any(), any(), anyString()))
                .thenAnswer(call -> rows(functions, "FUNCTION_CAT, FUNCTION_SCHEM, FUNCTION_NAME"));
        when(metaData.getProcedures(any(), any(), anyString())).thenAnswer(call -> rows("", "PROCEDURE_NAME"));
        Statement statement = mock(Statement.class);
        when(statement.executeQuery(anyString())).thenAnswer(call -> rows("", "TRIGGER_NAME"));
        Connection connection = mock(Connection.class);
        when(connection.getMetaData()).thenReturn(metaData);
        when(connection.createStatement()).thenReturn(statement);
        SchemaSnapshot schema = SchemaReader.read(connection, dialect);
        SessionFacts facts = new SessionFacts("APP", "shop", List.of(), LexicalModes.defaultsOf(dialect));
        Policy policy = ((PolicyOutcome.Loaded) PolicyLoader.load("shop.tierguard", POLICY)).policy();
        return OfflineSession.of(policy, policy.components().get(0), facts, schema);
    }

    private ResultSet rows(String values, String columns) throws SQLException {
        String query = values.isEmpty()
                ? "SELECT CAST(NULL AS VARCHAR) AS " + columns.split(",")[0] + " WHERE 1 = 0"
                : "SELECT * FROM (" + values + ") AS t (" + columns + ")";
        return rows.createStatement().executeQuery(query);
    }
}
