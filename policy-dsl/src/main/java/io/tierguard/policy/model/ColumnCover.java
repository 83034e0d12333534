package io.tierguard.policy.model;

import java.util.List;
import java.util.SortedSet;

/** Counts columns without an iterator, so that an allowed statement leaves no garbage. */
final class ColumnCover {

    private ColumnCover() {}

    /** How many of the listed columns, each listed once, a statement names. */
    static int countNamed(List<String> listed, SortedSet<String> named) {
        int count = 0;
        for (int at = 0; at < listed.size(); at++) {
            if (named.contains(listed.get(at))) {
                count++;
            }
        }
        return count;
    }
}
