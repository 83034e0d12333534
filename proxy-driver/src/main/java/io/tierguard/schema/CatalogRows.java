package io.tierguard.schema;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.List;

/** Answers queries about a catalog, the result of each until the next is asked. */
@FunctionalInterface
interface CatalogRows {

    /** The rows that a query finds. */
    ResultSet of(String query) throws SQLException;

    /** Answers by a statement, each query when it is asked. */
    static CatalogRows by(Statement statement) {
        return statement::executeQuery;
    }

    /**
     * Answers these queries, in this order. They are sent at once where the driver is known to take several in one text, because
     * the way to the server and back may take longer than what most of them ask.
     */
    static CatalogRows byOneText(Statement statement, List<String> queries) throws SQLException {
        String text = String.join(";\n", queries);
        return OwnStatement.isOfPostgresql(statement) && text.length() <= Together.MOST_CHARACTERS
                ? Together.of(statement, text, queries)
                : by(statement);
    }

    /** The results of one text of several queries, of which the first is there. */
    final class Together implements CatalogRows {
        /** What is sent before anything is read must fit in the buffers on the way, or both sides would wait for each other. */
        private static final int MOST_CHARACTERS = 60_000;

        private final Statement statement;
        private final ArrayDeque<String> left;
        private boolean isFirst = true;

        private Together(Statement statement, List<String> queries) {
            this.statement = statement;
            this.left = new ArrayDeque<>(queries);
        }

        private static Together of(Statement statement, String text, List<String> queries) throws SQLException {
            statement.setFetchSize(0); // no result may be a cursor, which the next would close
            statement.execute(text);
            return new Together(statement, queries);
        }

        @Override
        public ResultSet of(String query) throws SQLException {
            if (!query.equals(left.poll())) {
                throw new IllegalStateException("the queries of one text are answered in their order");
            }
            if (!isFirst) {
                statement.getMoreResults();
            }
            isFirst = false;
            ResultSet rows = statement.getResultSet();
            if (rows == null) {
                throw new SQLException("the driver tells fewer results than it was asked for");
            }
            return rows;
        }
    }
}
