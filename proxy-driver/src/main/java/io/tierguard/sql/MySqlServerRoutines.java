package io.tierguard.sql;

import java.util.List;
import java.util.Set;

/**
 * The built-in and loadable functions of MySQL and MariaDB that reach past the session, which no catalog lists.
 *
 * <p>One that is missing here is held to what it does all the same, where it is called: this says only which names a definition
 * cannot mean as a routine that is made later.
 */
final class MySqlServerRoutines {
    private static final Set<String> NAMES = Words.of("""
            load_file setval master_pos_wait master_gtid_wait source_pos_wait wait_for_executed_gtid_set
            wait_until_sql_thread_after_gtids sys_exec sys_eval sys_get sys_set load_rewrite_rules
            flush_rewrite_rules set_firewall_mode set_firewall_group_mode normalize_statement
            """);

    private static final List<String> BEGINNINGS = List.of(
            "asynchronous_connection_failover_",
            "audit_api_",
            "audit_log_",
            "firewall_",
            "group_replication_",
            "keyring_",
            "lib_mysqludf_",
            "mysql_firewall_",
            "option_tracker_",
            "service_",
            "spider_",
            "version_tokens_");

    private MySqlServerRoutines() {}

    static boolean couldBe(RoutineCall call) {
        String name = call.name();
        return call.schema().isEmpty()
                && (NAMES.contains(name) || BEGINNINGS.stream().anyMatch(name::startsWith));
    }
}
