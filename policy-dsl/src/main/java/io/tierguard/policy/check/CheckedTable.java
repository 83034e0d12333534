package io.tierguard.policy.check;

import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.TablePattern;
import io.tierguard.policy.source.Span;

/**
 * A table class with the place of its pattern.
 *
 * @param tableClass the class
 * @param span where its pattern is written
 */
record CheckedTable(TableClass tableClass, Span span) {

    TablePattern pattern() {
        return tableClass.pattern();
    }
}
