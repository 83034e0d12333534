package io.tierguard.policy.model;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A policy that passed every check; immutable and safe to share. */
public final class Policy {

    private final PolicySource source;
    private final List<Component> components;
    private final List<Tier> tiers;
    private final List<TableClass> tableClasses;
    private final TableIndex index;
    private final CodeFacts codeFacts;
    private final Concessions concessions;
    private final Map<String, Concessions> concessionsByComponent;
    private final Concessions concessionsToEveryone;

    /** A policy of parts that the checks have passed; nothing is checked again here. */
    public Policy(
            PolicySource source,
            List<Tier> tiers,
            List<TableClass> tableClasses,
            List<Component> components,
            CodeFacts codeFacts,
            Concessions concessions) {
        this(
                source,
                List.copyOf(tiers),
                List.copyOf(tableClasses),
                new TableIndex(tableClasses),
                List.copyOf(components),
                codeFacts,
                concessions);
    }

    private Policy(
            PolicySource source,
            List<Tier> tiers,
            List<TableClass> tableClasses,
            TableIndex index,
            List<Component> components,
            CodeFacts codeFacts,
            Concessions concessions) {
        this.source = source;
        this.tiers = tiers;
        this.tableClasses = tableClasses;
        this.index = index;
        this.components = components;
        this.codeFacts = codeFacts;
        this.concessions = concessions;
        this.concessionsByComponent = concessions.byComponent();
        this.concessionsToEveryone = concessionsByComponent.getOrDefault(Concessions.EVERYONE, Concessions.NONE);
    }

    /** The same policy with other concessions. */
    public Policy conceding(Concessions others) {
        return new Policy(source, tiers, tableClasses, index, components, codeFacts, others);
    }

    /** The name in the {@code policy} block, else the file's name without its extension. */
    public String name() {
        return source.name();
    }

    /** The hash of the bytes of the policy's file and of those it includes, as {@code sha256:} and hexadecimal digits. */
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

    /** Whether a database that is not known may be read as far as its SQL is plain; its name as in URLs, folded. */
    public boolean readsAsAnsi(String database) {
        return source.readAsAnsi().contains(database);
    }

    /** Whether a database may be read by its documentation, which no live server has proved; its name as in URLs, folded. */
    public boolean readsAsDocumented(String database) {
        return source.readAsDocumented().contains(database);
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
                codeFacts.cut(names),
                new Concessions(
                        concessions.waivers().stream().map(names::waiver).toList(),
                        concessions.observations(),
                        concessions.trusts()));
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
                codeFacts,
                concessions);
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
     * @param bodies the hashes of the bodies that routines of the name have, all of them; empty where they are not known
     */
    public Optional<CodeFact> routine(String schema, String name, Set<String> bodies) {
        return codeFacts.routine(schema, name, bodies);
    }

    /** Whether the policy says something of a routine, whatever its body; without a schema, of it in every schema. */
    public boolean describesRoutine(String schema, String name) {
        return codeFacts.describesRoutine(schema, name);
    }

    /**
     * What the policy says of a trigger on a table; its effects are held against the rights of who sets it off.
     *
     * @param bodies the hashes of the bodies that the trigger has; empty where they are not known
     */
    public Optional<CodeFact> trigger(String name, TableName table, Set<String> bodies) {
        return codeFacts.trigger(name, table, bodies);
    }

    /** What the policy says of routines and triggers. */
    public CodeFacts codeFacts() {
        return codeFacts;
    }

    /** What the policy concedes for a time, to whom. */
    public Concessions concessions() {
        return concessions;
    }

    /** The observation by which a component's denial of a reason is only recorded at a moment, if there is one. */
    public Optional<Observation> observation(Component component, Reason reason, Instant moment) {
        return concessionsTo(component).observation(reason, moment);
    }

    /** The trust by which a component has a power past the tables at a moment, if there is one. */
    public Optional<Trust> trust(Component component, Power power, Instant moment) {
        return concessionsTo(component).trust(power, moment);
    }

    /** The waiver by which a component may define code that cannot be read at a moment, if there is one. */
    public Optional<Waiver> waiverToDefine(Component component, Instant moment) {
        return concessionsTo(component).inForce(moment).stream()
                .filter(Waiver::definesUnread)
                .findFirst();
    }

    /**
     * Whether a component may do everything at a moment, so that nothing which a statement could do would be denied: it has
     * every power, some pattern covers every table, and no table has a ceiling, a restriction or a limit, nor lacks a grant.
     */
    public boolean leavesEverythingTo(Component component, Instant moment) {
        return Arrays.stream(Power.values())
                        .allMatch(power -> trust(component, power, moment).isPresent())
                && component.limits().isEmpty()
                && tableClasses.stream()
                        .anyMatch(tableClass -> tableClass.pattern().isEverything())
                && tableClasses.stream().allMatch(tableClass -> Rights.leaveAll(component, tableClass));
    }

    /** The span around a moment in which nothing begins or ends that is conceded to a component. */
    public Window windowAt(Component component, Instant moment) {
        return concessionsTo(component).windowAt(moment);
    }

    /**
     * Whether a component may do something to a table at a moment. Where the name leaves several classes open, every one
     * of them has to allow it.
     */
    public Decision decide(Component component, Effect effect, Instant moment) {
        return decide(component, effect, effect.table(), moment);
    }

    /**
     * The same for a table that the statement named otherwise, for example without its schema.
     *
     * @param shown the name that a denial tells, because it is the one that its reader wrote
     */
    public Decision decide(Component component, Effect effect, TableName shown, Instant moment) {
        TableName table = effect.table();
        TableClass[] group = index.group(table);
        boolean plain = false;
        for (TableClass tableClass : group) {
            if (TableIndex.couldHold(tableClass, table, group)) {
                plain = Rights.allow(component, effect, tableClass)
                        && !Rights.isLimited(component, effect.verb(), tableClass);
                if (!plain) {
                    break;
                }
            }
        }
        return plain ? Decision.ALLOW : rule(component, effect, shown, moment);
    }

    /**
     * The same decision with every rule that had a say in it.
     *
     * @param shown the name that its sentence tells
     */
    public DecisionPath explain(Component component, Effect effect, TableName shown, Instant moment) {
        Concessions conceded = concessionsTo(component);
        List<TableClass> classes = index.candidates(effect.table());
        Decision decision = decide(component, effect, shown, moment);
        Sentence sentence = new Sentence(component, effect.on(shown), source);
        List<Step> steps = classes.isEmpty()
                ? List.of(new Step(RuleKind.TABLE, Step.Answer.DENIES, sentence.unclassified(), ""))
                : classes.stream()
                        .flatMap(tableClass -> Steps.of(component, effect, conceded, moment, tableClass).stream())
                        .distinct()
                        .toList();
        return new DecisionPath(component.name(), sentence.deed(), effect, classes, steps, decision);
    }

    private Concessions concessionsTo(Component component) {
        return concessionsByComponent.getOrDefault(component.name(), concessionsToEveryone);
    }

    private Decision rule(Component component, Effect effect, TableName shown, Instant moment) {
        Denials denials = new Denials(component, effect.on(shown), source);
        return new Ruling(component, effect, denials, concessionsTo(component), moment)
                .on(index.candidates(effect.table()));
    }
}
