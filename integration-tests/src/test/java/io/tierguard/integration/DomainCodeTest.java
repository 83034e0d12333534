package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a domain checks or computes runs wherever something is converted to it, in tables and in statements; rule V35. */
class DomainCodeTest {
    private static final String RULES = """
            table ledger is ledger

            table part_* is operational

            component app {
              grant select, insert on ledger
              grant select, insert, update, delete, create, extend, alter on tier operational
            }
            """;

    private static final String[] TABLES = {
        "CREATE TABLE ledger (id INT, amount INT)", "INSERT INTO ledger VALUES (1, 10), (2, 20)",
    };

    @TempDir
    private Path folder;

    @Test
    void whatConvertsToADomainRunsItsCheckWhereverItIsKept() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, TABLES)) {
            tables.prepare(
                    "CREATE FUNCTION clears(i INT) RETURNS bool LANGUAGE plpgsql AS"
                            + " 'BEGIN EXECUTE concat(''DELETE FROM ledger''); RETURN true; END'",
                    "CREATE FUNCTION clears_quietly(i INT) RETURNS bool IMMUTABLE LANGUAGE plpgsql AS"
                            + " 'BEGIN RETURN clears(i); END'",
                    "CREATE DOMAIN clearing AS INT CHECK (clears_quietly(VALUE))",
                    "CREATE DOMAIN nesting AS INT CHECK ((VALUE::clearing) > 0)",
                    "CREATE TYPE pair AS (a clearing, b INT)",
                    "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                    "CREATE TABLE part_default (id INT, k INT DEFAULT 5::clearing)",
                    "CREATE TABLE part_row (id INT, k INT DEFAULT ((ROW(6, 1)::pair).a))",
                    "CREATE TABLE part_array (id INT, k INT DEFAULT (ARRAY[7]::clearing[])[1])",
                    "CREATE TABLE part_check (id INT CHECK ((id::clearing) > 0))",
                    "CREATE TABLE part_generated (id INT, k INT GENERATED ALWAYS AS (id::clearing) STORED)",
                    "CREATE TABLE part_index (id INT)",
                    "CREATE INDEX clearing_index ON part_index ((id::clearing))",
                    "CREATE TABLE part_condition (id INT)",
                    "CREATE TRIGGER x BEFORE INSERT ON part_condition FOR EACH ROW WHEN ((NEW.id::clearing) > 0)"
                            + " EXECUTE FUNCTION nothing()",
                    "CREATE TABLE part_nesting (id nesting)",
                    "CREATE TABLE part_nothing (id INT DEFAULT 1 CHECK (id > 0))");
            tables.assertAllowed("INSERT INTO part_nothing VALUES (1)");
            for (String table : List.of(
                    "part_default",
                    "part_row",
                    "part_array",
                    "part_check",
                    "part_generated",
                    "part_index",
                    "part_condition",
                    "part_nesting")) {
                tables.assertDenied(Reason.UNKNOWN_ROUTINE, "INSERT INTO " + table + " (id) VALUES (1)", "clears");
                tables.prepare("INSERT INTO ledger VALUES (100, 1)", "INSERT INTO " + table + " (id) VALUES (1)");
                assertThat(tables.count("ledger")).as(table).isZero();
            }
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT 6::nesting", "clears");
        }
    }

    @Test
    void whatConvertsToADomainOfH2RunsItsCheckWhereverItIsKept() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.H2, folder, RULES, TABLES)) {
            tables.prepare(
                    "CREATE ALIAS wipe AS 'int wipe(java.sql.Connection c) throws Exception {"
                            + " c.createStatement().execute(\"DELETE FROM ledger\"); return 1; }'",
                    "CREATE DOMAIN clearing AS INT CHECK (wipe() >= 0)",
                    "CREATE DOMAIN nesting AS INT CHECK (CAST(VALUE AS clearing) > 0)",
                    "CREATE TABLE part_check (id INT, CHECK (CAST(id AS clearing) > 0))",
                    "CREATE TABLE part_generated (id INT, k INT GENERATED ALWAYS AS (CAST(id AS clearing) + 1))",
                    "CREATE TABLE part_nesting (id nesting)");
            for (String sql : List.of(
                    "INSERT INTO part_check VALUES (1)",
                    "INSERT INTO part_generated (id) VALUES (1)",
                    "INSERT INTO part_nesting VALUES (1)",
                    "SELECT CAST(1 AS nesting)")) {
                tables.assertDenied(Reason.UNKNOWN_ROUTINE, sql, "wipe");
            }
            tables.prepare("INSERT INTO part_check VALUES (1)");
            assertThat(tables.count("ledger")).isZero();
        }
    }

    @Test
    void whatADomainOfH2ComputesIsSeenWhereverTheDomainIs() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.H2, folder, RULES, TABLES)) {
            tables.prepare(
                    "CREATE ALIAS wipe AS 'int wipe(java.sql.Connection c) throws Exception {"
                            + " c.createStatement().execute(\"DELETE FROM ledger\"); return 1; }'",
                    "CREATE DOMAIN base_id AS INT CHECK (VALUE > 0 AND wipe() = 1)",
                    "CREATE DOMAIN order_id AS base_id",
                    "CREATE DOMAIN seq_id AS INT DEFAULT wipe()",
                    "CREATE DOMAIN plain_id AS INT DEFAULT ABS(-1) CHECK (VALUE > 0)",
                    "CREATE TABLE part_nested (id order_id)",
                    "CREATE TABLE part_plain (id plain_id)");
            tables.assertAllowed("INSERT INTO part_plain VALUES (1)", "SELECT CAST(1 AS plain_id)");
            for (String sql : List.of(
                    "INSERT INTO part_nested VALUES (1)",
                    "SELECT CAST(1 AS order_id)",
                    "ALTER TABLE part_plain ADD COLUMN s seq_id",
                    "CREATE LOCAL TEMPORARY TABLE fresh (a seq_id)")) {
                tables.assertDenied(Reason.UNKNOWN_ROUTINE, sql, "wipe");
            }
            tables.prepare("INSERT INTO part_nested VALUES (1)");
            assertThat(tables.count("ledger")).isZero();
        }
    }
}
