package io.tierguard.policy.syntax;

import java.util.List;

/**
 * A policy file as it is written.
 *
 * @param declarations its blocks in file order
 */
public record SyntaxTree(List<Declaration> declarations) {

    public SyntaxTree {
        declarations = List.copyOf(declarations);
    }

    /** The blocks of one type. */
    public <D extends Declaration> List<D> all(Class<D> type) {
        return declarations.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
