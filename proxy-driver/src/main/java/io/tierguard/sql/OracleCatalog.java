package io.tierguard.sql;

import java.util.Set;

/** The names of Oracle's own catalog, which everybody may read, and its own schemas, which nobody writes. */
final class OracleCatalog {
    /** What public synonyms lead to; a table of a user's own counts before them. */
    private static final Set<String> VIEWS = Words.of("""
            dual all_tables all_tab_columns all_tab_cols all_tab_comments all_col_comments all_objects all_constraints
            all_cons_columns all_indexes all_ind_columns all_ind_expressions all_sequences all_synonyms all_views all_users
            all_triggers all_procedures all_arguments all_source all_types all_tab_identity_cols all_mviews
            user_tables user_tab_columns user_tab_cols user_tab_comments user_col_comments user_objects user_constraints
            user_cons_columns user_indexes user_ind_columns user_ind_expressions user_sequences user_synonyms user_views
            user_users user_triggers user_procedures user_arguments user_source user_types user_tab_identity_cols
            user_mviews user_recyclebin user_tab_privs user_role_privs user_sys_privs session_privs session_roles
            nls_session_parameters nls_database_parameters nls_instance_parameters product_component_version global_name
            v$version v$session v$instance v$database v$parameter v$nls_parameters v$transaction
            """);

    private static final Set<String> SCHEMAS = Words.of("""
            sys xdb mdsys ctxsys ordsys orddata ordplugins wmsys outln dbsnmp olapsys lbacsys dvsys dvf gsmadmin_internal
            appqossys audsys ojvmsys
            """);

    private OracleCatalog() {}

    /** Whether a name without a schema means one of its views, unless a user has made something of that name. */
    static boolean holds(String name) {
        return VIEWS.contains(name);
    }

    /** Whether a schema is the database's own. */
    static boolean isSchema(String schema) {
        return SCHEMAS.contains(schema);
    }
}
