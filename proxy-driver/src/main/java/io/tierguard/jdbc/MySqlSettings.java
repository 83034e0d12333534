package io.tierguard.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of the drivers of MySQL and MariaDB by which SQL is run at connect, or the guard would not see what it has to.
 *
 * <p>Either driver may take the other's URL, so that those of both are looked for in either.
 */
final class MySqlSettings {
    private static final String OF_CLASS = "it names a class that would be given the real connection";
    private static final String OF_SETTINGS = "it changes the settings after they have been looked at";
    private static final String OF_SESSION =
            "it makes another session of the connection unseen, whose names and texts may" + " mean something else";
    private static final String ANY = "";
    private static final String TRUE = "true";

    /** What is refused: the value with which it is, or any, and why. */
    private static final Map<String, List<String>> REFUSED = Map.ofEntries(
            Map.entry("queryInterceptors", List.of(ANY, OF_CLASS)),
            Map.entry("connectionLifecycleInterceptors", List.of(ANY, OF_CLASS)),
            Map.entry("exceptionInterceptors", List.of(ANY, OF_CLASS)),
            Map.entry("clientInfoProvider", List.of(ANY, OF_CLASS)),
            Map.entry("propertiesTransform", List.of(ANY, OF_SETTINGS)),
            Map.entry("useConfigs", List.of(ANY, OF_SETTINGS)),
            Map.entry("autoReconnect", List.of(TRUE, OF_SESSION)),
            Map.entry("autoReconnectForPools", List.of(TRUE, OF_SESSION)),
            Map.entry("reconnectAtTxEnd", List.of(TRUE, OF_SESSION)),
            Map.entry("transactionReplay", List.of(TRUE, OF_SESSION)),
            Map.entry("autoDeserialize", List.of(TRUE, "it makes objects of whatever a row holds")),
            Map.entry(
                    "emulateLocators",
                    List.of(TRUE, "it makes statements of a result's column names, which are not judged")),
            Map.entry(
                    "includeThreadNamesAsStatementComment",
                    List.of(TRUE, "a thread's name may end the comment that it is written into")),
            Map.entry(
                    "useOldAliasMetadataBehavior",
                    List.of(TRUE, "it hides which table an updatable result set would change")));

    /** A key and a value among the hosts of a URL, as in {@code address=(host=a)(key=value)}. */
    private static final Pattern AMONG_HOSTS = Pattern.compile("[(,]\\s*([A-Za-z0-9_.]+)\\s*=([^,)]*)");

    private final Map<String, List<String>> parameters;

    private MySqlSettings(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /** Those of the parameters of a connection, whose keys are in upper case. */
    static MySqlSettings of(Map<String, List<String>> parameters) {
        return new MySqlSettings(parameters);
    }

    /** What stands in a URL, each as it is written and as it is once decoded, because the drivers differ in that. */
    static Map<String, List<String>> inUrl(String realUrl) {
        Map<String, List<String>> parameters = new TreeMap<>();
        int start = realUrl.indexOf('?');
        String hosts = start < 0 ? realUrl : realUrl.substring(0, start);
        Matcher among = AMONG_HOSTS.matcher(hosts);
        while (among.find()) {
            put(parameters, among.group(1), among.group(2));
        }
        for (String part :
                start < 0 ? new String[0] : realUrl.substring(start + 1).split("&", -1)) {
            put(parameters, part);
            try {
                String decoded = TierguardUrl.decoded(part);
                if (!decoded.equals(part)) {
                    put(parameters, decoded);
                }
            } catch (SettingsException notEncoded) {
                // A driver that decodes refuses it by itself.
            }
        }
        return parameters;
    }

    private static void put(Map<String, List<String>> parameters, String part) {
        int equals = part.indexOf('=');
        put(parameters, equals < 0 ? part : part.substring(0, equals), equals < 0 ? "" : part.substring(equals + 1));
    }

    private static void put(Map<String, List<String>> parameters, String key, String value) {
        parameters
                .computeIfAbsent(key.strip().toUpperCase(Locale.ROOT), first -> new ArrayList<>())
                .add(value);
    }

    /** Refuses the connection for a setting by which the guard would be passed. */
    void check() throws SettingsException {
        for (Map.Entry<String, List<String>> refused : REFUSED.entrySet()) {
            String when = refused.getValue().get(0);
            for (String value : values(refused.getKey())) {
                boolean isMeant = when.equals(ANY) ? !value.isBlank() : isTrue(value);
                if (isMeant) {
                    throw new SettingsException("the real driver's setting " + refused.getKey() + " is refused: "
                            + refused.getValue().get(1));
                }
            }
        }
        for (String text : texts("")) {
            if (text.contains("/*")) {
                throw new SettingsException("the real driver runs a text at connect that holds a comment, which one"
                        + " database may run and another not; leave the comment out");
            }
        }
    }

    private static boolean isTrue(String value) {
        String folded = value.strip().toLowerCase(Locale.ROOT);
        return folded.isEmpty() || folded.equals("true") || folded.equals("yes") || folded.equals("1");
    }

    /**
     * What the driver runs while it connects.
     *
     * @param database the one that the URL names
     */
    List<String> texts(String database) {
        List<String> texts = new ArrayList<>(values("initSql"));
        for (String variables : values("sessionVariables")) {
            if (!isEncoded(variables)) {
                texts.add(set(variables));
            }
        }
        if (values("createDatabaseIfNotExist").stream().anyMatch(MySqlSettings::isTrue) && !database.isEmpty()) {
            texts.add("CREATE DATABASE IF NOT EXISTS `" + database.replace("`", "``") + "`");
        }
        texts.removeIf(String::isBlank);
        return texts;
    }

    /** Whether what runs at connect only sets what its session alone has. */
    boolean onlySetSession() {
        return values("initSql").isEmpty() && values("createDatabaseIfNotExist").isEmpty();
    }

    /** The database that the URL or a property names, as it is written there; empty where none is named. */
    Optional<String> database(String realUrl) {
        List<String> named = values("dbname");
        if (!named.isEmpty()) {
            return Optional.of(named.get(0));
        }
        int end = realUrl.indexOf('?');
        String hosts = end < 0 ? realUrl : realUrl.substring(0, end);
        int slash = hosts.indexOf('/', Math.max(0, hosts.indexOf("//") + 2));
        return Optional.of(slash < 0 ? "" : hosts.substring(slash + 1)).filter(name -> !name.isBlank());
    }

    /** Whether something is assigned that begins with a percent sign, which no server takes: it is meant for a driver that decodes it. */
    private static boolean isEncoded(String variables) {
        return variables.indexOf('\\') < 0
                && assignments(variables).stream()
                        .map(assignment -> assignment.substring(assignment.indexOf('=') + 1))
                        .anyMatch(value -> value.strip().startsWith("%"));
    }

    /** The one statement that the drivers make of assignments with commas or semicolons between. */
    private static String set(String variables) {
        StringBuilder statement = new StringBuilder("SET ");
        boolean isFirst = true;
        for (String assignment : assignments(variables)) {
            statement
                    .append(isFirst ? "" : ", ")
                    .append(assignment.startsWith("@") ? "" : "SESSION ")
                    .append(assignment);
            isFirst = false;
        }
        return isFirst ? "" : statement.toString();
    }

    private static List<String> assignments(String variables) {
        List<String> assignments = new ArrayList<>();
        StringBuilder assignment = new StringBuilder();
        int depth = 0;
        char quote = 0;
        for (int at = 0; at < variables.length(); at++) {
            char c = variables.charAt(at);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"' || c == '`') {
                quote = c;
            } else if (c == '(' || c == ')') {
                depth += c == '(' ? 1 : -1;
            }
            if (quote == 0 && depth == 0 && (c == ',' || c == ';')) {
                assignments.add(assignment.toString().strip());
                assignment.setLength(0);
            } else {
                assignment.append(c);
            }
        }
        assignments.add(assignment.toString().strip());
        assignments.removeIf(String::isEmpty);
        return assignments;
    }

    private List<String> values(String key) {
        return parameters.getOrDefault(key.toUpperCase(Locale.ROOT), List.of());
    }
}
