package io.tierguard.integration.oracle;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A way of writing a statement that means the same to the database.
 *
 * @param name what it is called
 * @param where the databases that read it as meant
 * @param ordinary whether a statement on a table that is not protected must pass when written so
 * @param gap what stands between two tokens, given whether a blank is needed there
 * @param words how keywords and plain names are written
 * @param spelling how a name is spelled
 * @param wrap what stands around the last statement
 */
record Trick(
        String name,
        Where where,
        boolean ordinary,
        Gap gap,
        UnaryOperator<String> words,
        Spelling spelling,
        UnaryOperator<String> wrap) {

    /** What stands between two tokens. */
    interface Gap {
        String between(boolean needed);
    }

    /** How a name is spelled. */
    interface Spelling {
        String of(Engine engine, String name);
    }

    /** The statement as it is written in its template. */
    static final Trick PLAIN = new Trick(
            "plain",
            Where.BOTH,
            true,
            needed -> needed ? " " : "",
            UnaryOperator.identity(),
            (engine, name) -> name,
            UnaryOperator.identity());

    /** Whether it writes the statement as it is. */
    boolean isPlain() {
        return name.equals(PLAIN.name());
    }

    Trick named(String newName) {
        return new Trick(newName, where, ordinary, gap, words, spelling, wrap);
    }

    Trick only(Where place) {
        return new Trick(name, place, ordinary, gap, words, spelling, wrap);
    }

    /** A trick that no ordinary statement uses, and that may be refused wherever it stands. */
    Trick odd() {
        return new Trick(name, where, false, gap, words, spelling, wrap);
    }

    Trick gap(Gap between) {
        return new Trick(name, where, ordinary, between, words, spelling, wrap);
    }

    Trick words(UnaryOperator<String> written) {
        return new Trick(name, where, ordinary, gap, written, spelling, wrap);
    }

    Trick spelling(Spelling spelled) {
        return new Trick(name, where, ordinary, gap, words, spelled, wrap);
    }

    Trick wrap(UnaryOperator<String> around) {
        return new Trick(name, where, ordinary, gap, words, spelling, around);
    }

    String write(Engine engine, Template template, boolean last) {
        StringBuilder text = new StringBuilder();
        List<Template.Piece> pieces = template.pieces();
        for (int i = 0; i < pieces.size(); i++) {
            Template.Piece piece = pieces.get(i);
            if (i > 0 && !pieces.get(i - 1).text().startsWith("{")) {
                text.append(gap.between(!piece.glued()));
            } else if (i > 0) {
                text.append(' ');
            }
            text.append(
                    switch (piece.kind()) {
                        case NAME -> spelling.of(engine, piece.text());
                        case WORD -> words.apply(piece.text());
                        case FIXED, MARK -> piece.text();
                    });
        }
        return last ? wrap.apply(text.toString()) : text.toString();
    }
}
