package io.tierguard.jdbc.build;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.MethodCall;
import net.bytebuddy.matcher.ElementMatcher;
import org.jspecify.annotations.Nullable;

/**
 * How one method of a guarded class is handed on: arguments bare, result guarded.
 *
 * @param guarded the hand-written abstract class
 * @param method the method of the JDBC interface
 * @param listeners who hears of it
 */
record Forwarding(TypeDescription guarded, MethodDescription method, ForwardedMethods.Listeners listeners) {
    /** The type of the field by which a class keeps what is bound. */
    private static final String RECORDER = "io.tierguard.jdbc.RecordedParameters";

    /** What an application could write through or find a way back from; a result of such a type goes out guarded. */
    private static final Set<String> REACHABLE = Set.of(
            "java.lang.Object",
            "[Ljava.lang.Object;",
            "java.sql.Array",
            "java.sql.Blob",
            "java.sql.CallableStatement",
            "java.sql.Clob",
            "java.sql.Connection",
            "java.sql.DatabaseMetaData",
            "java.sql.NClob",
            "java.sql.ParameterMetaData",
            "java.sql.PreparedStatement",
            "java.sql.Ref",
            "java.sql.ResultSet",
            "java.sql.ResultSetMetaData",
            "java.sql.Statement",
            "java.sql.Struct");

    /** Every listed method of a guarded class; fails when an abstract one is neither listed nor written by hand. */
    static List<Forwarding> allOf(TypeDescription guarded, ForwardedMethods listed) {
        List<Forwarding> forwardings = new ArrayList<>();
        for (MethodDescription method : interfaceMethods(guarded).values()) {
            boolean byHand = findByHand(guarded, method) != null;
            ForwardedMethods.Listeners listeners = byHand ? null : listed.take(nameOf(method));
            if (listeners != null) {
                forwardings.add(new Forwarding(guarded, method, listeners));
            } else if (!byHand && method.isAbstract()) {
                throw new IllegalStateException(guarded.getSimpleName() + ": " + nameOf(method)
                        + " is neither written by hand nor listed as forwarded");
            }
        }
        return forwardings;
    }

    /** The methods of all interfaces of a class, the most specific declaration of each. */
    private static Map<String, MethodDescription> interfaceMethods(TypeDescription guarded) {
        Map<String, MethodDescription> methods = new LinkedHashMap<>();
        for (TypeDefinition type = guarded; type != null; type = type.getSuperClass()) {
            type.getInterfaces().forEach(each -> collect(each.asErasure(), methods));
        }
        return methods;
    }

    private static void collect(TypeDescription type, Map<String, MethodDescription> methods) {
        for (MethodDescription method : type.getDeclaredMethods()) {
            if (method.isVirtual()) {
                methods.putIfAbsent(signatureOf(method), method.asDefined());
            }
        }
        type.getInterfaces().forEach(each -> collect(each.asErasure(), methods));
    }

    ElementMatcher<MethodDescription> matcher() {
        return named(method.getName())
                .and(takesArguments(method.getParameters().asTypeList().asErasures()));
    }

    Implementation implementation() {
        MethodCall call = forwardingCall();
        String result = method.getReturnType().asErasure().getName();
        if (REACHABLE.contains(result)) {
            call = MethodCall.invoke(byHand("guarded", result)).withMethodCall(call);
        }
        FieldDescription recorder = fieldOf(RECORDER);
        if (recorder != null && !listeners.then().isEmpty()) {
            return call.andThen(recording(recorder));
        }
        if (listeners.before().isEmpty()) {
            return call;
        }
        String first = method.getParameters().get(0).getType().asErasure().getName();
        return MethodCall.invoke(byHand(listeners.before(), first))
                .withArgument(0)
                .andThen(call);
    }

    /** Tells the recorder of as many arguments as it wants to hear. */
    private MethodCall recording(FieldDescription recorder) {
        MethodDescription hearing = recorder.getType()
                .asErasure()
                .getDeclaredMethods()
                .filter(named(listeners.then()))
                .getOnly();
        MethodCall call = MethodCall.invoke(hearing).onField(recorder);
        for (int i = 0; i < hearing.getParameters().size(); i++) {
            call = call.withArgument(i);
        }
        return call;
    }

    private MethodCall forwardingCall() {
        MethodCall call = MethodCall.invoke(method).onField(delegate());
        for (ParameterDescription parameter : method.getParameters()) {
            String type = parameter.getType().asErasure().getName();
            call = REACHABLE.contains(type)
                    ? call.withMethodCall(
                            MethodCall.invoke(byHand("bare", type)).withArgument(parameter.getIndex()))
                    : call.withArgument(parameter.getIndex());
        }
        return call;
    }

    /** The field that holds the real object: the one whose type is the interface that declares the method. */
    private FieldDescription delegate() {
        String declaring = method.getDeclaringType().asErasure().getName();
        FieldDescription field = fieldOf(declaring);
        if (field == null) {
            throw new IllegalStateException(guarded.getSimpleName() + " has no field of type " + declaring);
        }
        return field;
    }

    private @Nullable FieldDescription fieldOf(String fieldType) {
        for (TypeDefinition type = guarded; type != null; type = type.getSuperClass()) {
            for (FieldDescription field : type.getDeclaredFields()) {
                if (field.getType().asErasure().getName().equals(fieldType)) {
                    return field;
                }
            }
        }
        return null;
    }

    private MethodDescription byHand(String name, String parameter) {
        MethodDescription found = findByHand(guarded, name + "(" + parameter + ")");
        if (found == null) {
            throw new IllegalStateException(guarded.getSimpleName() + " has no " + name + "(" + parameter + "), which "
                    + nameOf(method) + " needs");
        }
        return found;
    }

    private static @Nullable MethodDescription findByHand(TypeDescription guarded, MethodDescription method) {
        return findByHand(guarded, signatureOf(method));
    }

    private static @Nullable MethodDescription findByHand(TypeDescription guarded, String signature) {
        for (TypeDefinition type = guarded;
                type != null && !type.represents(Object.class);
                type = type.getSuperClass()) {
            for (MethodDescription method : type.getDeclaredMethods()) {
                if (!method.isAbstract() && signatureOf(method).equals(signature)) {
                    return method.asDefined();
                }
            }
        }
        return null;
    }

    /** A method's name and erased parameter types, as class files name them. */
    private static String signatureOf(MethodDescription method) {
        return method.getParameters().asTypeList().asErasures().stream()
                .map(TypeDescription::getName)
                .collect(Collectors.joining(",", method.getName() + "(", ")"));
    }

    /** A method as the list names it. */
    private static String nameOf(MethodDescription method) {
        String declaring = method.getDeclaringType().asErasure().getName();
        return method.getParameters().asTypeList().asErasures().stream()
                .map(TypeDescription::getSimpleName)
                .collect(Collectors.joining(",", declaring + "." + method.getName() + "(", ")"));
    }
}
