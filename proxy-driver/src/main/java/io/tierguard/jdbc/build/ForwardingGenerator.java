package io.tierguard.jdbc.build;

import static net.bytebuddy.matcher.ElementMatchers.is;
import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.none;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.modifier.SyntheticState;
import net.bytebuddy.description.modifier.TypeManifestation;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.description.type.TypeDescription;
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
    private static final String FACTORY = "io.tierguard.jdbc.JdbcObjects";

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
            for (MethodDescription method : factory.getDeclaredMethods().filter(isAbstract())) {
                constructors.put(method, writeForwarding(method, listed));
            }
            writeFactory(factory, constructors);
        }
        listed.checkAllUsed();
    }

    /** Writes the subclass that a factory method makes and returns the constructor with its parameters. */
    private MethodDescription writeForwarding(MethodDescription factoryMethod, ForwardedMethods listed)
            throws IOException {
        TypeDescription guarded = factoryMethod.getReturnType().asErasure();
        // Named again, because who makes a proxy of an object often looks only at what its own class implements.
        DynamicType.Builder<?> builder = subclass(guarded).implement(guarded.getInterfaces());
        for (Forwarding forwarding : Forwarding.allOf(guarded, listed)) {
            builder = builder.method(forwarding.matcher()).intercept(forwarding.implementation());
        }
        return save(builder)
                .getDeclaredMethods()
                .filter(isConstructor()
                        .and(takesArguments(
                                factoryMethod.getParameters().asTypeList().asErasures())))
                .getOnly();
    }

    private void writeFactory(TypeDescription factory, Map<MethodDescription, MethodDescription> constructors)
            throws IOException {
        DynamicType.Builder<?> builder = subclass(factory);
        for (Map.Entry<MethodDescription, MethodDescription> entry : constructors.entrySet()) {
            builder = builder.method(is(entry.getKey()))
                    .intercept(MethodCall.construct(entry.getValue()).withAllArguments());
        }
        save(builder);
    }

    private DynamicType.Builder<?> subclass(TypeDescription superclass) {
        return byteBuddy
                .subclass(superclass, ConstructorStrategy.Default.IMITATE_SUPER_CLASS)
                .name(superclass.getName() + SUFFIX)
                .modifiers(Visibility.PUBLIC, TypeManifestation.FINAL, SyntheticState.SYNTHETIC);
    }

    private TypeDescription save(DynamicType.Builder<?> builder) throws IOException {
        try (DynamicType.Unloaded<?> unloaded = builder.make(TypeResolutionStrategy.Disabled.INSTANCE)) {
            unloaded.saveIn(classes.toFile());
            return unloaded.getTypeDescription();
        }
    }
}
