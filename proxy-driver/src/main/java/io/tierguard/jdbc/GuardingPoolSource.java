package io.tierguard.jdbc;

import java.sql.SQLException;
import java.util.Map;
import javax.sql.CommonDataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the data sources for pools and for distributed transactions share: they guard those of another data source, or of the
 * real driver's own, which they make as its URL asks.
 */
abstract class GuardingPoolSource<R extends CommonDataSource> extends GuardingDataSource {
    private final Class<R> type;
    private final @Nullable R given;

    /** Made when it is first asked for. */
    private @Nullable R made;

    GuardingPoolSource(Class<R> type) {
        this.type = type;
        this.given = null;
    }

    GuardingPoolSource(Class<R> type, R given, Map<String, String> settings) throws SettingsException {
        super(settings);
        this.type = type;
        this.given = given;
    }

    @Override
    final synchronized R real() throws SQLException {
        R real = given == null ? made : given;
        if (real == null) {
            TierguardUrl url = byUrl.parsed();
            real = RealDataSources.create(type, url.realUrl(), url.dialect(), byUrl.user(), byUrl.password());
            made = real;
        }
        return real;
    }

    @Override
    final synchronized void located() {
        made = null;
    }

    /** The real data source, once what it makes the database run while it connects has been passed. */
    final R admitted() throws SQLException {
        admitConnecting();
        return real();
    }
}
