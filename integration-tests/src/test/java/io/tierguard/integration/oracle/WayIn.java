package io.tierguard.integration.oracle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/** What an application calls to have a statement run. */
enum WayIn {
    EXECUTE((statement, sql) -> statement.execute(sql)),
    EXECUTE_UPDATE((statement, sql) -> statement.executeUpdate(sql)),
    EXECUTE_LARGE_UPDATE((statement, sql) -> statement.executeLargeUpdate(sql)),
    EXECUTE_QUERY((statement, sql) -> statement.executeQuery(sql)),
    BATCH((statement, sql) -> {
        statement.addBatch("SELECT 1");
        statement.clearBatch();
        statement.addBatch(sql);
        statement.executeBatch();
    }),
    LARGE_BATCH((statement, sql) -> {
        statement.addBatch(sql);
        statement.executeLargeBatch();
    }),
    GENERATED_KEYS((statement, sql) -> statement.execute(sql, Statement.RETURN_GENERATED_KEYS)),
    UPDATE_GENERATED_KEYS((statement, sql) -> statement.executeUpdate(sql, Statement.RETURN_GENERATED_KEYS)),
    KEYS_BY_NUMBER((statement, sql) -> statement.executeUpdate(sql, new int[] {1})),
    KEYS_BY_NAME((statement, sql) -> statement.executeUpdate(sql, new String[] {"id"})),
    LARGE_KEYS_BY_NAME((statement, sql) -> statement.executeLargeUpdate(sql, new String[] {"id"})),
    WITHOUT_ESCAPES((statement, sql) -> {
        statement.setEscapeProcessing(false);
        statement.execute(sql);
    }),
    FETCHED((statement, sql) -> {
        statement.setFetchSize(1);
        statement.execute(sql);
    }),
    MORE_RESULTS((statement, sql) -> {
        statement.execute(sql);
        while (statement.getMoreResults() || statement.getUpdateCount() != -1) {
            // The next one.
        }
    }),
    SCROLLED {
        @Override
        void run(Connection connection, List<String> steps) throws SQLException {
            try (Statement statement =
                    connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
                for (String sql : steps) {
                    statement.execute(sql);
                }
            }
        }
    },
    PREPARED((connection, sql, statement) -> statement.execute()),
    PREPARED_UPDATE((connection, sql, statement) -> statement.executeUpdate()),
    PREPARED_LARGE_UPDATE((connection, sql, statement) -> statement.executeLargeUpdate()),
    PREPARED_QUERY((connection, sql, statement) -> statement.executeQuery()),
    PREPARED_BATCH((connection, sql, statement) -> {
        statement.addBatch();
        statement.executeBatch();
    }),
    PREPARED_DESCRIBED((connection, sql, statement) -> {
        statement.getMetaData();
        statement.execute();
    }),
    PREPARED_KEYS {
        @Override
        void run(Connection connection, List<String> steps) throws SQLException {
            for (String sql : steps) {
                try (PreparedStatement statement = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
                    bind(statement, sql);
                    statement.executeUpdate();
                }
            }
        }
    },
    PREPARED_KEYS_BY_NAME {
        @Override
        void run(Connection connection, List<String> steps) throws SQLException {
            for (String sql : steps) {
                try (PreparedStatement statement = connection.prepareStatement(sql, new String[] {"id"})) {
                    bind(statement, sql);
                    statement.execute();
                }
            }
        }
    },
    CALLED {
        @Override
        void run(Connection connection, List<String> steps) throws SQLException {
            for (String sql : steps) {
                try (CallableStatement statement = connection.prepareCall(sql)) {
                    if (sql.matches("(?s)\\{\\s*\\?.*")) {
                        statement.registerOutParameter(1, java.sql.Types.INTEGER);
                    }
                    statement.execute();
                }
            }
        }
    },
    NATIVE {
        @Override
        void run(Connection connection, List<String> steps) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                for (String sql : steps) {
                    statement.execute(connection.nativeSQL(sql));
                }
            }
        }
    },
    IN_A_SAVEPOINT {
        @Override
        void run(Connection connection, List<String> steps) throws SQLException {
            java.sql.Savepoint savepoint = connection.setSavepoint();
            EXECUTE.run(connection, steps);
            connection.releaseSavepoint(savepoint);
        }

        @Override
        boolean joins() {
            return true; // a savepoint of the steps' own would end with this one
        }
    },
    TOGETHER {
        @Override
        void run(Connection connection, List<String> steps) throws SQLException {
            EXECUTE.run(connection, List.of(String.join("; ", steps)));
        }

        @Override
        boolean joins() {
            return true;
        }
    },
    TOGETHER_PREPARED {
        @Override
        void run(Connection connection, List<String> steps) throws SQLException {
            PREPARED.run(connection, List.of(String.join(";\n", steps)));
        }

        @Override
        boolean joins() {
            return true;
        }
    },
    PREPARED_BEFORE_ALL {
        @Override
        void run(Connection connection, List<String> steps) throws SQLException {
            List<PreparedStatement> prepared = new ArrayList<>();
            for (String sql : steps) {
                prepared.add(connection.prepareStatement(sql));
            }
            for (PreparedStatement statement : prepared) {
                statement.execute();
                statement.close();
            }
        }

        @Override
        boolean joins() {
            return true;
        }
    },
    BATCH_OF_ALL {
        @Override
        void run(Connection connection, List<String> steps) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                for (String sql : steps) {
                    statement.addBatch(sql);
                }
                statement.executeBatch();
            }
        }

        @Override
        boolean joins() {
            return true;
        }
    },
    AUTO_COMMITTED {
        @Override
        void run(Connection connection, List<String> steps) throws SQLException {
            connection.setAutoCommit(true);
            try {
                EXECUTE.run(connection, steps);
            } finally {
                connection.setAutoCommit(false);
            }
        }

        @Override
        boolean lasts() {
            return true;
        }
    },
    IN_VAULT {
        @Override
        void run(Connection connection, List<String> steps) throws SQLException {
            boolean upper = connection.getMetaData().storesUpperCaseIdentifiers();
            String product = connection.getMetaData().getDatabaseProductName();
            if (product.equals("MySQL") || product.equals("MariaDB")) {
                connection.setCatalog("vault");
            } else {
                connection.setSchema(upper ? "VAULT" : "vault");
            }
            EXECUTE.run(connection, steps);
        }

        @Override
        boolean lasts() {
            return true;
        }
    },
    COPIED {
        @Override
        void run(Connection connection, List<String> steps) throws SQLException {
            for (String sql : steps) {
                try {
                    PGConnection real = connection.unwrap(PGConnection.class);
                    if (sql.toUpperCase(java.util.Locale.ROOT).contains("STDOUT")) {
                        real.getCopyAPI().copyOut(sql, Writer.nullWriter());
                    } else {
                        byte[] row = "7\t2025\n".getBytes(StandardCharsets.US_ASCII);
                        real.getCopyAPI().copyIn(sql, new ByteArrayInputStream(row));
                    }
                } catch (IOException e) {
                    throw new SQLException(e);
                }
            }
        }
    };

    @SuppressWarnings("ImmutableEnumChecker") // Every one is a lambda that captures nothing.
    private final ByStatement action;

    WayIn() {
        this((statement, sql) -> {});
    }

    WayIn(ByStatement action) {
        this.action = action;
    }

    WayIn(ByPrepared action) {
        this.action = (statement, sql) -> {
            try (PreparedStatement prepared = statement.getConnection().prepareStatement(sql)) {
                bind(prepared, sql);
                action.run(statement.getConnection(), sql, prepared);
            }
        };
    }

    /** Runs statements one after the other, until one fails. */
    void run(Connection connection, List<String> steps) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : steps) {
                action.run(statement, sql);
            }
        }
    }

    /** Whether it makes one run of all statements. */
    boolean joins() {
        return false;
    }

    /** Whether a rollback does not undo what it did to the database or the session. */
    boolean lasts() {
        return false;
    }

    private static void bind(PreparedStatement statement, String sql) throws SQLException {
        if (sql.contains("= ?")) {
            int count = sql.split("= \\?", -1).length - 1;
            for (int i = 1; i <= count; i++) {
                statement.setInt(i, 1);
            }
        }
    }

    private interface ByStatement {
        void run(Statement statement, String sql) throws SQLException;
    }

    private interface ByPrepared {
        void run(Connection connection, String sql, PreparedStatement statement) throws SQLException;
    }
}
