package io.tierguard.policy.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A policy that passed every check; immutable and safe to share. */
public final class Policy {

    private final PolicySource source;
    private final List<Component> components;
    private final List<Tier> tiers;
    private final List<TableClass> tableClasses;
    private final TableIndex index;
    private final CodeFacts codeFacts;

    /** A policy of parts that the checks have passed; nothing is checked again here. */
    public Policy(
            PolicySource source,
            List<Tier> tiers,
            List<TableClass> tableClasses,
            List<Component> components,
            CodeFacts codeFacts) {
        this.source = source;
        this.tiers = List.copyOf(tiers);
        this.tableClasses = List.copyOf(tableClasses);
        this.components = List.copyOf(components);
        this.index = new TableIndex(this.tableClasses);
        this.codeFacts = codeFacts;
    }

    /** The name in the {@code policy} block, else the file's name without its extension. */
    public String name() {
        return source.name();
    }

    /** The hash of the file's bytes, as {@code sha256:} and hexadecimal digits. */
    public String hash() {
        return source.hash();
    }

    /** Whom to ask, or empty. */
    public String contact() {
        return source.contact();
    }

    /** The schemas, folded, that an unqualified name means where no session says so. */
    public List<String> schemaPath() {
        return source.schemaPath();
    }

    /** The components in file order. */
    public List<Component> components() {
        return components;
    }

    /** The component of exactly this name. */
    public Optional<Component> component(String name) {
        return components.stream()
                .filter(component -> component.name().equals(name))
                .findFirst();
    }

    /** The tiers in file order. */
    public List<Tier> tiers() {
        return tiers;
    }

    /** The table classes in file order. */
    public List<TableClass> tableClasses() {
        return tableClasses;
    }

    /**
     * The same policy for a server that cuts names at so many bytes of UTF-8: what the policy names longer is compared as
     * the server keeps it. Classes that then name the same table are all candidates for it.
     */
    public Policy cutTo(int bytes) {
        NameCut names = new NameCut(bytes);
        return new Policy(
                source,
                tiers,
                tableClasses.stream().map(names::tableClass).toList(),
                components.stream().map(names::component).toList(),
                codeFacts.cut(names));
    }

    /** What is left of the policy where no wildcard counts, as for tables whose rows are on another server. */
    public Policy withoutWildcards() {
        return new Policy(
                source,
                tiers,
                tableClasses.stream()
                        .filter(tableClass -> !tableClass.pattern().hasWildcard())
                        .toList(),
                components.stream().map(Component::withoutWildcards).toList(),
                codeFacts);
    }

    /** The class a table falls into; of a table whose schema or catalog is not known, the strictest that it could. */
    public Optional<TableClass> classify(TableName table) {
        return index.candidates(table).stream()
                .min(Comparator.comparing(tableClass -> tableClass.tier().kind()));
    }

    /**
     * What the policy says of a routine; its effects are held against the rights of the caller.
     *
     * @param schema the schema, or empty where the call names none; then every routine of the name may be meant
     */
    public Optional<CodeFact> routine(String schema, String name) {
        return codeFacts.routine(schema, name);
    }

    /** What the policy says of a trigger on a table; its effects are held against the rights of who sets it off. */
    public Optional<CodeFact> trigger(String name, TableName table) {
        return codeFacts.trigger(name, table);
    }

    /**
     * Whether a component may do something to a table. Where the name leaves several classes open, every one of them has
     * to allow it.
     */
    public Decision decide(Component component, Effect effect) {
        return decide(component, effect, effect.table());
    }

    /**
     * The same for a table that the statement named otherwise, for example without its schema.
     *
     * @param shown the name that a denial tells, because it is the one that its reader wrote
     */
    public Decision decide(Component component, Effect effect, TableName shown) {
        TableName table = effect.table();
        TableClass[] group = index.group(table);
        boolean classified = false;
        for (TableClass tableClass : group) {
            if (TableIndex.couldHold(tableClass, table, group)) {
                classified = true;
                if (!Rights.allow(component, effect, tableClass)) {
                    return deny(component, effect, shown);
                }
            }
        }
        return classified ? Decision.ALLOW : deny(component, effect, shown);
    }

    private Decision deny(Component component, Effect effect, TableName shown) {
        Denials denials = new Denials(component, effect.on(shown), source);
        List<TableClass> candidates = index.candidates(effect.table());
        List<TableClass> denying = candidates.stream()
                .filter(tableClass -> !Rights.allow(component, effect, tableClass))
                .toList();
        return denying.isEmpty() ? denials.ofUnclassified() : denials.of(denying, candidates);
    }
}
