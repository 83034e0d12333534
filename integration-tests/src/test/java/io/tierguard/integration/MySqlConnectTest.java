package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a URL makes the drivers of MariaDB and MySQL do while they connect is judged or refused before it is done. */
class MySqlConnectTest {
    private static final String POLICY = """
            table ledger is ledger
            table orders is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete on tier operational
            }
            """;

    private static final List<String> REFUSED = List.of(
            "queryInterceptors=com.example.Any",
            "QUERYINTERCEPTORS=com.example.Any",
            "query%49nterceptors=com.example.Any",
            "connectionLifecycleInterceptors=com.example.Any",
            "exceptionInterceptors=com.example.Any",
            "clientInfoProvider=com.example.Any",
            "propertiesTransform=com.example.Any",
            "useConfigs=maxPerformance",
            "autoReconnect=true",
            "autoReconnectForPools=true",
            "transactionReplay=true",
            "autoDeserialize=true",
            "emulateLocators=true",
            "includeThreadNamesAsStatementComment=true",
            "useOldAliasMetadataBehavior=true",
            "sessionVariables=@a=1/*M!,@b=2*/");

    @TempDir
    private Path folder;

    private GuardedTables open(MySqlDatabase database) throws Exception {
        return GuardedTables.open(
                database,
                folder,
                POLICY,
                "CREATE TABLE ledger (id INT PRIMARY KEY, note VARCHAR(99))",
                "INSERT INTO ledger VALUES (1, 'kept')",
                "CREATE TABLE orders (id INT PRIMARY KEY)");
    }

    private static Connection connect(GuardedTables tables, String... settings) throws SQLException {
        Properties properties = new Properties();
        tables.settings().forEach(properties::setProperty);
        properties.setProperty("user", "root");
        properties.setProperty("password", "");
        StringBuilder url = new StringBuilder(tables.realUrl().replaceFirst("^jdbc:", "jdbc:tierguard:"));
        for (String setting : settings) {
            url.append('&').append(setting);
        }
        return DriverManager.getConnection(url.toString(), properties);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE FROM ledger", "SET @a = 1; DELETE FROM ledger", "USE mysql; DELETE FROM ledger"})
    void textOfTheMariaDbDriverAtConnectIsJudged(String text) throws Exception {
        try (GuardedTables tables = open(MySqlDatabase.MARIADB)) {
            assertThatThrownBy(() -> connect(tables, "initSql=" + text)).isInstanceOf(DenialException.class);
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHarmlessTextAtConnectRuns(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = connect(tables, "sessionVariables=@mine=7,wait_timeout=100");
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT @mine, @@wait_timeout")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getInt(1)).isEqualTo(7);
            assertThat(row.getInt(2)).isEqualTo(100);
        }
    }

    /** The driver decodes what the URL holds. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void aTextAtConnectMayBeEncoded(MySqlDatabase database) throws Exception {
        String modes = "sql_mode=%27STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION%27";
        try (GuardedTables tables = open(database);
                Connection connection = connect(tables, "sessionVariables=" + modes);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT @@sql_mode")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION");
        }
    }

    @ParameterizedTest
    @EnumSource
    void variablesThatTakeProtectionAwayAreDenied(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            for (String variables : new String[] {
                "foreign_key_checks=0",
                "@a=1,foreign_key_checks=0",
                "@a=%27x%27,foreign_key_checks=0",
                "@a='=%27,',foreign_key_checks=0",
                "@a='\\',@b=%27,foreign_key_checks=0"
            }) {
                assertThatThrownBy(() -> connect(tables, "sessionVariables=" + variables))
                        .as(variables)
                        .isInstanceOf(SQLException.class)
                        .isInstanceOf(DenialException.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void settingsThatGoAroundTheGuardAreRefused(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            for (String setting : REFUSED) {
                assertThatThrownBy(() -> connect(tables, setting))
                        .as(setting)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("the real driver");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void aCharacterSetThatHidesQuotesIsRefused(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            for (String encoding : new String[] {"GBK", "SJIS", "Big5", "GB18030", "Cp932"}) {
                assertThatThrownBy(() ->
                                connect(tables, "characterEncoding=" + encoding).close())
                        .as(encoding)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("character");
            }
            assertThatCode(() -> connect(tables, "characterEncoding=latin1").close())
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAnApplicationSaysOfItselfEndsNoComment(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = connect(tables);
                Statement statement = connection.createStatement()) {
            String hostile = "x */ DELETE FROM ledger -- ";
            assertThatThrownBy(() -> connection.setClientInfo("ApplicationName", hostile))
                    .isInstanceOf(SQLClientInfoException.class)
                    .hasCauseInstanceOf(DenialException.class);
            Properties all = new Properties();
            all.setProperty("ApplicationName", hostile);
            assertThatThrownBy(() -> connection.setClientInfo(all)).isInstanceOf(SQLClientInfoException.class);
            connection.setClientInfo("ApplicationName", "shop * 2 / 3");
            statement.execute("SELECT 1");
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherDatabaseIsFollowedHoweverItIsTaken(MySqlDatabase database) throws Exception {
        String other = database.createDatabase();
        String name = MySqlDatabase.nameIn(other);
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                "table " + name + ".journal is ledger\ntable * is operational\n\ncomponent app {\n"
                        + "  grant select, insert, update, delete on tier operational\n  grant select on tier ledger\n}\n",
                "CREATE TABLE journal (id INT)",
                "INSERT INTO journal VALUES (1)",
                "CREATE TABLE " + name + ".journal (id INT)",
                "INSERT INTO " + name + ".journal VALUES (1)")) {
            String own = MySqlDatabase.nameIn(tables.realUrl());
            try (Connection connection = connect(tables);
                    Statement statement = connection.createStatement()) {
                statement.execute("DELETE FROM journal");
                for (int way = 0; way < 3; way++) {
                    switch (way) {
                        case 0 -> statement.execute("USE " + name);
                        case 1 -> connection.setCatalog(name);
                        default -> {
                            connection.setSchema(own); // ignored by both drivers
                            connection.setCatalog(name);
                        }
                    }
                    assertThatThrownBy(() -> statement.execute("DELETE FROM journal"))
                            .as("way %s", way)
                            .isInstanceOf(DenialException.class);
                    connection.setSchema(own);
                    assertThatThrownBy(() -> statement.execute("DELETE FROM journal"))
                            .as("way %s after setSchema", way)
                            .isInstanceOf(DenialException.class);
                    connection.setCatalog(own);
                    statement.execute("DELETE FROM journal");
                }
            }
        } finally {
            database.dropDatabase(other);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSchemaIsFollowedWhereTheDriverTakesItForTheDatabase(MySqlDatabase database) throws Exception {
        String other = database.createDatabase();
        String name = MySqlDatabase.nameIn(other);
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                "table " + name + ".journal is ledger\ntable * is operational\n\ncomponent app {\n"
                        + "  grant select, insert, update, delete on tier operational\n}\n",
                "CREATE TABLE journal (id INT)",
                "CREATE TABLE " + name + ".journal (id INT)",
                "INSERT INTO " + name + ".journal VALUES (1)")) {
            String own = MySqlDatabase.nameIn(tables.realUrl());
            for (String term : new String[] {"databaseTerm=SCHEMA", "useCatalogTerm=Schema"}) {
                boolean isOfOther =
                        term.startsWith("databaseTerm") != tables.realUrl().startsWith("jdbc:mysql:");
                if (isOfOther) {
                    continue;
                }
                try (Connection connection = connect(tables, term);
                        Statement statement = connection.createStatement()) {
                    connection.setSchema(name);
                    assertThatThrownBy(() -> statement.execute("DELETE FROM journal"))
                            .isInstanceOf(DenialException.class);
                    connection.setCatalog(own);
                    assertThatThrownBy(() -> statement.execute("DELETE FROM journal"))
                            .isInstanceOf(DenialException.class);
                    connection.setSchema(own);
                    statement.execute("DELETE FROM journal");
                }
            }
        } finally {
            database.dropDatabase(other);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseThatIsMadeAtConnectNeedsNoPower(MySqlDatabase database) throws Exception {
        String name = "made_at_connect_" + database.ordinal();
        try (GuardedTables tables = open(database)) {
            String url =
                    database.url(name).replaceFirst("^jdbc:", "jdbc:tierguard:") + "&createDatabaseIfNotExist=true";
            Properties properties = new Properties();
            tables.settings().forEach(properties::setProperty);
            properties.putAll(Map.of("user", "root", "password", ""));
            try (Connection connection = DriverManager.getConnection(url, properties)) {
                assertThat(connection.getCatalog()).isEqualTo(name);
                assertThat(tables.count("information_schema.schemata WHERE schema_name = '" + name + "'"))
                        .isOne();
            } finally {
                tables.prepare("DROP DATABASE IF EXISTS " + name);
            }
        }
    }
}
