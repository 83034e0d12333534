package io.tierguard.policy;

import io.tierguard.policy.model.Policy;
import io.tierguard.policy.source.Diagnostic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Loads policies for tests. */
public final class Policies {

    private Policies() {}

    /** The policy of a text that has to be sound. */
    public static Policy sound(String text) {
        if (PolicyLoader.load("test.tierguard", text) instanceof PolicyOutcome.Loaded loaded) {
            return loaded.policy();
        }
        throw new AssertionError(rendered(diagnostics("test.tierguard", text)));
    }

    /** The example of the language page, in one file and without a lint. */
    public static String shop() {
        return resource("shop.tierguard");
    }

    /** Everything said against a text. */
    public static List<Diagnostic> diagnostics(String name, String text) {
        PolicyOutcome outcome = PolicyLoader.load(name, text);
        if (outcome instanceof PolicyOutcome.Loaded loaded) {
            return loaded.warnings();
        }
        return ((PolicyOutcome.Rejected) outcome).diagnostics();
    }

    /** The codes of everything said against a text. */
    public static List<String> codes(String text) {
        return diagnostics("test.tierguard", text).stream()
                .map(Diagnostic::code)
                .toList();
    }

    /** Diagnostics as a reader sees them. */
    public static String rendered(List<Diagnostic> diagnostics) {
        return String.join("\n", diagnostics.stream().map(Diagnostic::render).toList());
    }

    private static String resource(String name) {
        try (InputStream content = Objects.requireNonNull(Policies.class.getResourceAsStream(name), name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
