package io.tierguard.policy.syntax;

/** The kinds of token. */
enum TokenKind {
    WORD("a name"),
    QUOTED("a text in quotes"),
    LEFT_BRACE("`{`"),
    RIGHT_BRACE("`}`"),
    LEFT_PAREN("`(`"),
    RIGHT_PAREN("`)`"),
    COMMA("`,`"),
    DOT("`.`"),
    NEWLINE("the end of the line"),
    STRAY("a stray character"),
    END("the end of the file");

    private final String description;

    TokenKind(String description) {
        this.description = description;
    }

    /** How a diagnostic speaks of a token of this kind. */
    String description() {
        return description;
    }
}
