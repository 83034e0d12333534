package io.tierguard.junit;

import io.tierguard.jdbc.DenialException;
import io.tierguard.jdbc.TierguardDataSource;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** The guard of one test: what it puts around data sources, and what it has denied; safe for use by many threads. */
public final class ComponentGuard {
    private final Map<String, String> settings;
    private final List<DenialException> denials = new CopyOnWriteArrayList<>();

    ComponentGuard(Map<String, String> settings) {
        this.settings = Map.copyOf(settings);
    }

    /**
     * The same data source as the test's component may use it; put a pool around it, not inside of it.
     *
     * @throws SQLException if the settings are not those of a policy and its component
     */
    public DataSource around(DataSource real) throws SQLException {
        return new TierguardDataSource(real, settings);
    }

    /** What has been denied so far, in order. */
    public List<DenialException> denials() {
        return List.copyOf(denials);
    }

    void add(DenialException denial) {
        denials.add(denial);
    }
}
