package io.tierguard.integration.oracle;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The two databases of a MySQL or MariaDB server that the grid uses; what an attempt leaves in them is mended thing by thing. */
final class MendedDatabase implements BedDatabase {
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final Pattern CREATED =
            Pattern.compile("CREATE (TABLE|VIEW|SEQUENCE|FUNCTION|PROCEDURE) (\\w+\\.\\w+)");

    /** Nothing but rows of tables is changed, in a transaction, by a text without these words. */
    private static final Pattern OUTLIVES_ROLLBACK = Pattern.compile(
            "create|alter|drop|rename|truncate|prepare|execute|immediate|call|wipe|commit|begin|start|lock|set |use |import|"
                    + "exchange|repair|optimize|analyze|load|grant|revoke|handler|xa |archive|autocommit|/\\*!|/\\*M!",
            Pattern.CASE_INSENSITIVE);

    private static final String IN_VERSIONED_TABLE =
            " UNION ALL SELECT CONCAT_WS('|', 'node_b', id, amount) FROM public.node_b FOR SYSTEM_TIME ALL WHERE id < 100";

    private final Engine engine;
    private final Connection keeper;
    private final Map<String, List<String>> making;
    private final String rowsQuery;
    private @Nullable Connection own;
    private MySqlContents asMade = new MySqlContents(Map.of());
    private String rowsAsMade = "";

    /** What was there after the attempt that is being looked at; null where nobody has looked yet. */
    private @Nullable MySqlContents left;

    private MendedDatabase(Engine engine, Connection keeper) {
        this.engine = engine;
        this.keeper = keeper;
        this.making = making(engine);
        this.rowsQuery = Fingerprint.resource("fingerprint-mysql.sql") + (engine.isMariaDb() ? IN_VERSIONED_TABLE : "");
    }

    static MendedDatabase open(Engine engine) throws SQLException {
        MendedDatabase database = new MendedDatabase(engine, engine.connect(engine.mySqlUrl("")));
        Bed.run(database.keeper, "SET lock_wait_timeout = 20");
        database.makeWhole();
        return database;
    }

    /** The statements that make each thing, in the order in which they can be made. */
    private static Map<String, List<String>> making(Engine engine) {
        Map<String, List<String>> making = new LinkedHashMap<>();
        for (String block : Fingerprint.resource("mysql.sql").split("\n\n")) {
            List<String> lines =
                    block.strip().lines().filter(line -> !line.startsWith("#")).toList();
            Matcher created = CREATED.matcher(lines.get(0));
            if (!created.lookingAt()) {
                throw new IllegalStateException(lines.get(0));
            }
            if (engine.isMariaDb() || !block.startsWith("# mariadb")) {
                boolean isCode =
                        created.group(1).equals("FUNCTION") || created.group(1).equals("PROCEDURE");
                making.put((isCode ? created.group(1) : "relation") + " " + created.group(2), lines);
            }
        }
        return making;
    }

    private void makeWhole() throws SQLException {
        for (String database : MySqlContents.DATABASES) {
            Bed.run(keeper, "DROP DATABASE IF EXISTS " + database);
            Bed.run(keeper, "CREATE DATABASE " + database + " CHARACTER SET utf8mb4");
        }
        Bed.run(keeper, "USE public");
        make(List.copyOf(making.keySet()));
        asMade = MySqlContents.read(keeper);
        rowsAsMade = rows(keeper);
        if (rowsAsMade.startsWith("gone")) {
            throw new IllegalStateException(rowsAsMade);
        }
    }

    private void make(Iterable<String> things) throws SQLException {
        Bed.run(keeper, "SET foreign_key_checks = 0");
        for (String thing : things) {
            for (String sql : making.getOrDefault(thing, List.of())) {
                Bed.run(keeper, sql);
            }
        }
        Bed.run(keeper, "SET foreign_key_checks = 1");
    }

    @Override
    public List<String> named(List<String> steps) {
        return steps;
    }

    @Override
    public boolean mayLeave(List<String> steps) {
        return steps.stream().anyMatch(step -> OUTLIVES_ROLLBACK.matcher(step).find());
    }

    @Override
    public Connection connect() throws SQLException {
        Connection connection = engine.connect(engine.mySqlUrl("public"));
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public Connection connection() throws SQLException {
        Connection known = own;
        if (known == null || known.isClosed()) {
            known = connect();
            own = known;
        }
        return known;
    }

    @Override
    public boolean hasChanged(Connection connection, boolean lasts) throws SQLException {
        left = null;
        if (connection.isClosed()) {
            return isChangedForGood(
                    connection); // a driver does so where it is set to a character set that it does not know
        }
        String now = rows(connection);
        boolean changed = !now.equals(rowsAsMade) && !now.equals(Fingerprint.ABORTED);
        if (changed || !lasts) {
            return changed;
        }
        // What a definition did stays, and nobody waits for what the session has locked.
        letGo(connection);
        return isChangedForGood(connection);
    }

    private String rows(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            return rows(statement);
        } catch (SQLException e) {
            return "gone: " + e.getMessage();
        }
    }

    private String rows(Statement statement) throws SQLException {
        try {
            return text(statement);
        } catch (SQLException e) {
            if (e.getErrorCode() == 1399) { // a branch that is no longer at work
                return Fingerprint.ABORTED;
            }
            if (e.getErrorCode() != 1100) {
                throw e;
            }
            statement.execute("UNLOCK TABLES");
            return text(statement);
        }
    }

    private String text(Statement statement) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(rowsQuery)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        lines.sort(null); // by no rule of the session's character set
        return String.join("\n", lines);
    }

    @Override
    public boolean isChangedForGood(Connection connection) throws SQLException {
        return !rows(keeper).equals(rowsAsMade) || !left().structure().equals(asMade.structure());
    }

    @Override
    public boolean isAsMade(Connection connection) throws SQLException {
        letGo(connection);
        return left().equals(asMade);
    }

    private MySqlContents left() throws SQLException {
        MySqlContents known = left;
        if (known == null) {
            known = MySqlContents.read(keeper);
            left = known;
        }
        return known;
    }

    /** Ends whatever the session holds that others would wait for. */
    private static void letGo(Connection connection) {
        try {
            connection.rollback();
            Bed.run(connection, "UNLOCK TABLES");
        } catch (SQLException inABranch) {
            try {
                connection.close();
            } catch (SQLException gone) {
                // It holds nothing any more.
            }
        }
    }

    @Override
    public void restore(boolean lasts) throws SQLException {
        Connection connection = connection();
        if (!lasts) {
            connection.rollback();
        } else {
            boolean whole = isAsMade(connection);
            endOwn();
            if (!whole) {
                makeAnew();
            }
        }
    }

    private void endOwn() throws SQLException {
        Connection known = own;
        if (known != null) {
            known.close();
            own = null;
        }
    }

    @Override
    public void awaitGivenUp() throws SQLException {
        long end = System.nanoTime() + LONGEST_WAIT_NANOS;
        while (runsAnything() && System.nanoTime() < end) {
            LockSupport.parkNanos(WAIT_NANOS);
        }
    }

    private boolean runsAnything() throws SQLException {
        try (Statement statement = keeper.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM information_schema.processlist"
                        + " WHERE command IN ('Query', 'Execute', 'Prepare') AND id <> CONNECTION_ID()")) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    @Override
    public void makeAnew() throws SQLException {
        endOwn();
        endBranches();
        // MariaDB keeps open what was found by the name of its file, and then lets nobody drop it.
        Bed.run(keeper, "FLUSH TABLES");
        MySqlContents now = left();
        left = null;
        if (!now.databases().equals(asMade.databases())) {
            makeWhole();
            return;
        }
        TreeSet<String> all = new TreeSet<>(now.things().keySet());
        all.addAll(asMade.things().keySet());
        List<String> toMake = new ArrayList<>();
        Bed.run(keeper, "SET foreign_key_checks = 0");
        for (String thing : all) {
            String definition = now.things().get(thing);
            if (!String.valueOf(definition)
                    .equals(String.valueOf(asMade.things().get(thing)))) {
                if (definition != null) {
                    drop(thing, definition);
                }
                toMake.add(thing);
            }
        }
        // A table of the engine MERGE that was dropped holds its parts until then.
        Bed.run(keeper, "FLUSH TABLES");
        try {
            make(making.keySet().stream().filter(toMake::contains).toList());
        } catch (SQLException leftover) {
            // Of an ALTER that failed MariaDB may keep a partition in no catalog, which goes with its database.
            makeWhole();
        }
    }

    private void drop(String thing, String definition) throws SQLException {
        String kind = thing.substring(0, thing.indexOf(' '));
        String name = thing.substring(thing.indexOf(' ') + 1).replace("`", "``");
        String quoted = "`" + name.replaceFirst("\\.", "`.`") + "`";
        String relation = definition.startsWith("CREATE SEQUENCE")
                ? "SEQUENCE"
                : definition.contains(" VIEW ") ? "VIEW" : "TABLE";
        try {
            Bed.run(keeper, "DROP " + (kind.equals("relation") ? relation : kind) + " IF EXISTS " + quoted);
        } catch (SQLException locked) {
            throw new SQLException(locked.getMessage() + ", with these sessions: " + sessions(), locked);
        }
    }

    private List<String> sessions() throws SQLException {
        List<String> sessions = new ArrayList<>();
        try (Statement statement = keeper.createStatement();
                ResultSet rows = statement.executeQuery("SHOW PROCESSLIST")) {
            while (rows.next()) {
                sessions.add(rows.getString("Id") + " " + rows.getString("State") + " " + rows.getString("Info"));
            }
        }
        return sessions;
    }

    /** What was prepared in a branch outlives its session. */
    private void endBranches() throws SQLException {
        List<String> branches = new ArrayList<>();
        try (Statement statement = keeper.createStatement();
                ResultSet rows = statement.executeQuery("XA RECOVER")) {
            while (rows.next()) {
                branches.add(rows.getString(4));
            }
        }
        for (String branch : branches) {
            Bed.run(keeper, "XA ROLLBACK '" + branch + "'");
        }
    }

    @Override
    public void close() throws SQLException {
        endOwn();
        if (!keeper.isClosed()) {
            for (String database : MySqlContents.DATABASES) {
                Bed.run(keeper, "DROP DATABASE IF EXISTS " + database);
            }
            keeper.close();
        }
    }
}
