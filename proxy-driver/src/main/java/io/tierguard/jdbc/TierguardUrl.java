package io.tierguard.jdbc;

import io.tierguard.guard.ConnectionPlace;
import io.tierguard.sql.Dialect;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A URL taken apart.
 *
 * @param realUrl the URL that the real driver gets
 * @param dialect the database that it names
 * @param settings our settings that stood in it
 */
record TierguardUrl(String realUrl, Dialect dialect, Map<String, String> settings) {
    private static final String PREFIX = "jdbc:tierguard:";

    /** Between the parameters of URLs, whichever database's. */
    private static final String SEPARATORS = "?&;";

    TierguardUrl {
        settings = Map.copyOf(settings);
    }

    /** Whether a URL is for this driver. */
    static boolean isOurs(String url) {
        return url.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    /** Takes a URL apart that is for this driver. */
    static TierguardUrl parse(String url) throws SettingsException {
        String realUrl = "jdbc:" + url.substring(PREFIX.length());
        if (Dialect.nameIn(realUrl).isEmpty()) {
            throw unnamed();
        }
        Dialect dialect = Dialect.ofUrl(realUrl).orElse(Dialect.ANSI);
        Map<String, String> settings = new LinkedHashMap<>();
        String rest = switch (dialect) {
            case H2 -> splitH2(realUrl, settings);
            case POSTGRESQL, MYSQL, MARIADB, SQLITE -> splitPostgresql(realUrl, settings);
            case ANSI, ORACLE, SQLSERVER -> splitAny(realUrl, settings);
        };
        // Where there was nothing to take out, to the letter: what the real driver tells of its URL is what it was
        // given.
        return new TierguardUrl(settings.isEmpty() ? realUrl : rest, dialect, settings);
    }

    private static SettingsException unnamed() {
        return new SettingsException("the URL begins with " + PREFIX + "…; supported are " + supported());
    }

    /** The refusal of a database that is not known, where the policy does not ask for it all the same. */
    static SettingsException unknown(String name) {
        return new SettingsException("the URL begins with " + PREFIX + name + ":; supported are " + supported()
                + "; another is read as far as its SQL is plain where the policy says: read as ansi \"" + name + "\"");
    }

    /** The refusal of a database whose reading no live server has proved, where the policy does not ask for it. */
    static SettingsException unproved(String name) {
        return new SettingsException(
                "the URL begins with " + PREFIX + name + ":; it is read as its documentation says, which"
                        + " no live server has proved, where the policy says: read as documented \"" + name + "\"");
    }

    private static String supported() {
        return Arrays.stream(Dialect.values())
                .filter(dialect -> !dialect.isReadOnRequest())
                .map(dialect -> PREFIX + dialect.code() + ":")
                .collect(Collectors.joining(", "));
    }

    /** Of a database that is not known nobody knows how it parts its settings; ours end where any of the usual marks stands. */
    private static String splitAny(String url, Map<String, String> settings) throws SettingsException {
        StringBuilder rest = new StringBuilder();
        boolean lacksFirst = false;
        int at = 0;
        while (at < url.length()) {
            char c = url.charAt(at);
            int end = at + 1;
            if (SEPARATORS.indexOf(c) >= 0 && Settings.isOurs(url.substring(end))) {
                while (end < url.length() && SEPARATORS.indexOf(url.charAt(end)) < 0) {
                    end++;
                }
                take(decoded(url.substring(at + 1, end)), settings);
                lacksFirst |= c == '?';
            } else {
                boolean isFirst = c == '&' && lacksFirst;
                rest.append(isFirst ? '?' : c);
                lacksFirst &= !isFirst;
            }
            at = end;
        }
        return rest.toString();
    }

    /** H2 writes {@code ;KEY=value}, and a backslash takes the next character as it is. */
    private static String splitH2(String url, Map<String, String> settings) throws SettingsException {
        int start = url.indexOf(';');
        if (start < 0) {
            return url;
        }
        StringBuilder rest = new StringBuilder(url.substring(0, start));
        for (String part : splitEscaped(url.substring(start + 1))) {
            if (!take(unescaped(part), settings)) {
                rest.append(';').append(part);
            }
        }
        return rest.toString();
    }

    private static String splitPostgresql(String url, Map<String, String> settings) throws SettingsException {
        int start = url.indexOf('?');
        if (start < 0) {
            return url;
        }
        StringBuilder rest = new StringBuilder(url.substring(0, start));
        char separator = '?';
        for (String part : url.substring(start + 1).split("&")) {
            if (!Settings.isOurs(part) || !take(decoded(part), settings)) {
                rest.append(separator).append(part);
                separator = '&';
            }
        }
        return rest.toString();
    }

    private static boolean take(String part, Map<String, String> settings) throws SettingsException {
        if (!Settings.isOurs(part)) {
            return false;
        }
        int equals = part.indexOf('=');
        String key = equals < 0 ? part : part.substring(0, equals);
        if (settings.put(key, equals < 0 ? "" : part.substring(equals + 1)) != null) {
            throw new SettingsException("setting " + key + " (from the URL): it is given twice");
        }
        return true;
    }

    static String decoded(String part) throws SettingsException {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            // The value may be a password, and the cause repeats it.
            throw new SettingsException(
                    "the URL's parameter " + part.split("=", 2)[0] + " holds a broken percent escape");
        }
    }

    /** The parts between semicolons that no backslash precedes, as they are written. */
    static List<String> splitEscaped(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ';') {
                parts.add(part.toString());
                part.setLength(0);
                continue;
            }
            part.append(c);
            if (c == '\\' && i + 1 < text.length()) {
                part.append(text.charAt(++i));
            }
        }
        parts.add(part.toString());
        return parts;
    }

    static String unescaped(String part) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            text.append(c == '\\' && i + 1 < part.length() ? part.charAt(++i) : c);
        }
        return text.toString();
    }

    /** Where the URL leads; of several hosts the first. */
    ConnectionPlace place() {
        int start = realUrl.indexOf("//");
        String folded = realUrl.toLowerCase(Locale.ROOT);
        return switch (dialect) {
            case ANSI, ORACLE, SQLSERVER ->
                start < 0 ? ConnectionPlace.EMBEDDED : placeOf(realUrl.substring(start + 2), 0);
            case H2 ->
                folded.startsWith("jdbc:h2:tcp://") || folded.startsWith("jdbc:h2:ssl://")
                        ? placeOf(realUrl.substring(start + 2), 9092)
                        : ConnectionPlace.EMBEDDED;
            case SQLITE -> ConnectionPlace.EMBEDDED;
            case MYSQL, MARIADB ->
                start < 0 ? new ConnectionPlace("localhost", 3306) : placeOf(realUrl.substring(start + 2), 3306);
            case POSTGRESQL ->
                start < 0 ? new ConnectionPlace("localhost", 5432) : placeOf(realUrl.substring(start + 2), 5432);
        };
    }

    private static ConnectionPlace placeOf(String hosts, int defaultPort) {
        int end = 0;
        while (end < hosts.length() && "/,;?".indexOf(hosts.charAt(end)) < 0) {
            end++;
        }
        String host = hosts.substring(0, end);
        int colon = host.lastIndexOf(':');
        int port = defaultPort;
        if (colon > host.lastIndexOf(']')) {
            String digits = host.substring(colon + 1);
            port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 0;
            host = host.substring(0, colon);
        }
        return new ConnectionPlace(host.isEmpty() ? "localhost" : host, port);
    }
}
