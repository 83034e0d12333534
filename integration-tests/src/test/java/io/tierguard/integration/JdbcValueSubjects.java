package io.tierguard.integration;

import static io.tierguard.integration.JdbcSubject.add;

import io.tierguard.integration.JdbcSubject.Ending;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.NClob;
import java.sql.ResultSet;
import java.sql.SQLXML;
import java.util.List;

/** Values that are objects of a driver: arrays, large ones, XML; no driver here makes a Struct, Ref or RowId. */
final class JdbcValueSubjects {
    private JdbcValueSubjects() {}

    static void addTo(List<JdbcSubject> all, TestDatabase database) {
        if (!(database instanceof MySqlDatabase)) {
            arrays(all);
        }
        if (database == LiveDatabase.POSTGRESQL) {
            largeObjects(all);
        } else {
            locators(all);
        }
        add(all, "XML made", SQLXML.class, Connection::createSQLXML, Ending.NOTHING, Ending.ITSELF);
        add(
                all,
                "XML filled",
                SQLXML.class,
                connection -> {
                    SQLXML xml = connection.createSQLXML();
                    xml.setString("<a>b</a>");
                    return xml;
                },
                Ending.NOTHING,
                Ending.ITSELF);
        if (database == LiveDatabase.H2 || database == LiveDatabase.POSTGRESQL) {
            String xml = database == LiveDatabase.H2 ? "SELECT '<a>b</a>'" : "SELECT '<a>b</a>'::xml";
            add(
                    all,
                    "XML of a row",
                    SQLXML.class,
                    connection -> {
                        ResultSet rows = connection.createStatement().executeQuery(xml);
                        rows.next();
                        return rows.getSQLXML(1);
                    },
                    Ending.NOTHING,
                    Ending.ITSELF,
                    Ending.CONNECTION);
        }
    }

    private static void arrays(List<JdbcSubject> all) {
        add(
                all,
                "an array of a row",
                Array.class,
                connection -> JdbcResultSubjects.first(connection).getArray("numbers"),
                Ending.NOTHING,
                Ending.ITSELF,
                Ending.CONNECTION);
        add(
                all,
                "an array made",
                Array.class,
                connection -> connection.createArrayOf("INTEGER", new Object[] {4, 5}),
                Ending.NOTHING,
                Ending.ITSELF,
                Ending.CONNECTION);
        add(
                all,
                "rows of an array",
                ResultSet.class,
                connection ->
                        JdbcResultSubjects.first(connection).getArray("numbers").getResultSet(),
                Ending.NOTHING);
    }

    private static void locators(List<JdbcSubject> all) {
        add(
                all,
                "a blob of a row",
                Blob.class,
                connection -> JdbcResultSubjects.first(connection).getBlob("data"),
                Ending.NOTHING,
                Ending.ITSELF,
                Ending.CONNECTION);
        add(
                all,
                "a clob of a row",
                Clob.class,
                connection -> JdbcResultSubjects.first(connection).getClob("words"),
                Ending.NOTHING,
                Ending.ITSELF,
                Ending.CONNECTION);
        add(
                all,
                "an nclob of a row",
                NClob.class,
                connection -> JdbcResultSubjects.first(connection).getNClob("words"),
                Ending.NOTHING,
                Ending.ITSELF);
        add(all, "a blob made", Blob.class, Connection::createBlob, Ending.NOTHING, Ending.ITSELF);
        add(all, "a clob made", Clob.class, Connection::createClob, Ending.NOTHING, Ending.ITSELF);
        add(all, "an nclob made", NClob.class, Connection::createNClob, Ending.NOTHING, Ending.ITSELF);
    }

    private static void largeObjects(List<JdbcSubject> all) {
        add(
                all,
                "a large object of a row",
                Blob.class,
                connection -> {
                    connection.setAutoCommit(false);
                    ResultSet rows = connection.createStatement().executeQuery("SELECT large FROM item WHERE id = 1");
                    rows.next();
                    return rows.getBlob(1);
                },
                Ending.NOTHING,
                Ending.ITSELF,
                Ending.CONNECTION);
        add(
                all,
                "a large text of a row",
                Clob.class,
                connection -> {
                    connection.setAutoCommit(false);
                    ResultSet rows = connection.createStatement().executeQuery("SELECT large FROM item WHERE id = 1");
                    rows.next();
                    return rows.getClob(1);
                },
                Ending.NOTHING,
                Ending.ITSELF,
                Ending.CONNECTION);
    }
}
