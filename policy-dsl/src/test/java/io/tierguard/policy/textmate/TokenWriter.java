package io.tierguard.policy.textmate;

import java.util.ArrayList;
import java.util.List;

/** Collects the tokens of a line from left to right. */
final class TokenWriter {

    private final Line line;
    private final List<ScopedToken> tokens = new ArrayList<>();
    private int written;

    TokenWriter(Line line) {
        this.line = line;
    }

    /** Gives everything up to a place that has no scopes yet these. */
    void write(int end, List<String> scopes) {
        if (end > written) {
            tokens.add(new ScopedToken(line.text(written, end), scopes));
            written = end;
        }
    }

    List<ScopedToken> tokens() {
        return List.copyOf(tokens);
    }
}
