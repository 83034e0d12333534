package io.tierguard.integration.oracle;

import java.util.Random;

/**
 * Makes statements from a grammar by random numbers.
 *
 * <p>The same random numbers make the same statements.
 */
abstract class RandomGrammar {
    final Random random;
    private int names;

    /** Whether a statement of the text changes the structure of something. */
    boolean structural;

    RandomGrammar(Random random) {
        this.random = random;
    }

    /** One statement. */
    abstract String statement();

    /** The same text, written otherwise. */
    abstract String noisy(String text);

    /** Something that is true or false of a row. */
    abstract String condition(String alias, int depth);

    /** One text: a statement, sometimes several. */
    final String next() {
        names = 0;
        structural = false;
        StringBuilder text = new StringBuilder(statement());
        // What follows a change of structure in the same text is refused, as documented.
        while (!structural && random.nextInt(8) == 0) {
            text.append(" ; ").append(statement());
        }
        return noisy(text.toString());
    }

    final String where(String alias, int depth) {
        return random.nextInt(4) == 0 ? "" : " WHERE " + condition(alias, depth + 1);
    }

    final String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** A name of its own, or one that is a table's too. */
    final String fresh() {
        return random.nextInt(10) == 0 ? "orders" + names++ : "q" + names++;
    }
}
