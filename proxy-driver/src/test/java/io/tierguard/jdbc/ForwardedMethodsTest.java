package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import io.tierguard.jdbc.build.ForwardedMethods;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mockito.MockMakers;

class ForwardedMethodsTest {
    private static final Map<Class<?>, Class<?>> GUARDED = Map.ofEntries(
            Map.entry(Connection.class, GuardedConnection.class),
            Map.entry(Statement.class, GuardedStatement.class),
            Map.entry(PreparedStatement.class, GuardedPreparedStatement.class),
            Map.entry(CallableStatement.class, GuardedCallableStatement.class),
            Map.entry(ResultSet.class, GuardedResultSet.class),
            Map.entry(DatabaseMetaData.class, GuardedDatabaseMetaData.class),
            Map.entry(Array.class, GuardedArray.class),
            Map.entry(Blob.class, GuardedBlob.class),
            Map.entry(Clob.class, GuardedClob.class),
            Map.entry(NClob.class, GuardedNClob.class),
            Map.entry(Ref.class, GuardedRef.class),
            Map.entry(Struct.class, GuardedStruct.class));

    /** Default methods of JDKs after 17, which run on the guarded object and so reach the real one only through us. */
    private static final Set<String> DEFAULTS = Set.of(
            "Connection.enquoteIdentifier(String,boolean)",
            "Connection.enquoteLiteral(String)",
            "Connection.enquoteNCharLiteral(String)",
            "Connection.isSimpleIdentifier(String)",
            "Array.close()",
            "Blob.close()",
            "Clob.close()",
            "NClob.close()");

    @Test
    void everyMethodOfEveryGuardedTypeIsWrittenByHandOrListed() throws IOException {
        ForwardedMethods listed = ForwardedMethods.read();
        List<String> forgotten = new ArrayList<>();
        GUARDED.forEach((jdbc, guarded) -> {
            for (Method method : jdbc.getDeclaredMethods()) {
                String name = jdbc.getSimpleName() + "." + signature(method);
                boolean known = Modifier.isStatic(method.getModifiers())
                        || listed.contains("java.sql." + name)
                        || isByHand(guarded, method)
                        || DEFAULTS.contains(name);
                if (!known) {
                    forgotten.add(name);
                }
            }
        });
        assertThat(forgotten).isEmpty();
    }

    /** As Mockito did before its fifth version, and as it does without instrumentation. */
    @Test
    void everyGeneratedClassCanBeSpiedOnByASubclass() throws ReflectiveOperationException {
        for (Class<?> guarded : GUARDED.values()) {
            Class<?> generated = Class.forName(guarded.getName() + "Forwarding");
            assertThat(mock(generated, withSettings().mockMaker(MockMakers.SUBCLASS)))
                    .isInstanceOf(generated);
        }
    }

    @Test
    void everyGeneratedClassImplementsItsInterfaceWithoutAnAbstractMethod() throws ReflectiveOperationException {
        for (Class<?> guarded : GUARDED.values()) {
            Class<?> generated = Class.forName(guarded.getName() + "Forwarding");
            assertThat(Modifier.isAbstract(generated.getModifiers())).isFalse();
            assertThat(generated.getMethods()).noneMatch(method -> Modifier.isAbstract(method.getModifiers()));
        }
    }

    @Test
    void everyGeneratedClassNamesItsInterfaceForProxiesThatAreMadeOfIt() throws ReflectiveOperationException {
        for (Map.Entry<Class<?>, Class<?>> each : GUARDED.entrySet()) {
            Class<?> generated = Class.forName(each.getValue().getName() + "Forwarding");
            assertThat(generated.getInterfaces()).contains(each.getKey());
        }
    }

    /** Which of the two classes an application gets hangs on whether the policy has bound values counted or kept. */
    @Test
    void aStatementThatKeepsItsBoundValuesNamesWhatOneThatDoesNotNames() throws ReflectiveOperationException {
        for (String kind : List.of("PreparedStatement", "CallableStatement")) {
            for (String suffix : List.of("Forwarding", "PostgresqlForwarding")) {
                Class<?> plain = Class.forName("io.tierguard.jdbc.Guarded" + kind + suffix);
                Class<?> recording = Class.forName("io.tierguard.jdbc.Recording" + kind + suffix);
                assertThat(recording.getInterfaces()).as(recording.getName()).containsExactly(plain.getInterfaces());
            }
        }
    }

    private static boolean isByHand(Class<?> guarded, Method method) {
        for (Class<?> type = guarded; type != null; type = type.getSuperclass()) {
            for (Method candidate : type.getDeclaredMethods()) {
                if (!Modifier.isAbstract(candidate.getModifiers())
                        && signature(candidate).equals(signature(method))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String signature(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(",", method.getName() + "(", ")"));
    }
}
