package io.tierguard.sql;

/** Leaves words of MySQL and MariaDB out that only tell the server how to find rows, or which moment's. */
final class MySqlPlainHints {
    private final MySqlPlainForm form;

    MySqlPlainHints(MySqlPlainForm form) {
        this.form = form;
    }

    /** Words that only tell the server how to find rows. */
    boolean rewrite(int i, String word) {
        return switch (word) {
            case "use", "ignore", "force" -> indexHint(i);
            case "partition" -> partitions(i);
            case "lock" -> form.is(i, "lock", "in", "share", "mode") && form.skip(endOfLock(i + 4) - i);
            case "for" -> locking(i) || systemTime(i);
            case "limit" -> form.is(i + 1, "rows", "examined") && form.skip(4);
            case "rows" -> form.is(i + 1, "examined") && form.at(i + 2).isValue() && form.skip(3);
            case "procedure" -> procedure(i);
            case "cycle" -> cycle(i);
            default -> false;
        };
    }

    private boolean indexHint(int i) {
        boolean isHint = form.is(i + 1, "index") || form.is(i + 1, "key");
        int open = i + 2;
        if (form.is(open, "for", "join")) {
            open += 2;
        } else if (form.is(open, "for", "order", "by") || form.is(open, "for", "group", "by")) {
            open += 3;
        }
        int close = isHint ? form.closingOfNames(open) : -1;
        return close > 0 && form.skip(close + 1 - i);
    }

    /** {@code PARTITION (p0, p1)} behind a table. */
    private boolean partitions(int i) {
        boolean behindTable = form.at(i - 1).isIdentifier() && !form.is(i - 1, "over");
        int close = behindTable ? form.closingOfNames(i + 1) : -1;
        return close > 0 && form.skip(close + 1 - i);
    }

    private boolean locking(int i) {
        if (!form.is(i + 1, "update") && !form.is(i + 1, "share")) {
            return false;
        }
        int end = i + 2;
        if (form.is(end, "of")) {
            end += 2;
            while (form.at(end).isSymbol(",") || form.at(end).isSymbol(".")) {
                end += 2;
            }
        }
        return form.skip(endOfLock(end) - i);
    }

    /** Behind the words for what becomes of rows that others have locked. */
    private int endOfLock(int start) {
        boolean isPair = form.is(start, "skip", "locked")
                || (form.is(start, "wait") && form.at(start + 1).isValue());
        return form.is(start, "nowait") ? start + 1 : isPair ? start + 2 : start;
    }

    /** {@code FOR SYSTEM_TIME} with constants. */
    private boolean systemTime(int i) {
        if (!form.is(i + 1, "system_time")) {
            return false;
        }
        int end = i + 2;
        if (form.is(end, "all")) {
            end++;
        } else if (form.is(end, "as", "of")) {
            end = pointInTime(end + 2);
        } else if (form.is(end, "from") || form.is(end, "between")) {
            String between = form.is(end, "from") ? "to" : "and";
            end = pointInTime(end + 1);
            end = form.is(end, between) ? pointInTime(end + 1) : -1;
        } else {
            end = -1;
        }
        return end > 0 && form.skip(end - i);
    }

    private int pointInTime(int start) {
        if (start < 0) {
            return -1;
        }
        int at = start
                + (form.is(start, "timestamp") || form.is(start, "transaction") || form.is(start, "date") ? 1 : 0);
        if (form.at(at).isValue()) {
            return at + 1;
        }
        boolean isNow = form.is(at, "now") || form.is(at, "current_timestamp");
        return isNow && form.at(at + 1).isSymbol("(") && form.at(at + 2).isSymbol(")") ? at + 3 : -1;
    }

    private boolean procedure(int i) {
        int close = form.is(i + 1, "analyse") ? form.closingOfNames(i + 2) : -1;
        return close > 0 && form.skip(close + 1 - i);
    }

    /** {@code CYCLE a, b RESTRICT} behind a common table expression. */
    private boolean cycle(int i) {
        int end = i + 1;
        while (form.at(end).isIdentifier() && form.at(end + 1).isSymbol(",")) {
            end += 2;
        }
        boolean isCycle = form.at(i - 1).isSymbol(")") && form.at(end).isIdentifier() && form.is(end + 1, "restrict");
        return isCycle && form.skip(end + 2 - i);
    }
}
