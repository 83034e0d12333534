package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveDialectTest {

    @ParameterizedTest
    @ValueSource(strings = {"PostgreSQL", "MySQL", "MariaDB", "H2", "SQLite"})
    void aKnownDatabaseBehindAnotherDriverIsNotReadAsIfItWereUnknown(String product) throws SQLException {
        Connection real = connectionTo(product);
        assertThatThrownBy(() -> LiveDialect.of(real, Dialect.ANSI))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("the database is " + product, "a URL of its own");
    }

    @Test
    void anotherIs() throws SQLException {
        assertThat(LiveDialect.of(connectionTo("Apache Derby"), Dialect.ANSI)).isEqualTo(Dialect.ANSI);
    }

    @Test
    void whatIsReadByItsDocumentationIsThatDatabase() throws SQLException {
        assertThat(LiveDialect.of(connectionTo("Oracle"), Dialect.ORACLE)).isEqualTo(Dialect.ORACLE);
        assertThat(LiveDialect.of(connectionTo("Microsoft SQL Server"), Dialect.SQLSERVER))
                .isEqualTo(Dialect.SQLSERVER);
        Connection other = connectionTo("Babelfish");
        assertThatThrownBy(() -> LiveDialect.of(other, Dialect.SQLSERVER))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("Babelfish", "microsoft sql server");
    }

    private static Connection connectionTo(String product) throws SQLException {
        Connection real = mock(Connection.class);
        DatabaseMetaData metaData = mock(DatabaseMetaData.class);
        when(real.getMetaData()).thenReturn(metaData);
        when(metaData.getDatabaseProductName()).thenReturn(product);
        return real;
    }
}
