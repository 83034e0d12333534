package io.tierguard.junit;

import io.tierguard.jdbc.DenialException;
import io.tierguard.jdbc.DenialListener;
import io.tierguard.jdbc.DenialListeners;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AssertionFailureBuilder;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Carries out {@link UnderComponent}. */
final class ComponentExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ComponentExtension.class);
    private static final String POLICY = "tierguard.policy";

    /** What a test hears of while it runs. */
    private record Hearing(ComponentGuard guard, DenialListener listener) {}

    @Override
    public void beforeEach(ExtensionContext context) {
        ComponentGuard guard = hearing(context).guard();
        DenialListeners.add(hearing(context).listener());
        if (!guard.denials().isEmpty()) {
            throw new ExtensionConfigurationException("a test begins without denials");
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Hearing hearing = hearing(context);
        DenialListeners.remove(hearing.listener());
        Set<Reason> expected = expected(context);
        List<DenialException> unexpected = hearing.guard().denials().stream()
                .filter(denial -> reasons(denial).stream().noneMatch(expected::contains))
                .toList();
        if (!unexpected.isEmpty()) {
            fail(context, "was denied what it did", unexpected.stream().map(Throwable::getMessage), unexpected);
        }
        Set<Reason> missing = EnumSet.noneOf(Reason.class);
        missing.addAll(expected);
        hearing.guard().denials().forEach(denial -> missing.removeAll(reasons(denial)));
        if (!missing.isEmpty()) {
            fail(context, "was expected to be denied for", missing.stream().map(Reason::code), List.of());
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ComponentGuard.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return hearing(context).guard();
    }

    /** One hearing a test, made by whichever callback comes first: a constructor's parameter comes before each test. */
    private static Hearing hearing(ExtensionContext context) {
        return context.getStore(NAMESPACE).computeIfAbsent(Hearing.class, type -> begin(context), Hearing.class);
    }

    private static Hearing begin(ExtensionContext context) {
        UnderComponent under = annotation(context);
        Map<String, String> settings = new HashMap<>();
        settings.put("tierguard.component", under.value());
        settings.put("tierguard.audit", AuditFile.PATH.toString());
        Optional<String> policy =
                under.policy().isEmpty() ? context.getConfigurationParameter(POLICY) : Optional.of(under.policy());
        policy.ifPresent(path -> settings.put(POLICY, path));
        ComponentGuard guard = new ComponentGuard(settings);
        return new Hearing(guard, guard::add);
    }

    private static UnderComponent annotation(ExtensionContext context) {
        Optional<UnderComponent> onMethod =
                AnnotationSupport.findAnnotation(context.getElement(), UnderComponent.class);
        return onMethod.or(() -> context.getTestClass()
                        .flatMap(type -> AnnotationSupport.findAnnotation(
                                type, UnderComponent.class, context.getEnclosingTestClasses())))
                .orElseThrow(
                        () -> new ExtensionConfigurationException("no @UnderComponent says which component it is"));
    }

    private static Set<Reason> expected(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), ExpectDenial.class)
                .map(expected -> Set.copyOf(Arrays.asList(expected.value())))
                .orElse(Set.of());
    }

    private static Set<Reason> reasons(DenialException denial) {
        return denial.denials().stream().map(Denial::reason).collect(Collectors.toSet());
    }

    private static void fail(
            ExtensionContext context, String what, Stream<String> details, List<DenialException> causes) {
        List<String> lines = new ArrayList<>();
        lines.add("under component " + annotation(context).value() + " this test " + what + ":");
        details.forEach(lines::add);
        AssertionError failure = AssertionFailureBuilder.assertionFailure()
                .message(String.join(System.lineSeparator() + "  ", lines))
                .build();
        causes.forEach(failure::addSuppressed);
        throw failure;
    }

    /** The audit log of a test run, which nobody reads but which the guard needs. */
    private static final class AuditFile {
        static final Path PATH = create();

        private static Path create() {
            try {
                Path folder = Files.createTempDirectory("tierguard-test");
                folder.toFile().deleteOnExit();
                Path file = folder.resolve("audit.jsonl");
                file.toFile().deleteOnExit();
                return file;
            } catch (IOException unwritable) {
                throw new UncheckedIOException("no audit log can be kept for the tests", unwritable);
            }
        }
    }
}
