package io.tierguard.policy.check;

import io.tierguard.policy.model.CodeFact;
import io.tierguard.policy.model.CodeFacts;
import io.tierguard.policy.model.CodePattern;
import io.tierguard.policy.model.DeclaredCode;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.NameGlob;
import io.tierguard.policy.model.TablePattern;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.Span;
import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.Fact;
import io.tierguard.policy.syntax.Pattern;
import io.tierguard.policy.syntax.Segment;
import io.tierguard.policy.syntax.SyntaxTree;
import io.tierguard.policy.syntax.Writes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what a policy says of routines and triggers. */
final class CodeCheck {

    static final String ROUTINE = "routine";
    static final String TRIGGER = "trigger";

    private final Findings findings;
    private final Patterns patterns;
    private final CodeEffects effects;

    CodeCheck(Findings findings) {
        this.findings = findings;
        this.patterns = new Patterns(findings);
        this.effects = new CodeEffects(findings);
    }

    /** The facts in file order. */
    CodeFacts check(SyntaxTree tree) {
        List<CheckedCode> routines = new ArrayList<>();
        for (Declaration.RoutineBlock block : tree.all(Declaration.RoutineBlock.class)) {
            fact(ROUTINE, block.pattern(), block.writes(), block)
                    .ifPresent(fact -> routines.add(routine(block.pattern(), fact)));
        }
        List<CheckedCode> triggers = new ArrayList<>();
        for (Declaration.TriggerBlock block : tree.all(Declaration.TriggerBlock.class)) {
            fact(TRIGGER, block.pattern(), block.writes(), block)
                    .ifPresent(fact -> triggers.addAll(triggers(block.pattern(), block.tables(), fact)));
        }
        return new CodeFacts(declared(ROUTINE, routines), declared(TRIGGER, triggers));
    }

    private List<DeclaredCode> declared(String sort, List<CheckedCode> checked) {
        new CodeConflicts(findings, sort).check(checked);
        return checked.stream().map(CheckedCode::declared).toList();
    }

    /** What a block says, unless it names a table wrongly, which is reported. */
    private Optional<CodeFact> fact(String sort, Pattern pattern, List<Writes> writes, Declaration block) {
        Optional<List<Effect>> read = effects.read(writes);
        String why = block.why();
        if (why.isBlank() && block.body().whole()) {
            findings.report(findings.at(
                            DiagnosticCode.CODE_WITHOUT_WHY,
                            pattern.span(),
                            sort + " `" + pattern.text() + "` is declared without a reason",
                            "says what it does, not how you know")
                    .withHelp("say who looked at its body: `why \"…\"`"));
        }
        String rule = pattern.span().rule();
        List<String> bodies = block.fact(Fact.Bodies.class)
                .map(fact -> Listed.once(fact.hashes(), findings))
                .orElse(List.of());
        return read.map(list -> new CodeFact(pattern.text(), list, why, bodies, rule));
    }

    private static CheckedCode routine(Pattern written, CodeFact fact) {
        List<Segment> segments = written.segments();
        NameGlob name = Patterns.glob(segments.get(segments.size() - 1));
        NameGlob schema = segments.size() > 1 ? Patterns.glob(segments.get(0)) : NameGlob.ANY;
        DeclaredCode declared = new DeclaredCode(CodePattern.ofRoutine(schema, name), fact);
        return checked(declared, written.text(), written.span());
    }

    private List<CheckedCode> triggers(Pattern written, List<Pattern> tables, CodeFact fact) {
        NameGlob name = Patterns.glob(written.segments().get(0));
        List<CheckedCode> triggers = new ArrayList<>();
        for (Pattern table : tables) {
            Optional<TablePattern> read = patterns.read(table);
            read.map(pattern -> CodePattern.ofTrigger(pattern, name))
                    .map(pattern -> checked(new DeclaredCode(pattern, fact), shown(written, table), table.span()))
                    .ifPresent(triggers::add);
        }
        return triggers;
    }

    private static CheckedCode checked(DeclaredCode declared, String shown, Span span) {
        return new CheckedCode(declared, Set.copyOf(declared.fact().effects()), shown, span);
    }

    private static String shown(Pattern trigger, Pattern table) {
        return trigger.text() + " on " + table.text();
    }
}
