package io.tierguard.policy.spec;

import io.tierguard.policy.model.Policy;
import io.tierguard.policy.source.Diagnostic;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.SourceText;
import io.tierguard.policy.syntax.Parser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads files of tests; whatever it is given, what comes of it is a value. */
public final class TestFileLoader {

    /** How the name of a file of tests ends. */
    public static final String SUFFIX = "_test.tierguard";

    private static final int LONGEST = 1 << 24;

    private final Policy policy;
    private final Set<String> dialects;

    /**
     * A loader of tests of a policy.
     *
     * @param dialects the names of the dialects in which a statement can be judged
     */
    public TestFileLoader(Policy policy, Collection<String> dialects) {
        this.policy = policy;
        this.dialects = new TreeSet<>(dialects);
    }

    /** Reads a file of tests. */
    public TestFile load(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                return rejected(file, DiagnosticCode.TOO_LARGE, "a file of tests has at most " + LONGEST + " bytes");
            }
            return load(file.toString(), decode(bytes));
        } catch (CharacterCodingException malformed) {
            return rejected(file, DiagnosticCode.NOT_UTF_8, "the file is no UTF-8 text");
        } catch (NoSuchFileException missing) {
            return unreadable(file, "it does not exist");
        } catch (IOException | SecurityException failure) {
            String reason = failure.getMessage();
            return unreadable(file, reason == null ? failure.getClass().getSimpleName() : reason);
        }
    }

    /** Reads tests from a text; diagnostics show the name. */
    public TestFile load(String name, String text) {
        SourceText source = SourceText.of(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
        Findings findings = new Findings(source);
        List<PolicyTest> tests = new TestCheck(findings, policy, dialects).check(Parser.parse(source, findings));
        return findings.hasErrors()
                ? new TestFile.Rejected(findings.sorted())
                : new TestFile.Loaded(tests, findings.sorted());
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static TestFile unreadable(Path file, String reason) {
        String message = "the file of tests `" + file + "` cannot be read: " + reason;
        return rejected(file, DiagnosticCode.UNREADABLE_FILE, message);
    }

    private static TestFile rejected(Path file, DiagnosticCode code, String message) {
        return new TestFile.Rejected(List.of(Diagnostic.ofFile(SourceText.of(file.toString(), ""), code, message)));
    }
}
