package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.sql.Dialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SavepointTextTest {
    @ParameterizedTest
    @CsvSource({
        "SAVEPOINT a, SET, a",
        "savepoint \"A\" ;, SET, a",
        "SAVEPOINT `a1`, SET, a1",
        "ROLLBACK TO b, RETURN, b",
        "rollback work to savepoint b, RETURN, b",
        "ROLLBACK TRANSACTION TO SAVEPOINT b;, RETURN, b",
        "RELEASE b, NOTHING, ''",
        "SELECT 1, NOTHING, ''",
        "insert into note values (1);, NOTHING, ''",
    })
    void thePlainestTextsAreRead(String sql, SavepointText.Kind kind, String name) {
        assertThat(SavepointText.of(sql, Dialect.MYSQL)).isEqualTo(new SavepointText(kind, name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SAVEPOINT \u00e4",
                "SAVEPOINT `a b`",
                "SAVEPOINT `a;b`",
                "SAVEPOINT savepoint",
                "SAVEPOINT tierguard_run",
                "SAVEPOINT JDBC_SAVEPOINT_3",
                "SAVEPOINT _jid_1",
                "SAVEPOINT a0123456789012345678901234567890",
                "/* */ SAVEPOINT a",
                "SAVEPOINT a -- b",
                "SELECT 1; SAVEPOINT a",
                "SELECT 'savepoint'",
                "CALL p()",
                "SELECT 1; CALL p()",
                "EXECUTE s",
                "ROLLBACK",
                "COMMIT",
                "CREATE TABLE t (id INT)",
            })
    void whatMaySetAnyIsNotKnown(String sql) {
        SavepointText.Kind kind = SavepointText.of(sql, Dialect.MARIADB).kind();
        assertThat(kind).isEqualTo(SavepointText.Kind.UNKNOWN);
    }
}
