package io.tierguard.guard;

import io.tierguard.audit.AuditStatement;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.Waiver;
import io.tierguard.sql.AnalyzedText;
import io.tierguard.sql.Backslashes;
import io.tierguard.sql.CalledCode;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.DoubleQuotes;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.Mentions;
import io.tierguard.sql.Problem;
import io.tierguard.sql.SessionChange;
import io.tierguard.sql.StatementEffects;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Holds one analysed text against the policy, statement by statement.
 *
 * <p>A statement that changes what names mean changes it for the statements after it in the same text, so each is judged
 * in the context that the ones before it leave. Used by one thread, for one text.
 */
final class Judge {
    /** What may stand before a rollback: without its end no branch of a distributed transaction is rolled back. */
    private static final Set<String> KEEPS_NOTHING = Set.of("RELEASE", "XA END");

    /** What is against a text of which nobody sees what it does, or what code does that it runs. */
    private static final Set<Reason> UNSEEN = Set.of(Reason.UNREADABLE_SQL, Reason.UNKNOWN_ROUTINE);

    private final AnalyzedText analyzed;
    private final JudgedText text;
    private final Witness witness;
    private final List<Denial> denials = new ArrayList<>();
    private String help = "";

    private Judge(AnalyzedText analyzed, JudgedText text, Witness witness) {
        this.analyzed = analyzed;
        this.text = text;
        this.witness = witness;
    }

    /** The verdict on a text at a moment. */
    static Verdict judge(LivePolicy policy, ResolutionContext context, AnalyzedText text, Instant moment) {
        return judge(policy, context, PreparedNames.NONE, text, moment, Witness.NONE);
    }

    /** The same, told step by step to a witness. */
    static Verdict judge(
            LivePolicy policy,
            ResolutionContext context,
            PreparedNames prepared,
            AnalyzedText text,
            Instant moment,
            Witness witness) {
        return new Judge(text, new JudgedText(policy, context, prepared, moment), witness).verdict();
    }

    /**
     * The verdict on a text in a transaction that has changed the schema before, and may undo that, all of it or a part.
     *
     * @param areUndone whether that may have happened already when the text begins
     */
    static Verdict judgeUndoing(
            LivePolicy policy,
            ResolutionContext context,
            PreparedNames prepared,
            AnalyzedText text,
            Instant moment,
            boolean areUndone) {
        JudgedText judged = new JudgedText(policy, context, prepared, moment);
        judged.isAfterChanges(areUndone);
        return new Judge(text, judged, Witness.NONE).verdict();
    }

    /**
     * The verdict on a text that reaches what another session has changed in a way that nobody can follow.
     *
     * @param changed what that is, in a sentence
     */
    static Verdict judgeBesideOthers(
            LivePolicy policy,
            ResolutionContext context,
            PreparedNames prepared,
            AnalyzedText text,
            Instant moment,
            String changed) {
        Judge judge = new Judge(text, new JudgedText(policy, context, prepared, moment), Witness.NONE);
        String operations =
                text.statements().stream().map(StatementEffects::operation).collect(Collectors.joining("; "));
        judge.denials.add(judge.text.denial(
                Reason.UNREADABLE_SQL,
                "run this " + operations + ": another session has changed " + changed
                        + " since this transaction began, and what that makes of the transaction's own changes of the"
                        + " schema cannot be told; end the transaction and begin again"));
        return judge.verdict();
    }

    /** The names of all that a text has effects on, by itself or by what happens because of it. */
    static Set<String> namesReached(
            LivePolicy policy, ResolutionContext context, PreparedNames prepared, AnalyzedText text, Instant moment) {
        JudgedText judged = new JudgedText(policy, context, prepared, moment);
        new Judge(text, judged, Witness.NONE).verdict();
        return judged.names();
    }

    /**
     * The verdict on a text that runs after others, by what was known before all of them; empty where anything is against one of
     * them, where code runs, and where the last one could take away or change what the others name.
     */
    static Optional<Verdict.Allow> judgeAfter(
            LivePolicy policy,
            ResolutionContext context,
            PreparedNames prepared,
            List<AnalyzedText> before,
            AnalyzedText text,
            Instant moment) {
        JudgedText judged = new JudgedText(policy, context, prepared, moment);
        for (AnalyzedText one : before) {
            if (certain(one, judged).isEmpty()) {
                return Optional.empty();
            }
            judged = judged.next();
        }
        Optional<Verdict.Allow> last = certain(text, judged);
        return last.isPresent() && judged.changesNone(before) ? last : Optional.empty();
    }

    private static Optional<Verdict.Allow> certain(AnalyzedText text, JudgedText judged) {
        return new Judge(text, judged, Witness.NONE).verdict() instanceof Verdict.Allow allow
                        && allow.observed().isEmpty()
                        && !judged.meetsCode()
                ? Optional.of(allow)
                : Optional.empty();
    }

    private Verdict verdict() {
        int count = analyzed.statements().size();
        LexicalModes modes = text.context().modes();
        for (int index = 0; index < count; index++) {
            String place = count == 1 ? "" : "statement " + (index + 1) + " of " + count + ": ";
            Mentions mentions = analyzed.mentions().get(index);
            if (analyzed.statements().get(index) instanceof StatementEffects.Executed executed) {
                judgeExecuted(executed, mentions, place);
            } else {
                judgeWritten(analyzed.statements().get(index), mentions, place);
            }
            boolean isLast = index == count - 1;
            // Of what MySQL and MariaDB cut when this has run the analysis has told whether they do as before.
            if (!isLast
                    && !modes.dialect().isOfMySqlFamily()
                    && analyzed.restsOnBackslashes()
                    && !text.context().modes().equals(modes)) {
                denials.add(text.denial(
                        Reason.UNREADABLE_SQL,
                        place + "run more in one text or batch with it: a backslash may mean something else then; run"
                                + " the statements one by one"));
            }
        }
        if (denials.isEmpty() || isObserved()) {
            denials.addAll(text.rows().uncounted());
        }
        if (!denials.isEmpty()) {
            text.decisions().holdWithin(text.policy().windowAt(text.component(), text.moment()));
            if (mayDoWhatNobodySees()) {
                denials.clear();
                text.demands().everyRun(Durability.FSYNC);
                text.maskValues();
                text.noteSweep(); // somebody else may have linked a table since
                follow();
            }
        }
        return denials.isEmpty() || isObserved() ? allowed() : denied();
    }

    /** A statement that the text itself holds; of some procedures that it calls the statements are judged in its place. */
    private void judgeWritten(StatementEffects statement, Mentions mentions, String place) {
        Optional<CalledCode> called = ProcedureCalls.of(statement, mentions, text);
        if (called.isEmpty()) {
            judge(statement, mentions, place);
            return;
        }
        CalledCode code = called.get();
        ResolutionContext context = text.context();
        boolean searchesPath = context.modes().dialect() == Dialect.POSTGRESQL;
        if (searchesPath) {
            // The path may be one of the routine's own, and its names those that its owner finds.
            text.continueIn(context.withUnknownSchemas());
        }
        judge(code.statement(), code.mentions(), place, denial -> EffectJudge.by("routine " + code.routine(), denial));
        if (searchesPath) {
            text.continueIn(context); // nothing in it changes the session
        }
    }

    /** What was prepared is judged as what it is, by what names mean now and what they meant then. */
    private void judgeExecuted(StatementEffects.Executed executed, Mentions mentions, String place) {
        List<PreparedNames.Meaning> meanings = text.prepared().of(executed.name());
        if (meanings.isEmpty()) {
            Problem problem = Problem.ofWholeText(
                    "nothing is known of a prepared statement " + executed.name() + " in this session",
                    "prepare it through this connection, or use a JDBC PreparedStatement");
            judge(new StatementEffects.Unreadable(executed.operation(), problem), mentions, place);
        }
        for (PreparedNames.Meaning meaning : meanings) {
            ResolutionContext now = text.context();
            int changes = text.changes().size();
            text.continueIn(PreparedNames.contextOf(meaning, now));
            judge(executed.running(meaning.statement()), mentions.and(meaning.mentions()), place);
            if (text.changes().size() == changes) {
                text.continueIn(now);
            }
        }
    }

    private void judge(StatementEffects statement, Mentions mentions, String place) {
        judge(statement, mentions, place, UnaryOperator.identity());
    }

    private void judge(StatementEffects statement, Mentions mentions, String place, UnaryOperator<Denial> telling) {
        witness.begins(statement.operation());
        StatementJudge judge = new StatementJudge(text, witness, place);
        List<Denial> found = judge.judge(statement, mentions);
        if (help.isEmpty()) {
            help = judge.help();
        }
        text.rows().end(statement, place);
        found.replaceAll(telling);
        found.sort(Comparator.comparing(Denial::reason));
        for (Denial denial : found) {
            Denial placed = new Denial(denial.reason(), place + denial.sentence(), denial.rule(), denial.contact());
            if (!denials.contains(placed)) {
                denials.add(placed);
            }
        }
    }

    /** Whether all that is against the text is that nobody sees what it does, and whatever that is would be allowed. */
    private boolean mayDoWhatNobodySees() {
        return denials.stream().map(Denial::reason).allMatch(UNSEEN::contains)
                && text.context().schema().lacksForeignTables() // which no wildcard covers
                && text.policy().leavesEverythingTo(text.component(), text.moment());
    }

    private boolean isObserved() {
        return !text.losesSight() && ObservedDenials.areAll(text.policy(), text.component(), denials, text.moment());
    }

    private Verdict denied() {
        // A denial that rests on known names is safe, however old they are, and nothing of it reaches the real driver.
        Reliance ofKnown = text.restsOnCode() ? Reliance.REFUSED_CODE : Reliance.NOTHING;
        Reliance reliance = text.meetsUnknown() ? Reliance.UNKNOWN_NAMES : ofKnown;
        return new Verdict.Deny(record(), help, reliance, text.decisions().window());
    }

    private Verdict allowed() {
        List<Waiver> waivers = text.decisions().waivers();
        if (!denials.isEmpty()) {
            text.demands().everyRun(ObservedDenials.durability(denials));
            if (!ObservedDenials.areSeenThrough(denials)) {
                follow();
            }
        }
        if (!waivers.isEmpty()) {
            text.demands().everyRun(Durability.FSYNC);
        }
        return new Verdict.Allow(
                AuditStatements.let(record(), waivers),
                text.demands().recording(),
                text.demands().durability(),
                text.changes(),
                text.schemaChanges(),
                isUndoing(),
                text.rows().limits(),
                waivers,
                denials,
                text.reliance(),
                text.decisions().window());
    }

    /** Whether the text undoes what a transaction did before it does anything that could keep it. */
    private boolean isUndoing() {
        for (StatementEffects statement : analyzed.statements()) {
            if (!(statement instanceof StatementEffects.Understood understood)) {
                return false;
            }
            for (SessionChange change : understood.sessionChanges()) {
                if (change instanceof SessionChange.TransactionEnd end) {
                    return end.ending() != SessionChange.Ending.KEPT;
                }
            }
            if (!KEEPS_NOTHING.contains(understood.operation())) {
                return false;
            }
        }
        return true;
    }

    private AuditStatement record() {
        return AuditStatements.of(analyzed, text.effects(), denials, text.showsValues());
    }

    /** A text that may do what nobody sees: afterwards names and quotes may mean anything, and the schema be another. */
    private void follow() {
        List<SessionChange> changes = text.changes();
        changes.add(new SessionChange.SchemaPathUnknown());
        changes.add(new SessionChange.StringSyntax(Backslashes.UNKNOWN));
        if (text.context().modes().dialect().isOfMySqlFamily()) {
            changes.add(new SessionChange.QuoteSyntax(DoubleQuotes.UNKNOWN));
            changes.add(new SessionChange.BlankSyntax(false));
            changes.add(new SessionChange.CharacterSet());
        }
        changes.add(new SessionChange.AllDeallocated());
        text.schemaChanges(true);
    }
}
