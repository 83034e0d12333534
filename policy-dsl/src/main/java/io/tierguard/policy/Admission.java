package io.tierguard.policy;

import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.Span;
import io.tierguard.policy.syntax.BlockKind;
import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds the blocks of an included file to the kinds for which it is included. */
final class Admission {

    private final Findings findings;

    Admission(Findings findings) {
        this.findings = findings;
    }

    /** The blocks of a file; one that does not belong there is reported and counts as broken. */
    List<Declaration> admitted(Declaration.IncludeBlock block, SyntaxTree tree) {
        List<Declaration> admitted = new ArrayList<>();
        for (Declaration declaration : tree.declarations()) {
            Optional<BlockKind> kind = declaration.kind();
            boolean foreign = kind.isPresent() && !block.kinds().contains(kind.get());
            if (foreign) {
                findings.report(findings.at(
                                DiagnosticCode.INCLUDED_OTHERWISE,
                                declaration.span(),
                                kind.get().phrase() + " does not belong in this file",
                                "only " + plurals(block) + " may stand here")
                        .withRelated(block.span(), "included for " + plurals(block) + " here"));
            }
            admitted.add(foreign ? broken(declaration.span().text(), declaration.span()) : declaration);
        }
        return admitted;
    }

    private static String plurals(Declaration.IncludeBlock block) {
        return block.kinds().stream().map(BlockKind::plural).collect(Collectors.joining(" and "));
    }

    /** Stands for what was not read, so that nothing is reported that would follow from its absence. */
    static List<Declaration> unread(Declaration.IncludeBlock block) {
        return block.kinds().stream()
                .map(kind -> broken(kind.word(), block.span()))
                .toList();
    }

    private static Declaration broken(String keyword, Span span) {
        return new Declaration.BrokenBlock(keyword, "", span);
    }
}
