package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.using;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Libraries on SQLite behind the guard: nothing of theirs is denied, and they leave what they leave without it. */
class SqliteApplicationsTest {
    private static final String POLICY = """
            policy applications {
              schema path main
            }
            tier business is mutable
            table * is business
            component application {
              grant select, insert, update, delete, create, extend, alter, drop on tier business
            }
            """;

    private static final String TIMES = ".*(installed_on|dateexecuted|lockgranted|execution_time).*";

    @TempDir
    private Path folder;

    @Test
    void migratesByFlyway() throws Exception {
        assertSame(dataSource -> {
            Flyway flyway = Flyway.configure()
                    .dataSource(dataSource)
                    .locations("classpath:migrations/sqlite")
                    .cleanDisabled(false)
                    .load();
            flyway.migrate();
            flyway.validate();
            flyway.repair();
            assertThat(flyway.migrate().migrationsExecuted).isZero();
        });
    }

    @Test
    void migratesByLiquibase() throws Exception {
        assertSame(dataSource -> Scope.child(
                Map.of(Scope.Attr.ui.name(), new LoggerUIService(), AnalyticsArgs.ENABLED.getKey(), Boolean.FALSE),
                () -> {
                    try (Liquibase liquibase = new Liquibase(
                            "migrations/liquibase/sqlite.xml",
                            new ClassLoaderResourceAccessor(),
                            DatabaseFactory.getInstance()
                                    .findCorrectDatabaseImplementation(
                                            new JdbcConnection(dataSource.getConnection())))) {
                        liquibase.update(new Contexts(), new LabelExpression());
                        liquibase.rollback(1, "");
                        liquibase.update(new Contexts(), new LabelExpression());
                        liquibase.validate();
                    }
                }));
    }

    @Test
    void worksByJooq() throws Exception {
        assertSame(dataSource -> {
            DSLContext jooq = using(dataSource, SQLDialect.SQLITE);
            jooq.createTableIfNotExists("customer")
                    .column("id", SQLDataType.INTEGER.identity(true))
                    .column("name", SQLDataType.VARCHAR(40).nullable(false))
                    .primaryKey("id")
                    .unique("name")
                    .execute();
            jooq.createIndexIfNotExists("customer_name").on("customer", "name").execute();
            jooq.alterTable("customer")
                    .addColumn("standing", SQLDataType.INTEGER.defaultValue(inline(0)))
                    .execute();
            jooq.createView("named")
                    .as(jooq.select(field("id")).from("customer"))
                    .execute();
            jooq.insertInto(table(name("customer")), field(name("name")))
                    .values("Ada")
                    .values("Grace")
                    .returning()
                    .fetch();
            jooq.insertInto(table(name("customer")), field(name("id")), field(name("name")))
                    .values(1, "Ada L.")
                    .onConflict(field(name("id")))
                    .doUpdate()
                    .set(field(name("standing")), 5)
                    .execute();
            jooq.batch(jooq.query("update customer set standing = ? where id = ?", 1, 1))
                    .bind(2, 2)
                    .bind(3, 1)
                    .execute();
            assertThat(jooq.with("c")
                            .as(jooq.select(count()).from("customer"))
                            .select()
                            .from("c")
                            .fetch())
                    .hasSize(1);
            jooq.transaction(outer -> {
                using(outer).deleteFrom(table(name("customer"))).where("id = 2").execute();
                try {
                    using(outer).transaction(inner -> {
                        using(inner).deleteFrom(table(name("customer"))).execute();
                        throw new IllegalStateException("undo");
                    });
                } catch (IllegalStateException undone) {
                    assertThat(using(outer).fetchCount(table(name("customer")))).isEqualTo(1);
                }
            });
            assertThat(jooq.meta().getTables("customer")).isNotEmpty();
        });
    }

    @Test
    void worksBySpring() throws Exception {
        assertSame(dataSource -> {
            NamedParameterJdbcTemplate template = new NamedParameterJdbcTemplate(dataSource);
            template.getJdbcTemplate().execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, born DATE)");
            Number key = new SimpleJdbcInsert(dataSource)
                    .withTableName("item")
                    .usingColumns("name")
                    .usingGeneratedKeyColumns("id")
                    .executeAndReturnKey(Map.of("name", "first"));
            assertThat(key.intValue()).isEqualTo(1);
            template.batchUpdate(
                    "INSERT INTO item (name) VALUES (:name)",
                    new Map[] {Map.of("name", "second"), Map.of("name", "third")});
            TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
            transaction.executeWithoutResult(status -> {
                template.update(
                        "UPDATE item SET name = :name WHERE id IN (:ids)", Map.of("name", "x", "ids", List.of(1, 2)));
                Object savepoint = status.createSavepoint();
                template.update("DELETE FROM item", Map.of());
                status.rollbackToSavepoint(savepoint);
            });
            transaction.executeWithoutResult(status -> {
                template.update("DELETE FROM item", Map.of());
                status.setRollbackOnly();
            });
            assertThat(template.queryForList("SELECT name FROM item ORDER BY id", Map.of(), String.class))
                    .containsExactly("x", "x", "third");
        });
    }

    /** Runs the application on two files. */
    private void assertSame(Work work) throws Exception {
        Path bare = folder.resolve("bare.db");
        Path guarded = folder.resolve("guarded.db");
        Path policy = Files.writeString(folder.resolve("applications.tierguard"), POLICY);
        Path audit = folder.resolve("audit.jsonl");
        run("jdbc:sqlite:" + bare, work);
        run(
                "jdbc:tierguard:sqlite:" + guarded + "?tierguard.policy=" + policy
                        + "&tierguard.component=application&tierguard.audit=" + audit,
                work);
        assertThat(Files.readAllLines(audit)).isNotEmpty().noneMatch(line -> line.contains("\"decision\":\"deny\""));
        assertThat(contents(guarded)).isEqualTo(contents(bare)).hasSizeGreaterThan(2);
    }

    private interface Work {
        void on(DataSource dataSource) throws Exception;
    }

    private static void run(String url, Work work) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(3);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            work.on(pool);
        }
    }

    private static List<String> contents(Path file) throws SQLException {
        List<String> contents = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT name, sql, type FROM sqlite_schema ORDER BY name")) {
                while (rows.next()) {
                    contents.add(rows.getString(1) + " " + rows.getString(2));
                    if (rows.getString(3).equals("table")) {
                        tables.add(rows.getString(1));
                    }
                }
            }
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
                    while (rows.next()) {
                        StringBuilder row = new StringBuilder(table);
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            String column = rows.getMetaData().getColumnName(i);
                            boolean isTime =
                                    column.toLowerCase(java.util.Locale.ROOT).matches(TIMES)
                                            || column.equalsIgnoreCase("deployment_id")
                                            || column.equalsIgnoreCase("lockedby");
                            row.append(' ').append(isTime ? "…" : rows.getString(i));
                        }
                        contents.add(row.toString());
                    }
                }
            }
        }
        return contents;
    }
}
