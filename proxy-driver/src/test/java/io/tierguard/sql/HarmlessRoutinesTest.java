package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HarmlessRoutinesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query_to_xml",
                "table_to_xml",
                "cursor_to_xml",
                "schema_to_xml",
                "database_to_xml_and_xmlschema",
                "ts_stat",
                "ts_rewrite",
                "set_config",
                "setval",
                "dblink",
                "dblink_exec",
                "lo_unlink",
                "lo_import",
                "lo_export",
                "lo_put",
                "lo_truncate",
                "lo_truncate64",
                "lowrite",
                "pg_read_file",
                "pg_read_binary_file",
                "pg_ls_dir",
                "pg_stat_file",
                "pg_file_write",
                "pg_terminate_backend",
                "pg_cancel_backend",
                "pg_reload_conf",
                "pg_rotate_logfile",
                "domain_in",
                "domain_recv",
                "record_in",
                "array_in",
                "range_in",
                "multirange_in",
                "pg_logical_slot_get_changes",
                "pg_create_restore_point",
                "pg_create_logical_replication_slot",
                "pg_drop_replication_slot",
                "pg_switch_wal",
                "pg_promote",
                "pg_stat_reset",
                "pg_import_system_collations",
                "pg_extension_config_dump",
                "pg_restore_relation_stats",
                "binary_upgrade_set_next_pg_type_oid",
                "currtid2",
                "plpgsql_validator",
                "wipe",
                "",
            })
    void whatActsIsOnNoListOfPostgresql(String name) {
        assertThat(HarmlessRoutines.isHarmless(Dialect.POSTGRESQL, new RoutineCall("", name)))
                .isFalse();
        assertThat(HarmlessRoutines.isHarmless(Dialect.POSTGRESQL, new RoutineCall("pg_catalog", name)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lo_creat", "lo_create", "lo_from_bytea", "lo_get"})
    void whatMakesALargeObjectOrReadsOneIsHarmless(String name) {
        assertThat(HarmlessRoutines.isHarmless(Dialect.POSTGRESQL, new RoutineCall("", name)))
                .isTrue();
        assertThat(HarmlessRoutines.isHarmless(Dialect.POSTGRESQL, new RoutineCall("shop", name)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FILE_READ",
                "FILE_WRITE",
                "LINK_SCHEMA",
                "CSVREAD",
                "CSVWRITE",
                "CANCEL_SESSION",
                "ABORT_SESSION",
                "SET_CONFIG",
                "SETVAL",
                "EXECUTE",
                "RUNSCRIPT",
                "WIPE",
            })
    void whatActsIsOnNoListOfH2(String name) {
        assertThat(HarmlessRoutines.isHarmless(Dialect.H2, new RoutineCall("", name)))
                .isFalse();
    }

    @Test
    void everyFunctionInTheHelpOfH2IsHarmlessButThoseThatReachPastTheTables() throws SQLException {
        Set<String> acting = new TreeSet<>();
        int functions = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                Statement statement = connection.createStatement()) {
            for (char letter = 'A'; letter <= 'Z'; letter++) {
                ResultSet topics = statement.executeQuery("HELP " + letter);
                while (topics.next()) {
                    String section = topics.getString("SECTION");
                    if (section.contains("Functions")) {
                        functions++;
                        String name = topics.getString("TOPIC").split("[ (,]", 2)[0];
                        boolean harmless = HarmlessRoutines.isHarmless(
                                Dialect.H2, new RoutineCall("", name.toLowerCase(Locale.ROOT)));
                        if (!harmless) {
                            acting.add(name);
                        }
                    }
                }
            }
        }
        assertThat(functions).isGreaterThan(200);
        assertThat(acting)
                .containsExactly(
                        "ABORT_SESSION",
                        "CANCEL_SESSION",
                        "CSVREAD",
                        "CSVWRITE",
                        "FILE_READ",
                        "FILE_WRITE",
                        "LINK_SCHEMA");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lower",
                "COUNT",
                "string_agg",
                "coalesce",
                "now",
                "nextval",
                "jsonb_build_object",
                "unnest",
                "generate_series",
                "current_setting",
                "pg_backend_pid",
                "pg_get_expr",
                "format_type",
                "obj_description",
                "pg_table_is_visible",
                "has_table_privilege",
                "pg_try_advisory_lock",
                "pg_advisory_xact_lock",
                "txid_current",
                "gen_random_uuid",
                "random",
                "clock_timestamp",
                "percentile_cont",
                "row_number",
                "regexp_replace",
                "to_tsvector",
                "int4range",
                "hashtext",
                "pg_is_in_recovery",
                "pg_total_relation_size",
                "hashint4extended",
                "multirange_contains_range",
                "int4mul",
                "regrole",
                "uuid_in",
                "textout",
                "enum_in",
                "array_out",
                "textsend",
                "regclassin",
                "numerictypmodout",
                "xmlvalidate",
                "ts_match_tt",
                "date_lt_timestamptz",
                "pg_get_catalog_foreign_keys",
                "pg_event_trigger_ddl_commands",
                "pg_event_trigger_dropped_objects",
                "pg_logical_emit_message",
            })
    void ordinaryFunctionsOfPostgresqlAreHarmless(String name) {
        assertThat(HarmlessRoutines.isHarmless(Dialect.POSTGRESQL, new RoutineCall("", name)))
                .isTrue();
        assertThat(HarmlessRoutines.isHarmless(Dialect.POSTGRESQL, new RoutineCall("PG_CATALOG", name)))
                .isTrue();
        assertThat(HarmlessRoutines.isHarmless(Dialect.POSTGRESQL, new RoutineCall("public", name)))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"MYSQL", "MARIADB"})
    void whatTheSchemaSysOfMySqlHoldsIsHarmlessThereAlone(Dialect dialect) {
        assertThat(HarmlessRoutines.isHarmless(dialect, new RoutineCall("sys", "format_time")))
                .isTrue();
        assertThat(HarmlessRoutines.isHarmless(dialect, new RoutineCall("", "format_time")))
                .isFalse();
        assertThat(HarmlessRoutines.isHarmless(dialect, new RoutineCall("", "sys.format_time")))
                .isFalse();
        assertThat(HarmlessRoutines.isHarmless(dialect, new RoutineCall("shop", "format_time")))
                .isFalse();
        assertThat(HarmlessRoutines.isHarmless(dialect, new RoutineCall("sys", "execute_prepared_stmt")))
                .isFalse();
    }

    @Test
    void aQualifiedNameIsHarmlessOnlyWhereTheListSaysSo() {
        assertThat(HarmlessRoutines.isHarmless(
                        Dialect.POSTGRESQL, new RoutineCall("information_schema", "_pg_expandarray")))
                .isTrue();
        assertThat(HarmlessRoutines.isHarmless(Dialect.POSTGRESQL, new RoutineCall("", "_pg_expandarray")))
                .isFalse();
        assertThat(HarmlessRoutines.isHarmless(Dialect.H2, new RoutineCall("", "lower")))
                .isTrue();
        assertThat(HarmlessRoutines.isHarmless(Dialect.H2, new RoutineCall("public", "lower")))
                .isFalse();
    }
}
