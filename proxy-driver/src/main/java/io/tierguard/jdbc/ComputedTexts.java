package io.tierguard.jdbc;

import io.tierguard.schema.OwnStatement;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.PreparedExpression;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the session what text a statement would prepare or run, where variables of the session hold it, as migrations of MySQL and
 * MariaDB have it that change a table only where it is not changed yet.
 */
final class ComputedTexts {
    private static final Logger LOG = LoggerFactory.getLogger(ComputedTexts.class);

    private final Connection real;
    private final Dialect dialect;

    ComputedTexts(Connection real, Dialect dialect) {
        this.real = real;
        this.dialect = dialect;
    }

    /**
     * The text as it would run now: with what the variables in it hold. What is no such statement, or whose text cannot be asked
     * for, stays as it is, and is refused.
     */
    String told(String sql) {
        Optional<PreparedExpression> prepared = PreparedExpression.of(dialect, sql);
        if (prepared.isEmpty()) {
            return sql;
        }
        try (Statement own = OwnStatement.of(real);
                ResultSet row = own.executeQuery(
                        "SELECT HEX(CONVERT(" + prepared.get().expression() + " USING utf8mb4)) LIMIT 1")) {
            return row.next()
                    ? ascii(row.getString(1)).map(prepared.get()::running).orElse(sql)
                    : sql;
        } catch (SQLException unknown) {
            LOG.debug("the session does not tell what it would prepare", unknown);
            return sql;
        }
    }

    /**
     * What hexadecimal digits stand for, which no character set of the session's changes on its way; empty of anything but ASCII, which
     * the server converts to the session's character set before it reads it.
     */
    private static Optional<String> ascii(@Nullable String digits) {
        if (digits == null) {
            return Optional.empty();
        }
        byte[] bytes = HexFormat.of().parseHex(digits);
        for (byte each : bytes) {
            if (each < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(new String(bytes, StandardCharsets.US_ASCII));
    }
}
