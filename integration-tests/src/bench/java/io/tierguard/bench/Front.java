package io.tierguard.bench;

import com.alibaba.druid.pool.DruidDataSource;
import com.alibaba.druid.wall.WallConfig;
import com.alibaba.druid.wall.WallFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** What stands in front of H2. */
public enum Front {
    /** Nothing. */
    BARE,
    /** The guard, with a policy whose traffic is not recorded. */
    TIERGUARD,
    /** p6spy without logging. */
    P6SPY,
    /** Druid with its filter of SQL, which is a pool too. */
    DRUID;

    private static final String POLICY =
            """
            tier live is mutable {
              audit denied
            }
            table item is live
            component shop {
              grant select, insert, update, delete on item
            }
            """;

    /** A way to connections. */
    public interface Connections extends AutoCloseable {
        /** Another connection. */
        Connection open() throws SQLException;

        @Override
        void close();
    }

    /**
     * Connections to a database.
     *
     * @param real its URL without {@code jdbc:}
     * @param most how many are open at a time
     */
    public Connections connections(String real, int most) throws IOException {
        if (this == DRUID) {
            return druid(real, most);
        }
        String url = url(real);
        return new Connections() {
            @Override
            public Connection open() throws SQLException {
                return DriverManager.getConnection(url, "sa", "");
            }

            @Override
            public void close() {}
        };
    }

    /** The URL by which a pool connects. */
    public String url(String real) throws IOException {
        return switch (this) {
            case BARE, DRUID -> "jdbc:" + real;
            case P6SPY -> {
                System.setProperty("p6spy.config.modulelist", "com.p6spy.engine.spy.P6SpyFactory");
                yield "jdbc:p6spy:" + real;
            }
            case TIERGUARD -> {
                Path folder = Files.createTempDirectory("tierguard-bench");
                Path policy = Files.writeString(folder.resolve("bench.tierguard"), POLICY);
                yield "jdbc:tierguard:" + real + ";tierguard.policy=" + policy + ";tierguard.component=shop"
                        + ";tierguard.audit=" + folder.resolve("audit.jsonl");
            }
        };
    }

    private static Connections druid(String real, int most) {
        WallFilter wall = new WallFilter();
        wall.setDbType("h2");
        wall.setConfig(new WallConfig());
        DruidDataSource pool = new DruidDataSource();
        pool.setUrl("jdbc:" + real);
        pool.setUsername("sa");
        pool.setPassword("");
        pool.setMaxActive(most);
        pool.setProxyFilters(List.of(wall));
        return new Connections() {
            @Override
            public Connection open() throws SQLException {
                return pool.getConnection();
            }

            @Override
            public void close() {
                pool.close();
            }
        };
    }
}
