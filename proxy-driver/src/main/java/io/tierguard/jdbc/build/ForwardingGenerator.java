package io.tierguard.jdbc.build;

import static net.bytebuddy.matcher.ElementMatchers.is;
import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.isStatic;
import static net.bytebuddy.matcher.ElementMatchers.isVirtual;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.none;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.modifier.SyntheticState;
import net.bytebuddy.description.modifier.TypeManifestation;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.description.type.TypeList;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.TypeResolutionStrategy;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.dynamic.scaffold.subclass.ConstructorStrategy;
import net.bytebuddy.implementation.MethodCall;
import net.bytebuddy.pool.TypePool;

/**
 * Writes, beside each abstract {@code Guarded…} class, its concrete subclass, and the factory that makes them.
 *
 * <p>Types are described from their class files, in the order of the list, so that the same sources give the same bytes.
 */
public final class ForwardingGenerator {
    static final String SUFFIX = "Forwarding";
    static final String POSTGRESQL = "Postgresql";
    private static final String FACTORY = "io.tierguard.jdbc.JdbcObjects";
    private static final String POSTGRESQL_VIEWS = "io.tierguard.jdbc.PostgresqlViews";

    /** The interfaces of pgjdbc's that a kind of object has, and which applications cast to. */
    private static final Map<String, List<String>> OF_POSTGRESQL = Map.of(
            "java.sql.Connection", List.of("org.postgresql.PGConnection", "org.postgresql.core.BaseConnection"),
            "java.sql.Statement", List.of("org.postgresql.PGStatement"));

    private final Path classes;
    private final ByteBuddy byteBuddy = new ByteBuddy(ClassFileVersion.JAVA_V17)
            .with(TypeValidation.ENABLED)
            .ignore(none());

    private ForwardingGenerator(Path classes) {
        this.classes = classes;
    }

    /** Writes all forwarding classes into the folder of compiled classes that is the only argument. */
    public static void main(String[] arguments) throws IOException {
        new ForwardingGenerator(Path.of(arguments[0])).generate();
    }

    private void generate() throws IOException {
        ForwardedMethods listed = ForwardedMethods.read();
        try (ClassFileLocator locator = new ClassFileLocator.Compound(
                new ClassFileLocator.ForFolder(classes.toFile()),
                ClassFileLocator.ForClassLoader.ofPlatformLoader(),
                ClassFileLocator.ForClassLoader.of(ForwardingGenerator.class.getClassLoader()))) {
            TypePool types = TypePool.Default.of(locator);
            TypeDescription factory = types.describe(FACTORY).resolve();
            Map<MethodDescription, MethodDescription> constructors = new LinkedHashMap<>();
            Map<MethodDescription, MethodDescription> ofPostgresql = new LinkedHashMap<>();
            for (MethodDescription method : factory.getDeclaredMethods().filter(isAbstract())) {
                DynamicType.Builder<?> forwarding = forwarding(method, listed);
                MethodDescription plain = constructor(method, save(forwarding));
                List<TypeDescription> vendor = vendorTypes(method, types);
                constructors.put(method, plain);
                ofPostgresql.put(
                        method,
                        vendor.isEmpty() ? plain : constructor(method, saveFor(method, vendor, forwarding, types)));
            }
            writeFactory(factory, "", constructors);
            writeFactory(factory, POSTGRESQL, ofPostgresql);
        }
        listed.checkAllUsed();
    }

    /** The subclass that a factory method makes. */
    private DynamicType.Builder<?> forwarding(MethodDescription factoryMethod, ForwardedMethods listed) {
        TypeDescription guarded = factoryMethod.getReturnType().asErasure();
        // Named again, because who makes a proxy of an object often looks only at what its own class implements.
        DynamicType.Builder<?> builder = subclass(guarded, "").implement(nearestInterfaces(guarded));
        for (Forwarding forwarding : Forwarding.allOf(guarded, listed)) {
            builder = builder.method(forwarding.matcher()).intercept(forwarding.implementation());
        }
        return builder;
    }

    /** What the class implements, or the nearest of its superclasses that names an interface itself. */
    private static TypeList.Generic nearestInterfaces(TypeDescription guarded) {
        TypeDefinition type = guarded;
        while (type.getInterfaces().isEmpty()) {
            type = Objects.requireNonNull(type.getSuperClass(), guarded.getName());
        }
        return type.getInterfaces();
    }

    /** The constructor of a written class with the parameters of the factory method. */
    private static MethodDescription constructor(MethodDescription factoryMethod, TypeDescription written) {
        return written.getDeclaredMethods()
                .filter(isConstructor()
                        .and(takesArguments(
                                factoryMethod.getParameters().asTypeList().asErasures())))
                .getOnly();
    }

    /** The interfaces of pgjdbc's that go with what a factory method makes. */
    private static List<TypeDescription> vendorTypes(MethodDescription factoryMethod, TypePool types) {
        TypeDescription guarded = factoryMethod.getReturnType().asErasure();
        for (Map.Entry<String, List<String>> each : OF_POSTGRESQL.entrySet()) {
            if (guarded.isAssignableTo(types.describe(each.getKey()).resolve())) {
                return each.getValue().stream()
                        .map(vendor -> types.describe(vendor).resolve())
                        .toList();
            }
        }
        return List.of();
    }

    /** Writes a forwarding class once more, with a vendor's interfaces whose methods are left to the view of each. */
    private TypeDescription saveFor(
            MethodDescription factoryMethod,
            List<TypeDescription> vendors,
            DynamicType.Builder<?> forwarding,
            TypePool types)
            throws IOException {
        DynamicType.Builder<?> builder =
                forwarding.name(factoryMethod.getReturnType().asErasure().getName() + POSTGRESQL + SUFFIX);
        for (TypeDescription vendor : vendors) {
            MethodDescription view = types.describe(POSTGRESQL_VIEWS)
                    .resolve()
                    .getDeclaredMethods()
                    .filter(isStatic().and(returns(vendor)))
                    .getOnly();
            builder = builder.implement(vendor);
            for (MethodDescription method : vendor.getDeclaredMethods().filter(isVirtual())) {
                builder = builder.method(named(method.getName())
                                .and(takesArguments(
                                        method.getParameters().asTypeList().asErasures())))
                        .intercept(MethodCall.invoke(method)
                                .onMethodCall(MethodCall.invoke(view).withThis())
                                .withAllArguments());
            }
        }
        return save(builder);
    }

    private void writeFactory(
            TypeDescription factory, String vendor, Map<MethodDescription, MethodDescription> constructors)
            throws IOException {
        DynamicType.Builder<?> builder = subclass(factory, vendor);
        for (Map.Entry<MethodDescription, MethodDescription> entry : constructors.entrySet()) {
            builder = builder.method(is(entry.getKey()))
                    .intercept(MethodCall.construct(entry.getValue()).withAllArguments());
        }
        save(builder);
    }

    /** A class that is not final, as those of drivers are not, because tests spy on connections by a subclass. */
    private DynamicType.Builder<?> subclass(TypeDescription superclass, String vendor) {
        return byteBuddy
                .subclass(superclass, ConstructorStrategy.Default.IMITATE_SUPER_CLASS)
                .name(superclass.getName() + vendor + SUFFIX)
                .modifiers(Visibility.PUBLIC, TypeManifestation.PLAIN, SyntheticState.SYNTHETIC);
    }

    private TypeDescription save(DynamicType.Builder<?> builder) throws IOException {
        try (DynamicType.Unloaded<?> unloaded = builder.make(TypeResolutionStrategy.Disabled.INSTANCE)) {
            unloaded.saveIn(classes.toFile());
            return unloaded.getTypeDescription();
        }
    }
}
