package io.tierguard.policy.format;

import io.tierguard.policy.syntax.BlockKind;
import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.Fact;
import io.tierguard.policy.syntax.SyntaxTree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Writes the blocks of a file, with the blank lines between them. */
final class FileWriter {

    private static final int STEP = 2;

    /** Blocks that often stand in groups: whether a blank line is between two of one group is for the writer to say. */
    private static final List<Set<BlockKind>> GROUPS = List.of(
            EnumSet.of(BlockKind.INCLUDE),
            EnumSet.of(BlockKind.TABLE),
            EnumSet.of(BlockKind.ROUTINE, BlockKind.TRIGGER));

    private final Lines lines = new Lines();

    private FileWriter() {}

    /** The text of a file without errors. */
    static String write(SyntaxTree tree, List<Piece> pieces) {
        FileWriter writer = new FileWriter();
        writer.file(tree.declarations(), pieces);
        return writer.lines.text();
    }

    private void file(List<Declaration> blocks, List<Piece> pieces) {
        Unit.Sequence sequence = Unit.cut(
                pieces, blocks.stream().map(block -> block.span().start()).toList());
        for (int at = 0; at < blocks.size(); at++) {
            Unit unit = sequence.units().get(at);
            boolean areApart = at > 0 && !areGrouped(blocks.get(at - 1), blocks.get(at));
            block(areApart ? unit.afterBlankLine() : unit, blocks.get(at));
        }
        lines.comments(sequence.rest(), 0);
    }

    private static boolean areGrouped(Declaration first, Declaration second) {
        return GROUPS.stream()
                .anyMatch(group -> first.kind().filter(group::contains).isPresent()
                        && second.kind().filter(group::contains).isPresent());
    }

    private void block(Unit unit, Declaration block) {
        List<Piece> pieces = unit.pieces();
        int brace = 0;
        while (brace < pieces.size() && !pieces.get(brace).is("{")) {
            brace++;
        }
        if (brace == pieces.size()) {
            add(unit, UnitWriter.write(ElementReader.read(pieces), 0, true), unit.behind());
            return;
        }
        List<Piece> body = pieces.subList(brace + 1, pieces.size() - 1);
        boolean isRemarked = !body.isEmpty() && body.get(0).isRemark();
        String head = UnitWriter.write(ElementReader.read(pieces.subList(0, brace + 1)), 0, false);
        add(unit, head, isRemarked ? body.get(0).text() : "");
        lines.beginBlock();
        body(isRemarked ? body.subList(1, body.size()) : body, block.body().facts());
        lines.add(false, "}", unit.behind());
    }

    private void body(List<Piece> pieces, List<Fact> facts) {
        Unit.Sequence sequence =
                Unit.cut(pieces, facts.stream().map(fact -> fact.span().start()).toList());
        Deque<String> written = new ArrayDeque<>();
        boolean mayEndWithComma = true;
        for (int at = facts.size() - 1; at >= 0; at--) {
            List<Element> elements = ElementReader.read(sequence.units().get(at).pieces());
            written.push(UnitWriter.write(elements, STEP, mayEndWithComma));
            mayEndWithComma = !isKeywordAlone(written.element());
        }
        for (Unit unit : sequence.units()) {
            add(unit, written.pop(), unit.behind());
        }
        lines.comments(sequence.rest(), STEP);
    }

    private void add(Unit unit, String text, String behind) {
        int indent = text.indexOf(text.strip());
        lines.comments(unit.above(), indent);
        lines.add(unit.first().followsBlankLine(), text, behind);
    }

    /** Whether the line of a keyword ends behind it, so that after a comma it would be taken for another item. */
    private static boolean isKeywordAlone(String fact) {
        String line = fact.strip().lines().findFirst().orElseThrow();
        return line.indexOf(' ') < 0 || line.contains(" #") && line.indexOf(' ') == line.indexOf(" #");
    }
}
