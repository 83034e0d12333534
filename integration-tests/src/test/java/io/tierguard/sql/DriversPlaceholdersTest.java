package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.QueryInfo;
import com.mysql.cj.Session;
import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.conf.RuntimeProperty;
import com.mysql.cj.protocol.ServerSession;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mariadb.jdbc.util.ClientParser;

/**
 * Where the drivers of MySQL and MariaDB put values into a text, the guard has seen a placeholder: a value anywhere else would be
 * code.
 */
class DriversPlaceholdersTest {

    private static final long SEED = 20_261_129L;
    private static final int TEXTS = 40_000;

    private static final List<String> PIECES = List.of(
            "?",
            "?",
            "?",
            "?",
            " ",
            " ",
            " ",
            "\n",
            "\n",
            "\t",
            "\r\n",
            "'",
            "'",
            "''",
            "'a'",
            "'?'",
            "\"",
            "\"",
            "\"a\"",
            "\"?\"",
            "`",
            "`",
            "`a`",
            "`?`",
            "\\",
            "'\\'",
            "-- ",
            "-- ",
            "--",
            "--\n",
            "#",
            "#",
            "/",
            "*",
            "/*",
            "/*",
            "*/",
            "*/",
            "*/",
            "*/*",
            "/*/",
            "/**/",
            "//",
            "/*!",
            "/*!",
            "/*!50110 ",
            "/*!50110",
            "/*!99999 ",
            "/*!99999 ",
            "/*!99999",
            "/*!80300 ",
            "/*!50700 ",
            "/*M!",
            "/*M!100100 ",
            "/*M!120000 ",
            "/*!100100 ",
            "/*+",
            "/*+ ",
            "1",
            "a",
            "t",
            "=",
            "(",
            ")",
            ",",
            ";",
            "; ",
            "{",
            "}",
            "[",
            "]",
            "$$",
            "AND",
            " OR ",
            "@a",
            "x'41'",
            "n'a'",
            "_utf8mb4'a'",
            "VALUES",
            "INSERT INTO t VALUES (",
            "-",
            "!",
            "+",
            ".");

    /** A text, and each way to cut it. */
    @ParameterizedTest
    @CsvSource({
        "MYSQL, 8.0.15, ''",
        "MYSQL, 8.0.15, NO_BACKSLASH_ESCAPES",
        "MYSQL, 9.1.0, ANSI_QUOTES",
        "MARIADB, 11.4.5-MariaDB, ''",
        "MARIADB, 10.6.2-MariaDB, NO_BACKSLASH_ESCAPES",
        "MARIADB, 10.11.5-MariaDB, ANSI_QUOTES"
    })
    void noValueComesWhereTheGuardSawNoPlaceholder(Dialect dialect, String version, String mode) {
        LexicalModes modes = LexicalModes.ofMySql(dialect, mode, MySqlServer.of(version, "utf8mb4"));
        Random random = new Random(SEED);
        List<String> escapes = new ArrayList<>();
        int read = 0;
        for (int i = 0; i < TEXTS; i++) {
            String sql = text(random);
            try {
                Set<Integer> seen = seen(modes, sql);
                read++;
                boolean isPlain = modes.backslashes() == Backslashes.PLAIN;
                for (Set<Integer> filled : List.of(
                        ofMySql(sql, isPlain, false),
                        ofMySql(sql, isPlain, true),
                        positions(ClientParser.parameterParts(sql, isPlain)),
                        positions(ClientParser.rewritableParts(sql, isPlain)))) {
                    if (!seen.containsAll(filled)) {
                        escapes.add(sql + " is filled at " + filled + " and read as " + seen);
                    }
                }
            } catch (UnreadableTextException refused) {
                assertThat(refused.problemIn(sql).message()).isNotBlank();
            }
        }
        assertThat(escapes).isEmpty();
        assertThat(read).isGreaterThan(TEXTS / 10);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder("UPDATE t SET a=1 ");
        int length = 2 + random.nextInt(10);
        for (int i = 0; i < length; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static Set<Integer> seen(LexicalModes modes, String sql) {
        return Tokenizer.of(modes, Placeholders.QUESTION_MARKS, sql).tokenize().stream()
                .filter(token ->
                        token.kind() == Token.Kind.PARAMETER && token.text().isEmpty())
                .map(Token::start)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Integer> positions(ClientParser parsed) {
        Set<Integer> positions = new TreeSet<>();
        // Where each begins and ends, one after the other.
        for (int at = 0; at < parsed.paramPositions().length; at += 2) {
            positions.add(parsed.paramPositions()[at]);
        }
        return positions;
    }

    private static Set<Integer> ofMySql(String sql, boolean isBackslashPlain, boolean allowsSeveral) {
        Set<Integer> positions = new TreeSet<>();
        byte[][] parts = new QueryInfo(sql, session(isBackslashPlain, allowsSeveral), StandardCharsets.US_ASCII.name())
                .getStaticSqlParts();
        int at = 0;
        for (int part = 0; part < parts.length - 1; part++) {
            at += parts[part].length;
            positions.add(at);
            at++;
        }
        return positions;
    }

    /** As much of a session of Connector/J as its look for placeholders asks. */
    private static Session session(boolean isBackslashPlain, boolean allowsSeveral) {
        RuntimeProperty<?> property = answering(RuntimeProperty.class, "getValue", allowsSeveral);
        PropertySet properties = answering(PropertySet.class, "getBooleanProperty", property);
        ServerSession server = answering(ServerSession.class, "isNoBackslashEscapesSet", isBackslashPlain);
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "getServerSession" -> server;
            case "getPropertySet" -> properties;
            default -> null;
        };
        return (Session)
                Proxy.newProxyInstance(Session.class.getClassLoader(), new Class<?>[] {Session.class}, handler);
    }

    private static <T> T answering(Class<T> type, String asked, Object answer) {
        InvocationHandler handler =
                (proxy, method, arguments) -> method.getName().equals(asked) ? answer : null;
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
