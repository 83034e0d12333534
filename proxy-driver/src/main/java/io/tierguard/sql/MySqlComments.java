package io.tierguard.sql;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Skips the comments of a text of MySQL or MariaDB, and enters those that their servers run.
 *
 * <p>What is in an executable comment is read as code where the live server's version says that it runs it, and not at all
 * where it says that it does not.
 */
final class MySqlComments {

    /** No server that is supported is older. */
    private static final int OLDEST_MYSQL = 80_000;

    private static final int OLDEST_MARIADB = 100_600;

    /** From the first to the last of these MariaDB leaves to MySQL what is not marked as its own. */
    private static final int FIRST_OF_MYSQL = 50_700;

    private static final int LAST_OF_MYSQL = 99_999;

    /** A cluster runs what is marked with this number. */
    private static final int OF_CLUSTER = 99_997;

    private static final int NO_MARK = -1;
    private static final int NOT_LOOKED_FOR = -2;

    /** What a hint must not set for its statement. */
    private static final List<String> PROTECTING =
            List.of("foreign_key_checks", "unique_checks", "sql_log_bin", "sql_mode");

    private final MySqlTokenizer text;
    private final LexicalModes modes;
    private final Placeholders placeholders;
    private int openedAt = -1;
    private @Nullable Boolean changedByDriver;
    private int mark = NOT_LOOKED_FOR;

    MySqlComments(MySqlTokenizer text, LexicalModes modes, Placeholders placeholders) {
        this.text = text;
        this.modes = modes;
        this.placeholders = placeholders;
    }

    /** Skips the comment, or the mark of an executable one, that begins or ends here. */
    boolean skip() {
        char c = text.current();
        char next = text.peek(1);
        if (c == '#') {
            skipLine();
            return true;
        }
        if (c == '-' && next == '-') {
            return skipDashes();
        }
        if (c == '/' && next == '*') {
            skipBlock();
            return true;
        }
        if (c == '*' && next == '/' && openedAt >= 0) {
            openedAt = -1;
            text.position += 2;
            return true;
        }
        return false;
    }

    /** The text is at its end. */
    void end() {
        if (openedAt >= 0) {
            throw text.unterminated("comment", openedAt);
        }
    }

    /** Two dashes are a comment where a blank follows; elsewhere drivers take them for one all the same. */
    private boolean skipDashes() {
        char behind = text.peek(2);
        if (behind == '\0' || Characters.isBlank(behind)) {
            skipLine();
            return true;
        }
        int end = text.sql.indexOf('\n', text.position);
        String line = text.sql.substring(text.position, end < 0 ? text.sql.length() : end);
        for (int i = 0; i < line.length(); i++) {
            if ("'\"`?#*;".indexOf(line.charAt(i)) >= 0) {
                throw Tokenizer.fail(
                        "two dashes without a blank behind them", text.position, "put a blank between or behind them");
            }
        }
        return false;
    }

    /** Only a line feed ends the comment for the server, and a carriage return for its drivers. */
    private void skipLine() {
        int start = text.position;
        while (text.position < text.sql.length() && text.current() != '\n') {
            if (text.current() == '\r' && text.peek(1) != '\n') {
                throw Tokenizer.fail("a carriage return in a comment", start, "end the line with a line feed");
            }
            if (openedAt >= 0 && text.current() == '*' && text.peek(1) == '/') {
                // Drivers take it for the end of the executable comment.
                throw Tokenizer.fail("the end of a comment inside a comment", start, "write the comment as plain SQL");
            }
            text.position++;
        }
    }

    private void skipBlock() {
        int start = text.position;
        boolean ofMariaDb = text.peek(2) == 'M' && text.peek(3) == '!' && modes.dialect() == Dialect.MARIADB;
        if (ofMariaDb || text.peek(2) == '!') {
            text.position += ofMariaDb ? 4 : 3;
            enter(start, ofMariaDb);
            return;
        }
        int end = closing(start, start + 2);
        if (text.peek(2) == '/' && isChangedByDriver()) {
            // MariaDB's driver takes it for a whole one.
            throw Tokenizer.fail("a comment that begins with /*/", start, "put a blank behind its first star");
        }
        if (text.peek(2) == '+') {
            checkHint(text.sql.substring(start, end), start);
        }
        text.position = end;
    }

    private int closing(int start, int from) {
        int close = text.sql.indexOf("*/", from);
        if (close < 0) {
            throw text.unterminated("comment", start);
        }
        return close + 2;
    }

    private void enter(int start, boolean ofMariaDb) {
        if (openedAt >= 0) {
            throw Tokenizer.fail("an executable comment inside another", start, "write it as plain SQL");
        }
        int digits = 0;
        while (digits < 6 && Characters.isDigit(text.peek(digits))) {
            digits++;
        }
        if (digits == 6 && modes.dialect() == Dialect.MYSQL) {
            throw Tokenizer.fail("an executable comment with a version of six digits", start, "write it as plain SQL");
        }
        boolean runs = digits < 5 || runs(version(digits), ofMariaDb, start);
        if (runs) {
            text.position += digits < 5 ? 0 : digits;
            openedAt = start;
            return;
        }
        int end = closing(start, text.position);
        checkNotRun(text.sql.substring(text.position, end), start);
        text.position = end;
    }

    /**
     * Connector/J takes for code what is in any executable comment: it puts values into it, which may end the comment, and looks
     * there for quotes and comments that it would then see around placeholders and escapes of JDBC outside.
     */
    private void checkNotRun(String content, int start) {
        if (content.contains("/*")) {
            throw Tokenizer.fail("a comment inside a comment", start, "leave it out");
        }
        if (isChangedByDriver() && (content.contains("--") || holdsMark(content))) {
            throw Tokenizer.fail(
                    "an executable comment that is not run here holds a placeholder, quote or comment, which a driver may take"
                            + " for code",
                    start,
                    "leave the comment out");
        }
    }

    /** Whether a driver may put values, or what escapes of JDBC stand for, into the text; looked for once, as there may be many comments. */
    private boolean isChangedByDriver() {
        Boolean known = changedByDriver;
        if (known == null) {
            boolean isFilled = placeholders == Placeholders.QUESTION_MARKS && text.sql.indexOf('?') >= 0;
            known = isFilled || text.sql.indexOf('{') >= 0;
            changedByDriver = known;
        }
        return known;
    }

    private static boolean holdsMark(String content) {
        return content.chars().anyMatch(c -> "?'\"`#\\{".indexOf(c) >= 0);
    }

    private int version(int digits) {
        return Integer.parseInt(text.sql.substring(text.position, text.position + digits));
    }

    private boolean runs(int number, boolean ofMariaDb, int start) {
        int version = modes.server().version();
        boolean isMariaDb = modes.dialect() == Dialect.MARIADB;
        boolean isLeftToMySql = isMariaDb && !ofMariaDb && number >= FIRST_OF_MYSQL && number <= LAST_OF_MYSQL;
        boolean isKnown = version > 0 || number <= (isMariaDb ? OLDEST_MARIADB : OLDEST_MYSQL) || isLeftToMySql;
        if (!isKnown || (isMariaDb && number == OF_CLUSTER)) {
            throw Tokenizer.fail(
                    "an executable comment of which it is not known whether the server runs it",
                    start,
                    "write it as plain SQL");
        }
        return !isLeftToMySql && (version == 0 || number <= version);
    }

    /** A quoted text inside an executable comment must not hold what drivers take for its end. */
    void checkQuoted(char quote) {
        if (openedAt >= 0) {
            int end = nextMark();
            int close = text.sql.indexOf(quote, text.position + 1);
            while (close >= 0 && close < end && text.peek(close - 1 - text.position) == '\\') {
                close = text.sql.indexOf(quote, close + 1);
            }
            if (end >= 0 && (close < 0 || close > end)) {
                throw Tokenizer.fail(
                        "the end of a comment inside quotes", text.position, "write the comment as plain SQL");
            }
        }
    }

    /** Where the next end of a comment stands, whatever it is the end of; -1 where there is none. */
    private int nextMark() {
        if (mark != NO_MARK && mark < text.position) {
            mark = text.sql.indexOf("*/", text.position);
        }
        return mark;
    }

    /** The server cuts a hint by its quotes; it may set variables for its statement. */
    private void checkHint(String hint, int start) {
        String folded = hint.toLowerCase(Locale.ROOT);
        boolean isAscii = folded.chars().allMatch(c -> c < 128);
        boolean protects =
                folded.contains("set_var") && (!isAscii || PROTECTING.stream().anyMatch(folded::contains));
        for (char quote : new char[] {'\'', '"', '`'}) {
            protects |= hint.chars().filter(c -> c == quote).count() % 2 != 0;
        }
        if (protects || hint.indexOf('\\') >= 0) {
            throw Tokenizer.fail("a hint that is not understood", start, "leave it out");
        }
    }
}
