package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.jdbc.build.ForwardedMethods;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every method of every interface of java.sql and javax.sql, in each JDK that this machine has, is one that somebody has
 * looked at: written by hand, forwarded, a default that runs on the guarded object, or one of an object that is handed out
 * as it is. What a new JDK adds fails here until it is listed.
 */
class JdbcTypesTest {
    private static final String JDBC = "io.tierguard.jdbc.";

    /** Which of our classes stands for which interface. */
    private static final Map<String, String> GUARDED = Map.ofEntries(
            Map.entry("java.sql.Array", "GuardedArray"),
            Map.entry("java.sql.Blob", "GuardedBlob"),
            Map.entry("java.sql.CallableStatement", "GuardedCallableStatement"),
            Map.entry("java.sql.Clob", "GuardedClob"),
            Map.entry("java.sql.Connection", "GuardedConnection"),
            Map.entry("java.sql.ConnectionBuilder", "GuardingConnectionBuilder"),
            Map.entry("java.sql.DatabaseMetaData", "GuardedDatabaseMetaData"),
            Map.entry("java.sql.Driver", "TierguardDriver"),
            Map.entry("java.sql.NClob", "GuardedNClob"),
            Map.entry("java.sql.PreparedStatement", "GuardedPreparedStatement"),
            Map.entry("java.sql.Ref", "GuardedRef"),
            Map.entry("java.sql.ResultSet", "GuardedResultSet"),
            Map.entry("java.sql.Statement", "GuardedStatement"),
            Map.entry("java.sql.Struct", "GuardedStruct"),
            Map.entry("java.sql.Wrapper", "GuardedObject"),
            Map.entry("javax.sql.CommonDataSource", "GuardingDataSource"),
            Map.entry("javax.sql.ConnectionPoolDataSource", "TierguardConnectionPoolDataSource"),
            Map.entry("javax.sql.DataSource", "TierguardDataSource"),
            Map.entry("javax.sql.PooledConnection", "GuardedPooledConnection"),
            Map.entry("javax.sql.XAConnection", "GuardedXAConnection"),
            Map.entry("javax.sql.XADataSource", "TierguardXADataSource"));

    static Stream<Path> homes() throws IOException {
        Set<Path> homes = new LinkedHashSet<>();
        homes.add(Path.of(System.getProperty("java.home")).toRealPath());
        Path folder = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.list(folder)) {
                for (Path home : all.filter(each -> Files.exists(each.resolve("lib/jrt-fs.jar")))
                        .sorted()
                        .toList()) {
                    homes.add(home.toRealPath());
                }
            }
        }
        return homes.stream();
    }

    @ParameterizedTest
    @MethodSource("homes")
    void everyMethodHasBeenLookedAt(Path home) throws IOException {
        Set<String> listed = listed();
        ForwardedMethods forwarded = ForwardedMethods.read();
        List<String> unlisted = new ArrayList<>();
        interfaces(home).forEach((name, type) -> {
            for (MethodDescription method : type.getDeclaredMethods()) {
                String signature = signature(method);
                boolean known = method.isStatic()
                        || !method.isPublic()
                        || listed.contains(name)
                        || listed.contains(name + "." + signature)
                        || forwarded.contains(name + "." + signature)
                        || isByHand(GUARDED.get(name), signature);
                if (!known) {
                    unlisted.add(name + "." + signature);
                }
            }
        });
        assertThat(unlisted).isEmpty();
    }

    private static Map<String, TypeDescription> interfaces(Path home) throws IOException {
        Map<String, TypeDescription> interfaces = new LinkedHashMap<>();
        try (FileSystem modules =
                FileSystems.newFileSystem(URI.create("jrt:/"), Map.of("java.home", home.toString()))) {
            Path module = modules.getPath("/modules/java.sql");
            Map<String, byte[]> classes = new TreeMap<>();
            for (String folder : List.of("java/sql", "javax/sql")) {
                try (Stream<Path> files = Files.list(module.resolve(folder))) {
                    for (Path file : files.toList()) {
                        String name = module.relativize(file).toString().replace('/', '.');
                        classes.put(name.substring(0, name.length() - ".class".length()), Files.readAllBytes(file));
                    }
                }
            }
            TypePool types = TypePool.Default.of(new ClassFileLocator.Compound(
                    new ClassFileLocator.Simple(classes), ClassFileLocator.ForClassLoader.ofPlatformLoader()));
            for (String name : classes.keySet()) {
                TypeDescription type = types.describe(name).resolve();
                if (type.isInterface() && type.isPublic()) {
                    interfaces.put(name, type);
                }
            }
        }
        assertThat(interfaces).hasSizeGreaterThan(40);
        return interfaces;
    }

    /** The types and methods of which nothing has to be guarded, each under the reason why. */
    private static Set<String> listed() throws IOException {
        Set<String> listed = new TreeSet<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(JdbcTypesTest.class.getResourceAsStream("handed-out-as-they-are.txt")),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    listed.add(line.strip());
                }
            }
        }
        return listed;
    }

    private static boolean isByHand(@Nullable String guarded, String signature) {
        if (guarded == null) {
            return false;
        }
        try {
            for (Class<?> type = Class.forName(JDBC + guarded); type != null; type = type.getSuperclass()) {
                if (Stream.of(type.getDeclaredMethods())
                        .filter(method -> !Modifier.isAbstract(method.getModifiers()))
                        .anyMatch(method -> signature(method).equals(signature))) {
                    return true;
                }
            }
            return false;
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static String signature(MethodDescription method) {
        return method.getParameters().asTypeList().asErasures().stream()
                .map(type -> type.isArray()
                        ? type.getComponentType().getSimpleName() + "[]"
                        : type.getName().replaceAll(".*[.$]", ""))
                .collect(Collectors.joining(",", method.getName() + "(", ")"));
    }

    private static String signature(Method method) {
        return Stream.of(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(",", method.getName() + "(", ")"));
    }
}
