package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.RoutineCall;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event of MySQL or MariaDB, which runs by the clock where nobody judges it, with all that it writes by the schema as it is.
 *
 * @param event its name as a phrase
 * @param writes every change that follows from what it does
 * @param texts the code on its way that cannot be read, folded; it may change whatever it names
 */
public record ScheduledCode(String event, Set<Effect> writes, Set<String> texts) {
    /** What the name of each begins with, so that it is the name of no routine. */
    static final String PREFIX = "event ";

    /** What code may do to a name that it only mentions. */
    private static final List<Verb> ANY =
            List.of(Verb.INSERT, Verb.UPDATE, Verb.DELETE, Verb.TRUNCATE, Verb.ALTER, Verb.DROP);

    public ScheduledCode {
        writes = Set.copyOf(writes);
        texts = Set.copyOf(texts);
    }

    /** The events of a database. */
    public static List<ScheduledCode> of(SchemaSnapshot schema, StatedCode facts) {
        return schema.code().events().stream()
                .map(event -> new Run(schema, facts, event).whole())
                .toList();
    }

    /**
     * What it does to whatever has a name.
     *
     * @param searched the schemas in which a name without one is looked for; empty for all
     */
    public List<Effect> on(TableName name, List<String> searched) {
        List<Effect> found = new ArrayList<>();
        for (Effect write : writes) {
            if (couldMean(write.table(), name, searched)) {
                found.add(write);
            }
        }
        if (texts.stream().anyMatch(text -> isIn(text, name.name()))) {
            ANY.forEach(verb -> found.add(Effect.of(verb, name)));
        }
        return found;
    }

    /**
     * What it does to columns that name no table, each in every table of its statement, where one of these tables is a certain one.
     *
     * @param searched the schemas in which a name without one is looked for; empty for all
     */
    public List<Effect> besides(TableName table, List<String> searched) {
        List<Effect> ofAny = writes.stream()
                .filter(write -> write.reach() == Reach.COLUMNS_IF_THERE)
                .toList();
        return ofAny.stream()
                .filter(write -> ofAny.stream()
                        .anyMatch(other ->
                                other.columns().equals(write.columns()) && couldMean(other.table(), table, searched)))
                .toList();
    }

    /** Whether it writes anything by a name, whatever that means. */
    public boolean meets(Set<String> names) {
        return writes.stream().anyMatch(write -> names.contains(write.table().name()))
                || texts.stream().anyMatch(text -> names.stream().anyMatch(name -> isIn(text, name)));
    }

    private static boolean couldMean(TableName written, TableName name, List<String> searched) {
        boolean isOneSchema = !written.isQualified()
                || (name.isQualified()
                        ? written.schema().equals(name.schema())
                        : searched.isEmpty() || searched.contains(written.schema()));
        return isOneSchema && written.name().equals(name.name());
    }

    /** Whether a text has a name in it as a word. */
    private static boolean isIn(String text, String name) {
        for (int at = text.indexOf(name); at >= 0 && !name.isEmpty(); at = text.indexOf(name, at + 1)) {
            int end = at + name.length();
            boolean begins = at == 0 || !isLetter(text.charAt(at - 1)) || !isLetter(name.charAt(0));
            boolean ends =
                    end == text.length() || !isLetter(text.charAt(end)) || !isLetter(name.charAt(name.length() - 1));
            if (begins && ends) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLetter(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    /** Follows an event through all that it calls and sets off. Used by one thread. */
    private static final class Run {
        private final SchemaSnapshot schema;
        private final StatedCode facts;
        private final Routine event;
        private final CodeRun code;
        private final Set<Effect> writes = new LinkedHashSet<>();

        Run(SchemaSnapshot schema, StatedCode facts, Routine event) {
            this.schema = schema;
            this.facts = facts;
            this.event = event;
            this.code = new CodeRun(schema, new OfOthers(facts, event.name()));
        }

        ScheduledCode whole() {
            code.follow(event.id(), "");
            int followed = 0;
            for (List<CodeRun.Found> all = code.effects(); followed < all.size(); all = code.effects()) {
                follow(all.get(followed).effect());
                followed++;
            }
            Set<String> texts = new LinkedHashSet<>();
            code.unknown().forEach(unknown -> addText(texts, unknown.routine()));
            String name = event.name().name().substring(PREFIX.length());
            return new ScheduledCode(PREFIX + event.name().schema() + "." + name, writes, texts);
        }

        private void follow(Effect effect) {
            nameViews(effect);
            EffectClosure.Closed closed = EffectClosure.close(schema, effect, event.searched(), facts);
            for (Effect each : closed.effects()) {
                if (!each.verb().reads()) {
                    writes.add(each.because(""));
                    // What is hidden in it to whoever sets it off is told here by the names in it.
                    schema.triggersOf(each.table()).stream()
                            .filter(trigger ->
                                    trigger.runsOn(each) && facts.of(trigger).isEmpty())
                            .forEach(trigger -> code.follow(trigger.routine(), ""));
                }
            }
            closed.routines().forEach(call -> code.call(call, event.searched()));
        }

        /** A view that is written may be given another query, so that its name counts beside the tables behind it. */
        private void nameViews(Effect effect) {
            for (TableName table : schema.tablesNamed(effect.table(), event.searched())) {
                @Nullable View view = schema.view(table);
                if (view != null
                        && !effect.verb().reads()
                        && writes.add(effect.on(table).because(""))) {
                    schema.definitionOf(view).bases().forEach(base -> nameViews(effect.on(base)));
                }
            }
        }

        private void addText(Set<String> texts, RoutineCall unknown) {
            if (unknown.equals(event.name())) {
                texts.add(TableName.fold(event.code()));
            }
            for (Routine routine : schema.routines().named(unknown, event.searched())) {
                texts.add(TableName.fold(routine.code()));
            }
        }
    }

    /** What is said of all code but an event, which is neither a routine nor a trigger. */
    private record OfOthers(StatedCode facts, RoutineCall event) implements StatedCode {
        @Override
        public Optional<List<Effect>> of(Trigger trigger) {
            return facts.of(trigger);
        }

        @Override
        public Optional<List<Effect>> of(RoutineCall routine) {
            return routine.equals(event) ? Optional.empty() : facts.of(routine);
        }

        @Override
        public boolean isAbout(RoutineCall routine) {
            return !routine.equals(event) && facts.isAbout(routine);
        }
    }
}
