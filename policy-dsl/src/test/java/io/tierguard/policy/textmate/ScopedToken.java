package io.tierguard.policy.textmate;

import java.util.List;

/**
 * A piece of a line and what an editor knows of it.
 *
 * @param text the piece
 * @param scopes its scopes, the widest first
 */
public record ScopedToken(String text, List<String> scopes) {

    public ScopedToken {
        scopes = List.copyOf(scopes);
    }

    /** The narrowest scope. */
    public String scope() {
        return scopes.get(scopes.size() - 1);
    }
}
