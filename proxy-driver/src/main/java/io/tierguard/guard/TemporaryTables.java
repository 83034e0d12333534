package io.tierguard.guard;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.schema.ViewDefinition;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.SchemaConsequences;
import io.tierguard.sql.SequenceNames;
import io.tierguard.sql.SessionChange;
import io.tierguard.sql.SqliteVirtualTable;
import io.tierguard.sql.StatementEffects;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a session may do with the tables that only it has.
 *
 * <p>INVARIANT: a name is free only where it finds a table of this session for certain and could find no other that matters:
 * a table of the database with the same name, or a pattern that names it, takes the freedom away. H2 finds a
 * table of the database first, even one that is made later, so there no pattern at all may cover the name.
 */
final class TemporaryTables {
    private static final String SCHEMA = "pg_temp";
    private static final Set<String> OF_TABLES = Set.of(
            "ALTER TABLE", "ALTER TABLE KEYS", "CREATE TABLE", "DROP TABLE", "CREATE INDEX", "TRUNCATE", "COMMENT");

    private static final Set<String> OF_SQLITE = Set.of(
            "ALTER TABLE",
            "CREATE TABLE",
            "DROP TABLE",
            "CREATE INDEX",
            "CREATE VIEW",
            "DROP VIEW",
            "CREATE VIRTUAL TABLE");

    private static final String SQLITE_SCHEMA = "temp";

    private final LivePolicy policy;

    TemporaryTables(LivePolicy policy) {
        this.policy = policy;
    }

    /** Whether a table made now would stand before one that matters. */
    boolean wouldHide(TableName table, ResolutionContext context) {
        return isNamed(table, context)
                || (context.modes().dialect() != Dialect.H2
                        && context.schema().hasTable(TableName.of(table.name()), others(context)));
    }

    /** Whether a name says itself that it is of the database that each session of SQLite has for itself. */
    boolean isNamedOfSession(TableName table, ResolutionContext context) {
        return context.modes().dialect() == Dialect.SQLITE && table.schema().equals(SQLITE_SCHEMA);
    }

    /** What there is of a session's own once a name is given: a virtual table of SQLite brings the tables of its rows. */
    List<TableName> madeWith(TableName table, String operation) {
        List<TableName> made = new ArrayList<>(List.of(table));
        if (operation.equals("CREATE VIRTUAL TABLE") || operation.equals("ALTER TABLE")) {
            for (String part : SqliteVirtualTable.ownOfAny()) {
                made.add(TableName.of(table.schema(), table.name() + "_" + part));
            }
        }
        return made;
    }

    /** Whether a table made now, which hides none, is this session's affair alone. */
    boolean mayBeFree(TableName table, ResolutionContext context) {
        TableName name = TableName.of(table.name());
        boolean isUnseen = context.schema().isUnknown() || context.schema().hasTable(name, others(context));
        return !isUnseen
                && !isNamed(table, context)
                && (context.modes().dialect() == Dialect.POSTGRESQL
                        || context.modes().dialect() == Dialect.SQLITE
                        || policy.classes(name, context).isEmpty());
    }

    /** Whether a table that code makes for its session would stand before one that matters; its name says where it is. */
    boolean wouldHideFromCode(TableName table, ResolutionContext context) {
        return policy.names(table)
                || context.schema().isUnknown()
                || context.schema().hasTable(table, List.of());
    }

    /** Whether a name that code gives to a table of its session means no other that anybody speaks of. */
    boolean isOfCodeAlone(TableName table, ResolutionContext context) {
        return !wouldHideFromCode(table, context)
                && !context.schema().isAwaited(table, List.of())
                && policy.classes(table, context).isEmpty();
    }

    /**
     * What else a name could find than a table of this session, as a phrase; empty where neither the database, in any schema, nor the
     * policy has it. PostgreSQL alone is asked.
     */
    Optional<String> otherMeaning(TableName table, ResolutionContext context) {
        SchemaSnapshot schema = context.schema();
        TableName name = TableName.of(table.name());
        if (context.modes().dialect() != Dialect.POSTGRESQL || schema.isUnknown() || !context.schemasKnown()) {
            return Optional.of("one of whatever schema");
        }
        if (!isFoundFirst(name, context)) {
            return Optional.of("the session's path names " + SCHEMA);
        }
        if (schema.hasTable(name, List.of())) {
            return Optional.of(schema.tablesNamed(name, List.of()).stream()
                    .findFirst()
                    .orElse(name)
                    .toString());
        }
        if (!schema.sequencesNamed(name, List.of()).isEmpty()) {
            return Optional.of("the database has a sequence or index called so");
        }
        if (context.temporary().views().contains(name.name())) {
            return Optional.of("the session has a temporary view called so");
        }
        if (context.modes().dialect().isSystemTable(name)) {
            return Optional.of("the server's catalogs are called so");
        }
        return isNamed(name, context) || policy.names(name)
                ? Optional.of("the policy speaks of one called so")
                : Optional.empty();
    }

    /**
     * Whether an effect is on a table of this session alone.
     *
     * @param operation the statement's leading words; what is altered or dropped must be a table, because an index, say,
     *     may have a table's name in H2
     * @param made the tables that the statement itself makes for all to see
     */
    boolean isFree(Effect effect, String operation, Set<TableName> made, ResolutionContext context) {
        TableName table = effect.table();
        if (context.modes().dialect() == Dialect.SQLITE && isSeenInSession(effect, operation, context)) {
            return true;
        }
        boolean isOnTable = switch (effect.verb()) {
            case SELECT, INSERT, UPDATE, DELETE, TRUNCATE -> true;
            case EXTEND, ALTER, DROP -> OF_TABLES.contains(operation) || setsNumbers(effect, operation, context);
            case CREATE -> false;
        };
        if (setsNumbers(effect, operation, context) && isSequenceOfOwn(table, context)) {
            return true;
        }
        return isOnTable
                && isOfSession(table)
                && context.temporary().tables().contains(table.name())
                && !made.contains(table)
                && isFoundFirst(table, context)
                && mayBeFree(table, context);
    }

    /** Whether it sets no more than the number that a sequence of PostgreSQL gives next. */
    private static boolean setsNumbers(Effect effect, String operation, ResolutionContext context) {
        return context.modes().dialect() == Dialect.POSTGRESQL && SchemaConsequences.keepsStructure(effect, operation);
    }

    /** Whether a name can only be that of the sequence of a column of such a table, as the server gives it. */
    private boolean isSequenceOfOwn(TableName name, ResolutionContext context) {
        return isOfSession(name)
                && context.temporary().tables().stream().anyMatch(table -> SequenceNames.couldBeOf(table, name.name()))
                && otherMeaning(name, context).isEmpty();
    }

    /**
     * H2 finds a table of the database first, which another session may have made since, and PostgreSQL one of a name that it gives
     * itself: only a look tells.
     */
    void noteReliance(Effect effect, JudgedText text) {
        ResolutionContext context = text.context();
        if (context.modes().dialect() == Dialect.H2
                || !context.temporary().tables().contains(effect.table().name())) {
            text.noteSweep();
        }
    }

    /** Whether nothing that another session makes could be found before it: a path may name PostgreSQL's own schema last. */
    private static boolean isFoundFirst(TableName table, ResolutionContext context) {
        return !table.schema().isEmpty()
                || context.modes().dialect() != Dialect.POSTGRESQL
                || !context.schemas().contains(SCHEMA);
    }

    /** The schemas that are not the session's own. */
    private static List<String> others(ResolutionContext context) {
        return context.modes().dialect() == Dialect.SQLITE
                ? context.searched().stream()
                        .filter(schema -> !schema.equals(SQLITE_SCHEMA))
                        .toList()
                : context.searched();
    }

    /**
     * Whether an effect is on what SQLite's catalog lists as the session's own: a table without triggers, or the structure of
     * whatever it is.
     */
    private boolean isSeenInSession(Effect effect, String operation, ResolutionContext context) {
        TableName own = effect.table().in(SQLITE_SCHEMA);
        boolean isNamedSo = effect.table().schema().equals(SQLITE_SCHEMA);
        if (!isNamedSo && !meansOwn(effect.table(), context)) {
            return false;
        }
        return switch (effect.verb()) {
            case SELECT, INSERT, UPDATE, DELETE, TRUNCATE -> context.schema().isPlainTable(own);
            case EXTEND, ALTER, DROP ->
                OF_SQLITE.contains(operation) && context.schema().hasTable(own, List.of());
            case CREATE -> isNamedSo && OF_SQLITE.contains(operation);
        };
    }

    /** Whether a name without a schema finds nothing but what SQLite keeps for the session, and the policy names nothing so. */
    private boolean meansOwn(TableName table, ResolutionContext context) {
        return table.schema().isEmpty()
                && context.schemasKnown()
                && !isNamed(table, context)
                && !context.schema().hasTable(TableName.of(table.name()), others(context));
    }

    /** What stands behind a view that SQLite's catalog lists as the session's own; empty where a name may mean another. */
    Optional<ViewDefinition> ownView(TableName table, ResolutionContext context) {
        boolean isOwn = context.modes().dialect() == Dialect.SQLITE
                && (table.schema().equals(SQLITE_SCHEMA) || meansOwn(table, context));
        return isOwn ? context.schema().definitionOfView(table.in(SQLITE_SCHEMA)) : Optional.empty();
    }

    /** Whether a name may find a view of this session alone. */
    boolean isView(TableName table, ResolutionContext context) {
        return isOfSession(table) && context.temporary().views().contains(table.name());
    }

    /** Whether code that names a table may find a view of this session alone in its place. */
    boolean hidesFromCode(TableName table, ResolutionContext context) {
        return context.temporary().views().contains(table.name());
    }

    /** Whether a statement defines a view that only this session has, because it reads such a table. */
    boolean definesUnseenView(StatementEffects.Understood statement, ResolutionContext context) {
        boolean saysSo = statement.sessionChanges().stream().anyMatch(SessionChange.TemporaryView.class::isInstance);
        return statement.operation().equals("CREATE VIEW")
                && !saysSo
                && context.modes().dialect() != Dialect.SQLITE
                && statement.effects().stream()
                        .filter(effect -> effect.verb().reads())
                        .map(Effect::table)
                        .anyMatch(table -> table.schema().startsWith(SCHEMA)
                                || (isOfSession(table)
                                        && context.temporary().tables().contains(table.name())));
    }

    /** The tables that a statement makes for all to see. */
    static Set<TableName> made(List<Effect> effects) {
        Set<TableName> made = new HashSet<>();
        for (Effect effect : effects) {
            if (effect.verb() == Verb.CREATE) {
                made.add(effect.table());
            }
        }
        return made;
    }

    /** Whether a name can mean a table of this session alone: it names no schema, or the session's own. */
    static boolean isOfSession(TableName table) {
        return table.schema().isEmpty() || table.schema().startsWith(SCHEMA);
    }

    private boolean isNamed(TableName table, ResolutionContext context) {
        TableName name = TableName.of(table.name());
        return context.schemasKnown()
                ? context.schemas().stream().anyMatch(schema -> policy.names(name.in(schema)))
                : policy.names(name);
    }
}
