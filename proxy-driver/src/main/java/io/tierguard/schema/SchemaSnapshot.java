package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.CalledCode;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.RoutineCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of one database, and what ties them to each other, as they were when it was read. */
public final class SchemaSnapshot {
    /** A database of which nothing is known. */
    public static final SchemaSnapshot UNKNOWN = new SchemaSnapshot(Dialect.POSTGRESQL, SchemaContent.EMPTY);

    /** A live database that does not let its catalog be read, so that whatever it could hold may be there. */
    public static final SchemaSnapshot WITHHELD = new SchemaSnapshot(Dialect.POSTGRESQL, SchemaContent.EMPTY);

    private final Dialect dialect;
    private final SchemaContent content;
    private final Set<TableName> tables;
    private final NameIndex names;
    private final NameIndex awaited;
    private final NameIndex sequences;
    private final Views views;
    private final Parts parts;
    private final Map<TableName, List<ForeignKey>> referencedBy = new HashMap<>();
    private final Map<TableName, List<Trigger>> triggersOf = new HashMap<>();
    private final Routines routines;
    private final RoutineBodies bodies;

    /**
     * A snapshot of what was found.
     *
     * @param dialect the dialect that the views are written in
     */
    SchemaSnapshot(Dialect dialect, SchemaContent content) {
        this.dialect = dialect;
        this.content = content;
        Set<TableName> all = new HashSet<>(content.tables());
        all.addAll(content.foreign());
        content.views().forEach(view -> all.add(view.name()));
        this.tables = Set.copyOf(all);
        this.names = new NameIndex(all);
        this.sequences = new NameIndex(content.sequences().keySet());
        this.views = new Views(dialect, content.views(), names);
        this.parts = new Parts(content.children());
        content.foreignKeys().forEach(key -> listed(referencedBy, key.parent(), key));
        this.awaited = new NameIndex(referencedBy.keySet().stream()
                .filter(parent -> !all.contains(parent))
                .toList());
        this.routines = new Routines(dialect, content.code());
        this.bodies = new RoutineBodies(content.code().routines());
        content.triggers().forEach(trigger -> listed(triggersOf, trigger.table(), trigger));
    }

    private static <K, V> void listed(Map<K, List<V>> lists, K key, V value) {
        lists.computeIfAbsent(key, first -> new ArrayList<>()).add(value);
    }

    /** The same with what a transaction has changed between two readings of its own; itself where there is nothing to tell. */
    public SchemaSnapshot withChanges(SchemaSnapshot before, SchemaSnapshot after) {
        boolean isNone = isUnknown() || after.isUnknown();
        return isNone
                ? this
                : new SchemaSnapshot(dialect, new SchemaMerge(before.content, after.content).into(content));
    }

    /** Whether it is read in a dialect. */
    boolean isIn(Dialect other) {
        return dialect == other;
    }

    /** The parts of a table between which an UPDATE of it may move rows, by what places them. */
    public Set<TableName> partsThatRowsMoveBetween(Effect update, List<String> searched) {
        Set<TableName> between = new HashSet<>();
        for (TableName table : tablesNamed(update.table(), searched)) {
            for (TableName placed : partsOf(table)) {
                if (partitionKeys().placeBy(placed, update.columns())) {
                    between.addAll(partsOf(placed));
                }
            }
            if (partitionKeys().placeBy(table, update.columns())) {
                between.addAll(partsOf(table));
            }
        }
        return between;
    }

    /** Whether what is changed is a catalog, whatever users have of its name; what is made goes to a schema of theirs. */
    boolean isOfCatalogFirst(Effect effect) {
        return !effect.verb().reads() && effect.verb() != Verb.CREATE && dialect.findsCatalogFirst(effect.table());
    }

    /** Whether nothing is known of the database. */
    public boolean isUnknown() {
        return this == UNKNOWN || isWithheld();
    }

    /** Whether nothing is known of a database that may hold anything. */
    public boolean isWithheld() {
        return this == WITHHELD;
    }

    /** Whether a name that is not in it is a table that the driver keeps to itself. */
    boolean listsAll() {
        return dialect.isReadOnRequest() && !isUnknown();
    }

    /** Whether a name that reads like a column's may be the call of a function without arguments. */
    boolean callsByNameAlone() {
        return dialect == Dialect.ORACLE;
    }

    /** Whether one of its routines could be called in the place of one of the server's of the same name, as PostgreSQL lets a path say. */
    boolean findsOtherRoutinesFirst() {
        return dialect == Dialect.POSTGRESQL && !routines.areNone();
    }

    /** Whether a call means no routine that anybody has seen, but one of the server's at most. */
    public boolean lacksRoutine(RoutineCall call, List<String> searched) {
        return !isUnknown() && routines.named(call, searched).isEmpty();
    }

    /** Whether a call that reaches no routine of a user's own, as far as is known, can only reach one that is harmless. */
    boolean isHarmlessUndefined(RoutineCall call) {
        return !isUnknown() && call.isHarmlessUnlessDefined(dialect);
    }

    /** Whether a call that means no routine of a user's could be one of the server's that is not harmless. */
    public boolean couldBeOfServer(RoutineCall call) {
        return isUnknown() || (dialect.isOfMySqlFamily() ? call.couldReachOut(dialect) : code().couldBeOfServer(call));
    }

    /** The routine of the server that a name behind a dot could call, where that is not known to be harmless. */
    Optional<RoutineCall> calledAsField(String field) {
        return isUnknown() ? Optional.empty() : RoutineCall.ofField(dialect, field);
    }

    /** Whether two snapshots tell the same. */
    boolean sameAs(SchemaSnapshot other) {
        return content.sameAs(other.content);
    }

    /** What another reading of the same schema tells otherwise. */
    public SchemaDifference differenceTo(SchemaSnapshot other) {
        boolean isNone = this == other || isUnknown() || other.isUnknown();
        return isNone ? SchemaDifference.NONE : SchemaDifference.between(content, other.content);
    }

    /** Whether every query of a view and body of a routine was told, which is withheld while another session changes it or what it names. */
    boolean isWhole() {
        return views.areWhole() && content.code().routines().stream().noneMatch(Routine::isWithheld);
    }

    /** The same with the queries of views that were withheld, as an older reading of the same database has them. */
    SchemaSnapshot withQueriesOf(SchemaSnapshot older) {
        return isWhole() || older.isUnknown()
                ? this
                : new SchemaSnapshot(dialect, content.withQueriesOf(older.content));
    }

    /** Every table and view, the database's own catalogs apart. */
    public Set<TableName> tables() {
        return tables;
    }

    /**
     * The hashes of the bodies that routines of a name have, all of them; none where any of them is not known.
     *
     * @param schema the schema, folded; empty where the name could be in any
     */
    public Set<String> bodiesOf(String schema, String name) {
        return bodies.of(schema, name);
    }

    /**
     * What a call by a statement of its own comes to where the body of the one routine that it means does more than to change
     * rows; empty for any other.
     *
     * @param searched the schemas in which a name without one is looked for; empty for all
     */
    public Optional<CalledCode> calledCode(RoutineCall call, List<String> searched) {
        return routines.called(call, searched);
    }

    /** Whether code is kept that runs by the clock. */
    public boolean hasEvents() {
        return !code().events().isEmpty();
    }

    /** The routines that are no part of the server. */
    Routines routines() {
        return routines;
    }

    /** What runs although no statement calls it. */
    UserCode code() {
        return content.code();
    }

    /** Whether it may hold code of a user's own that a statement calls or sets off. */
    public boolean holdsCode() {
        return isUnknown() || !routines.areNone() || !content.triggers().isEmpty();
    }

    /** Whether the values of any type run code of a user's own. */
    public boolean hasCodeOfTypes() {
        return !code().ofTypes().isEmpty();
    }

    /** Whether the values of a type do, or conversions of them; its name as the catalog has it, in lower case. */
    public boolean runsCode(String type) {
        return code().ofTypes().containsKey(TableName.fold(type));
    }

    @Nullable
    View view(TableName name) {
        return views.named(name);
    }

    /** Whether the triggers of a table are shown to the user who read the schema, if it has any. */
    boolean showsTriggersOf(TableName table) {
        return content.traits().sight().showsTriggersIn(table.schema());
    }

    /** Whether the tables are shown to that user that may have foreign keys to a table. */
    boolean showsReferencing(TableName table) {
        return content.traits().sight().showsTablesIn(table.schema());
    }

    /** Whether a change of a view's rows is one of the tables behind it; else it is what the view's triggers make of it. */
    boolean writesThroughViews() {
        return dialect != Dialect.SQLITE;
    }

    /** Whether the rows of a table are deleted before it is dropped, as far as foreign keys act on that. */
    boolean deletesBeforeDrop() {
        return dialect == Dialect.SQLITE;
    }

    /** Whether the rows of a table are read, as by a query, when its structure changes. */
    boolean readsWhatIsAltered() {
        return dialect == Dialect.H2;
    }

    /** Whether a table is a sequence of which one writes the row. */
    boolean isWrittenSequence(TableName table) {
        return dialect == Dialect.MARIADB && replacesRows(table);
    }

    /** Whether a row that is added to a table, or changed in it, may take others away by the table's own constraints. */
    boolean replacesRows(TableName table) {
        return content.traits().replacing().contains(table);
    }

    /** Whether a constraint, an index or a trigger may rest on what LIKE means to the session that writes. */
    public boolean mayCompareByLike() {
        return isUnknown() || content.traits().isComparedByLike();
    }

    /** The virtual tables. */
    VirtualTables virtualTables() {
        return content.traits().virtual();
    }

    /**
     * Whether what a table stores of computed columns may be another once the server has written the table anew, by the session's
     * time zone, precision and the like.
     */
    boolean computesAnew(TableName table) {
        return content.traits().computing().contains(table);
    }

    /** Whether whatever adds to a table may have the server write it anew. */
    boolean rebuildsToExtend() {
        return dialect.isOfMySqlFamily();
    }

    /** The columns of a table that the server sets in each row that an update changes. */
    Set<String> setOnUpdate(TableName table) {
        return content.traits().setOnUpdate().getOrDefault(table, Set.of());
    }

    /**
     * Whether a name could mean a table whose changes no rollback undoes.
     *
     * @param schemas the schemas that the session searches; empty when they are not known
     */
    public boolean isLasting(TableName name, List<String> schemas) {
        // A table of H2 that is linked to another database changes that by a connection of its own, in auto-commit.
        return tablesNamed(name, schemas).stream().anyMatch(content.traits().lasting()::contains)
                || (dialect == Dialect.H2 && couldBeForeign(name, schemas));
    }

    ViewDefinition definitionOf(View view) {
        return views.definitionOf(view);
    }

    /** What the view of a name stands for; empty where it names no view. */
    public Optional<ViewDefinition> definitionOfView(TableName name) {
        return Optional.ofNullable(views.named(name)).map(this::definitionOf);
    }

    /** Whether the query of a view could do what nobody sees. */
    boolean couldHideCode(View view) {
        return !definitionOf(view).isReadable();
    }

    /** Whether names in the query of a view mean what they meant to whoever made it, as H2 keeps those of materialized views. */
    boolean isAsWritten(View view) {
        return dialect == Dialect.H2 && view.kind() == View.Kind.MATERIALIZED;
    }

    List<ForeignKey> referencing(TableName parent) {
        return referencedBy.getOrDefault(parent, List.of());
    }

    /** The names of the tables to which a table of a name refers by foreign keys that are not enforced. */
    public Set<String> referredWithoutEffect(String child) {
        return content.foreignKeys().stream()
                .filter(key -> !key.isEnforced() && key.child().name().equals(child))
                .map(key -> key.parent().name())
                .collect(Collectors.toSet());
    }

    /** The triggers and rules of a table or view, those among them that are switched off. */
    public List<Trigger> triggersOf(TableName table) {
        return triggersOf.getOrDefault(table, List.of());
    }

    Set<TableName> childrenOf(TableName parent) {
        return parts.childrenOf(parent);
    }

    /** The tables that are parts of a table, at any distance. */
    public Set<TableName> partsOf(TableName parent) {
        return parts.allOf(parent);
    }

    /** The tables that a table is a part of, at any distance. */
    Set<TableName> parentsOf(TableName child) {
        return parts.allAbove(child);
    }

    /**
     * Whether a name could mean a table or view.
     *
     * @param schemas the schemas that the session searches; empty when they are not known
     */
    public boolean hasTable(TableName name, List<String> schemas) {
        return !tablesNamed(name, schemas).isEmpty();
    }

    /** Whether a view of any schema, or another name for a table, has a name. */
    public boolean hasViewNamed(String name) {
        return hasView(TableName.of(name), List.of());
    }

    /**
     * Whether a name could mean a view, or another name for a table.
     *
     * @param schemas the schemas that the session searches; empty when they are not known
     */
    public boolean hasView(TableName name, List<String> schemas) {
        return tablesNamed(name, schemas).stream().anyMatch(named -> views.named(named) != null);
    }

    /** Whether there is a table of a name, which is no view and has no triggers. */
    public boolean isPlainTable(TableName table) {
        return tables.contains(table)
                && views.named(table) == null
                && triggersOf(table).stream().noneMatch(Trigger::isOn);
    }

    /** What the columns of the tables are known to do that a name means. */
    public NamedColumns columnsOf(TableName name, List<String> schemas) {
        return new NamedColumns(this, content, tablesNamed(name, schemas));
    }

    /** Whether a table belongs to another, as its partition or by inheritance. */
    public boolean isPart(TableName table) {
        return parts.isPart(table);
    }

    /**
     * Whether a name could mean a table whose rows are on another server.
     *
     * @param schemas the schemas that the session searches; empty when they are not known
     */
    public boolean couldBeForeign(TableName name, List<String> schemas) {
        return tablesNamed(name, schemas).stream().anyMatch(content.foreign()::contains);
    }

    /** Whether there is certainly no table whose rows are on another server. */
    public boolean lacksForeignTables() {
        return !isUnknown() && content.foreign().isEmpty();
    }

    /**
     * Whether a name means no table but those whose rows are on another server.
     *
     * @param schemas the schemas that the session searches; empty when they are not known
     */
    public boolean isForeign(TableName name, List<String> schemas) {
        List<TableName> named = tablesNamed(name, schemas);
        return !named.isEmpty()
                && content.foreign().containsAll(named)
                && named.stream().noneMatch(content.tables()::contains);
    }

    /**
     * The sequences that a name could mean.
     *
     * @param schemas the schemas that the session searches; empty when they are not known
     */
    public List<TableName> sequencesNamed(TableName name, List<String> schemas) {
        return sequences.named(name, schemas);
    }

    /** Whether a table owns a sequence. */
    public boolean isOwned(TableName sequence) {
        return !ownersOf(sequence).isEmpty();
    }

    PartitionKeys partitionKeys() {
        return content.traits().partitionKeys();
    }

    /** The sequences and indexes that a table owns. */
    List<TableName> sequencesOf(TableName owner) {
        return content.sequences().entrySet().stream()
                .filter(owned -> owned.getValue().contains(owner))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What uses what, beyond foreign keys, views' tables and inheritance. */
    Dependencies dependencies() {
        return content.dependencies();
    }

    /** The views that read a table by name, where the catalog lists what they read or their query can be read. */
    List<View> viewsOn(TableName table) {
        return views.on(table);
    }

    /** Whether some columns of a table are certainly no key, so that whoever refers to them has the database make one. */
    boolean lacksKey(TableName table, Set<String> columns) {
        return content.tables().contains(table)
                && !content.keys().getOrDefault(table, Set.of()).contains(columns);
    }

    /** The tables that own a sequence or index. */
    Set<TableName> ownersOf(TableName sequence) {
        return content.sequences().getOrDefault(sequence, Set.of());
    }

    /**
     * The tables that a name could mean.
     *
     * @param schemas the schemas that the session searches; empty when they are not known
     */
    public List<TableName> tablesNamed(TableName name, List<String> schemas) {
        return names.named(name, schemas);
    }

    /**
     * The tables that a name could mean once somebody makes them, and to which foreign keys refer already, as MariaDB, MySQL and
     * SQLite let them.
     */
    List<TableName> awaitedNamed(TableName name, List<String> schemas) {
        return awaited.named(name, schemas);
    }

    /**
     * Whether foreign keys refer to a name already that means nothing yet.
     *
     * @param schemas the schemas that the session searches; empty when they are not known
     */
    public boolean isAwaited(TableName name, List<String> schemas) {
        return !awaitedNamed(name, schemas).isEmpty();
    }

    /** The tables whose rows are read by a name: those that it could mean, and those of an index that it could mean. */
    Set<TableName> tablesReadAs(TableName name, List<String> schemas) {
        Set<TableName> found = new HashSet<>(tablesNamed(name, schemas));
        sequencesNamed(name, schemas).forEach(index -> found.addAll(ownersOf(index)));
        return found;
    }
}
