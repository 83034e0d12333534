package io.tierguard.spring;

import io.tierguard.jdbc.DenialException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/** Translates a denial, alone or behind the exceptions of a batch, and leaves all else to who translated it before. */
final class DenialTranslation implements SQLExceptionTranslator {

    @Override
    public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException exception) {
        for (Throwable each : exception) {
            if (each instanceof DenialException denial) {
                return new PermissionDeniedDataAccessException(task + ": " + denial.getMessage(), exception);
            }
        }
        return null;
    }
}
