package io.tierguard.jdbc;

import io.tierguard.guard.Admission;
import io.tierguard.guard.Execution;
import io.tierguard.guard.GuardSession;
import io.tierguard.guard.Refusal;
import io.tierguard.policy.model.Limit;
import io.tierguard.policy.model.TableName;
import io.tierguard.sql.Backslashes;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.DoubleQuotes;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SessionFacts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a URL and properties make the database run while it connects, which the guard has to see before. */
final class ConnectTimeSql {
    private static final String INIT = "INIT";

    /** Words without which no text of H2 changes a row but by code that is refused anyhow. */
    private static final Pattern ROW_CHANGES =
            Pattern.compile("(?i)insert|update|delete|merge|truncate|replace|call|execute|refresh");

    /** Settings of H2 that take a protection away from the whole database, or shut others out of it. */
    private static final Set<String> ASKED_FOR =
            Set.of("REFERENTIAL_INTEGRITY", "EXCLUSIVE", "ALLOW_LITERALS", "DATABASE_EVENT_LISTENER");

    /** The values of H2's LOCK_MODE under which sessions are kept apart. */
    private static final Set<String> LOCK_MODES = Set.of("1", "2", "3");

    private final Dialect dialect;
    private final String realUrl;
    private final Map<String, List<String>> parameters;

    private ConnectTimeSql(Dialect dialect, String realUrl, Map<String, List<String>> parameters) {
        this.dialect = dialect;
        this.realUrl = realUrl;
        this.parameters = parameters;
    }

    /** What the real URL and the real properties say, the keys in upper case. */
    static ConnectTimeSql of(TierguardUrl url, Properties properties) throws SettingsException {
        Map<String, List<String>> parameters = new TreeMap<>();
        switch (url.dialect()) {
            case H2 -> {
                int start = url.realUrl().indexOf(';');
                if (start >= 0) {
                    TierguardUrl.splitEscaped(url.realUrl().substring(start + 1))
                            .forEach(part -> put(parameters, TierguardUrl.unescaped(part)));
                }
            }
            case ANSI, ORACLE, SQLSERVER -> {}
            case MYSQL, MARIADB -> parameters.putAll(MySqlSettings.inUrl(url.realUrl()));
            case SQLITE -> SqliteSettings.inUrl(url.realUrl()).forEach(part -> put(parameters, part));
            case POSTGRESQL -> {
                int start = url.realUrl().indexOf('?');
                if (start >= 0) {
                    for (String part : url.realUrl().substring(start + 1).split("&")) {
                        put(parameters, TierguardUrl.decoded(part));
                    }
                }
            }
        }
        properties.forEach((key, value) -> put(parameters, key + "=" + value));
        for (String key : properties.stringPropertyNames()) {
            if (!properties.containsKey(key)) {
                put(parameters, key + "=" + properties.getProperty(key));
            }
        }
        if (url.dialect() == Dialect.MYSQL || url.dialect() == Dialect.MARIADB) {
            MySqlSettings.of(parameters).check();
        }
        return new ConnectTimeSql(url.dialect(), url.realUrl(), parameters);
    }

    private static void put(Map<String, List<String>> parameters, String part) {
        int equals = part.indexOf('=');
        if (equals > 0) {
            parameters
                    .computeIfAbsent(
                            part.substring(0, equals).strip().toUpperCase(Locale.ROOT), key -> new ArrayList<>())
                    .add(part.substring(equals + 1));
        }
    }

    /** Whether anything has to be asked. */
    boolean isEmpty() {
        return texts().isEmpty();
    }

    /** Whether connecting once more does nothing but to make another session. */
    boolean isRepeatable() {
        return switch (dialect) {
            case H2, SQLITE -> isEmpty();
            case POSTGRESQL -> true; // what it can be told to do at its start is to set the session
            case ANSI, ORACLE, SQLSERVER -> false; // nobody knows what its settings do
            case MYSQL, MARIADB -> MySqlSettings.of(parameters).onlySetSession();
        };
    }

    /** Whether a text may change rows, by its words. */
    boolean mayChangeRows() {
        return texts().stream().anyMatch(text -> ROW_CHANGES.matcher(text).find());
    }

    /** An H2 URL without what the database would run, which leads to the same. */
    static String withoutTexts(String url) {
        return TierguardUrl.splitEscaped(url).stream()
                .filter(part -> !isRun(TierguardUrl.unescaped(part)))
                .collect(Collectors.joining(";"));
    }

    /** The same of properties. */
    static Properties withoutTexts(Properties properties) {
        Properties others = new Properties();
        properties.forEach((key, value) -> {
            if (!isRun(key + "=" + value)) {
                others.put(key, value);
            }
        });
        properties.stringPropertyNames().stream()
                .filter(key -> !isRun(key + "=" + properties.getProperty(key)))
                .forEach(key -> others.setProperty(key, properties.getProperty(key)));
        return others;
    }

    private static boolean isRun(String setting) {
        int equals = setting.indexOf('=');
        return equals > 0
                && isRun(setting.substring(0, equals).strip().toUpperCase(Locale.ROOT), setting.substring(equals + 1));
    }

    /** Whether H2 runs a setting as a text that could do more than to set it. */
    private static boolean isRun(String key, String value) {
        return key.equals(INIT)
                || (!isCredential(key)
                        && (isMoreThanAWord(value) || ASKED_FOR.contains(key) || takesLocksAway(key, value)));
    }

    /** Asks for each text, so that nothing runs if one of them is refused. */
    void admit(GuardSession session) throws DenialException {
        for (String text : texts()) {
            Admission admission = session.admit(text, Placeholders.NONE, 0);
            if (admission instanceof Refusal refusal) {
                throw Denials.of(refusal);
            }
            Execution execution = (Execution) admission;
            checkUncounted(execution);
            // Whether it ran well is not ours to see: the real driver runs it inside its connect.
            execution.completed(-1);
        }
    }

    private static void checkUncounted(Execution execution) throws DenialException {
        for (Limit limit : execution.limits()) {
            Optional<Refusal> refusal =
                    execution.uncounted(limit, "it runs while the database connects, where its rows are not counted");
            if (refusal.isPresent()) {
                execution.failed(DenialException.SQL_STATE);
                throw Denials.of(refusal.get());
            }
        }
    }

    private List<String> texts() {
        return switch (dialect) {
            case H2 -> textsOfH2();
            case ANSI, ORACLE, SQLSERVER -> List.of();
            case POSTGRESQL -> StartupOptions.statements(values("OPTIONS"));
            case SQLITE -> SqliteSettings.texts(parameters);
            case MYSQL, MARIADB -> {
                MySqlSettings settings = MySqlSettings.of(parameters);
                yield settings.texts(settings.database(realUrl).orElse(""));
            }
        };
    }

    /** What H2 runs: INIT, and any other setting as {@code SET key value}, whose value may hold a second statement. */
    private List<String> textsOfH2() {
        List<String> texts = new ArrayList<>();
        parameters.forEach((key, values) -> {
            for (String value : values) {
                if (key.equals(INIT)) {
                    texts.add(value);
                } else if (isRun(key, value)) {
                    texts.add("SET " + key + " " + value);
                }
            }
        });
        return texts;
    }

    /** Whether sessions would read and overwrite what others have not committed; each other value keeps them apart. */
    private static boolean takesLocksAway(String key, String value) {
        return key.equals("LOCK_MODE") && !LOCK_MODES.contains(value.strip());
    }

    /** Whether a second statement may stand in a value, or a query. */
    private static boolean isMoreThanAWord(String value) {
        return value.contains(";") || value.contains("(");
    }

    private static boolean isCredential(String key) {
        return key.equals("USER") || key.equals("PASSWORD");
    }

    /** The session as it will be when the database runs this, as far as the parameters tell. */
    SessionFacts facts() {
        LexicalModes modes = LexicalModes.defaultsOf(dialect);
        Set<String> path = new LinkedHashSet<>();
        if (dialect == Dialect.H2) {
            boolean brackets = values("MODE").stream().anyMatch("MSSQLServer"::equalsIgnoreCase);
            modes = new LexicalModes(dialect, false, brackets);
            values("SCHEMA").forEach(schema -> path.add(folded(schema)));
            values("SCHEMA_SEARCH_PATH").forEach(schemas -> {
                for (String schema : schemas.split(",")) {
                    path.add(folded(schema));
                }
            });
        }
        if (dialect == Dialect.MYSQL || dialect == Dialect.MARIADB) {
            // Nobody has asked the server yet what its quotes and backslashes mean.
            modes = modes.with(Backslashes.UNKNOWN).with(DoubleQuotes.UNKNOWN);
            MySqlSettings.of(parameters).database(realUrl).ifPresent(name -> path.add(folded(name)));
        } else if (dialect == Dialect.SQLITE) {
            path.addAll(List.of("temp", "main"));
        } else if (path.isEmpty()) {
            path.add("public");
        }
        List<String> users = values("USER");
        return new SessionFacts(users.isEmpty() ? "" : users.get(0), "", List.copyOf(path), modes);
    }

    private static String folded(String name) {
        return TableName.fold(name.strip().replace("\"", ""));
    }

    private List<String> values(String key) {
        return parameters.getOrDefault(key, List.of());
    }
}
