package io.tierguard.sql;

import io.tierguard.policy.model.Reach;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether MySQL or MariaDB cuts the rest of a text as all of it was cut here. A server cuts a statement only when the one
 * in front has run, which may have changed the session's mode or the client's character set.
 *
 * <p>What the session's own settings hold can be kept in a variable and set again, as dumps do. That is followed as long as
 * nothing runs between that could set the variable. For one text, in one thread.
 */
final class MySqlRest {
    private static final String MODE = "sql_mode";
    private static final String CHARACTER_SET = "character_set_client";

    /** Statements that begin so run no code of a user's own, and set no variable. */
    private static final Set<String> QUIET = Set.of("lock", "unlock", "drop");

    /** Characters that are letters in {@code swe7}; all others of ASCII are the same in every client's character set. */
    private static final String LETTERS_SOMEWHERE = "[]^{}~";

    private final LexicalModes modes;
    private final CutText text;

    /** Which setting a variable of the user's holds, as it is where all is cut as here. */
    private Map<String, String> kept = new HashMap<>();

    private boolean isCutUnknown;
    private boolean areBackslashesCertain = true;
    private boolean areDoubleQuotesCertain = true;
    private boolean areBlanksCertain = true;
    private boolean isModeCertain = true;
    private boolean isCharacterSetCertain = true;

    MySqlRest(LexicalModes modes, CutText text) {
        this.modes = modes;
        this.text = text;
    }

    /** A statement of the text has been read; whether what follows it is cut as here. */
    boolean isCutAlikeBehind(List<Token> statement, StatementEffects effects) {
        Optional<List<MySqlSetting>> settings = MySqlSetting.in(statement);
        boolean restoresMode = restores(settings, MODE);
        boolean restoresCharacterSet = restores(settings, CHARACTER_SET);
        if (effects instanceof StatementEffects.Understood understood) {
            for (SessionChange change : understood.sessionChanges()) {
                follow(change, restoresMode, restoresCharacterSet);
            }
        }
        isCutUnknown |= effects instanceof StatementEffects.Executed;
        keep(statement, effects, settings);
        return !isCutUnknown && isAlike(statement.get(statement.size() - 1).end());
    }

    private void follow(SessionChange change, boolean restoresMode, boolean restoresCharacterSet) {
        if (change instanceof SessionChange.StringSyntax strings && !restoresMode) {
            areBackslashesCertain &= strings.meaning() == modes.backslashes();
            isModeCertain &= strings.meaning() != Backslashes.UNKNOWN && !modes.squareBracketNames();
        } else if (change instanceof SessionChange.QuoteSyntax quotes && !restoresMode) {
            areDoubleQuotesCertain &= quotes.meaning() == modes.doubleQuotes();
        } else if (change instanceof SessionChange.BlankSyntax blanks && !restoresMode) {
            areBlanksCertain &= blanks.isIgnored() == modes.server().isSpaceIgnored();
        } else if (change instanceof SessionChange.CharacterSet && !restoresCharacterSet) {
            isCharacterSetCertain = false;
        } else if (change instanceof SessionChange.Unfollowed) {
            isCutUnknown = true;
        }
    }

    /** Whether a statement sets this once, to what it was when all was cut as here. */
    private boolean restores(Optional<List<MySqlSetting>> settings, String setting) {
        if (settings.isEmpty()) {
            return false;
        }
        int times = 0;
        boolean isKept = true;
        for (MySqlSetting one : settings.get()) {
            boolean isOther = setting.equals(CHARACTER_SET) && one.name().equals("names");
            if (one.name().equals(setting) || isOther) {
                times++;
                // Values are taken before any variable is set, or one after the other: the variable must not be set
                // here.
                isKept &= one.valueOfVariable()
                        .filter(variable -> setting.equals(kept.get(variable)))
                        .filter(variable -> settings.get().stream()
                                .noneMatch(other -> other.name().equals(variable)))
                        .isPresent();
            }
        }
        return times == 1 && isKept;
    }

    private void keep(List<Token> statement, StatementEffects effects, Optional<List<MySqlSetting>> settings) {
        if (settings.isEmpty()) {
            kept = isQuiet(statement, effects) ? kept : new HashMap<>();
            return;
        }
        Map<String, String> now = new HashMap<>(kept);
        for (MySqlSetting setting : settings.get()) {
            if (!setting.isPlain() || (setting.name().startsWith("@") && !setting.isOfUser())) {
                kept = new HashMap<>();
                return;
            }
            String held = setting.valueOfVariable().orElse("");
            if (setting.isOfUser() && isCertain(held)) {
                now.put(setting.name(), held);
            } else {
                now.remove(setting.name());
            }
        }
        kept = now;
    }

    private boolean isCertain(String setting) {
        boolean isMode = areBackslashesCertain && areDoubleQuotesCertain && areBlanksCertain && isModeCertain;
        return (setting.equals(MODE) && isMode) || (setting.equals(CHARACTER_SET) && isCharacterSetCertain);
    }

    /** Whether it could set no variable: of what makes tables that which reads none. */
    private static boolean isQuiet(List<Token> statement, StatementEffects effects) {
        boolean makesTable = statement.size() > 1
                && statement.get(0).is("create")
                && statement.get(1).is("table")
                && statement.stream().noneMatch(token -> token.is("select") || token.is("as") || token.is("with"));
        Token first = statement.get(0);
        return (makesTable || (first.kind() == Token.Kind.WORD && QUIET.contains(first.text())))
                && effects instanceof StatementEffects.Understood understood
                && understood.unknownRoutines().isEmpty()
                && understood.effects().stream()
                        .noneMatch(effect -> effect.verb().reads() && effect.reach() != Reach.KEY)
                && statement.stream().noneMatch(MySqlRest::isParameter);
    }

    private static boolean isParameter(Token token) {
        return token.kind() == Token.Kind.PARAMETER;
    }

    /** A variable is the server's to fill in. */
    private static boolean isBound(Token token) {
        return isParameter(token) && !token.text().startsWith("@");
    }

    private boolean isAlike(int from) {
        boolean isCertain = isCertain(MODE) && isCertain(CHARACTER_SET);
        String rest = isCertain ? "" : text.sql().substring(from);
        // In the place of a parameter the driver may send a value as it has to be written before the text runs.
        boolean takesValues = !isCertain && behind(from).stream().anyMatch(MySqlRest::isBound);
        return ((areBackslashesCertain && isCharacterSetCertain) || !takesValues)
                && (areBackslashesCertain || rest.indexOf('\\') < 0)
                && (areDoubleQuotesCertain || rest.indexOf('"') < 0)
                && (isModeCertain || rest.indexOf('[') < 0)
                && (isCharacterSetCertain || isPlain(rest))
                && (isCertain || isPlain(behind(from)));
    }

    private List<Token> behind(int from) {
        List<Token> behind = new ArrayList<>();
        for (Token token : text.tokens()) {
            if (token.start() >= from) {
                behind.add(token);
            }
        }
        return behind;
    }

    /** Whether a text is the same in every client's character set. */
    private static boolean isPlain(String rest) {
        return rest.chars().allMatch(c -> c < 0x80 && LETTERS_SOMEWHERE.indexOf(c) < 0);
    }

    /**
     * Whether no built-in function's name stands apart from its parenthesis, and nothing holds another text or another name
     * in which characters count.
     */
    private static boolean isPlain(List<Token> tokens) {
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            Token next = MySqlLists.at(tokens, at + 1);
            boolean isApart = token.isIdentifier()
                    && MySqlWords.NEED_PARENTHESIS.contains(token.text())
                    && next.start() != token.end();
            boolean holdsText = token.is("prepare") || token.is("execute");
            boolean isOdd = token.kind() == Token.Kind.NAME
                    && token.text().chars().anyMatch(c -> c == '|' || c == '@' || c == '\\' || c == '`');
            if (isApart || holdsText || isOdd) {
                return false;
            }
        }
        return true;
    }
}
