package io.tierguard.policy;

import io.tierguard.policy.check.PolicyCompiler;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.source.Diagnostic;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.SourceText;
import io.tierguard.policy.syntax.Parser;
import io.tierguard.policy.syntax.SyntaxTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads policies; whatever it is given, the outcome is a value. */
public final class PolicyLoader {

    /** The longest policy that is read, in bytes. */
    static final int LONGEST = 1 << 20;

    private PolicyLoader() {}

    /** Reads a policy file. */
    public static PolicyOutcome load(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return load(file.toString(), content.readNBytes(LONGEST + 1));
        } catch (NoSuchFileException missing) {
            return unreadable(file, "it does not exist");
        } catch (IOException | SecurityException failure) {
            String reason = failure.getMessage();
            return unreadable(file, reason == null ? failure.getClass().getSimpleName() : reason);
        }
    }

    /** Reads a policy from the bytes of a file; diagnostics show the name. */
    public static PolicyOutcome load(String name, byte[] content) {
        if (content.length > LONGEST) {
            return rejected(name, DiagnosticCode.TOO_LARGE, "a policy file has at most " + LONGEST + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return load(SourceText.of(name, withoutByteOrderMark(text)), content);
        } catch (CharacterCodingException malformed) {
            return rejected(name, DiagnosticCode.NOT_UTF_8, "the file is no UTF-8 text");
        }
    }

    /** Reads a policy from a text; diagnostics show the name. */
    public static PolicyOutcome load(String name, String text) {
        if (text.length() > LONGEST) {
            return rejected(name, DiagnosticCode.TOO_LARGE, "a policy file has at most " + LONGEST + " bytes");
        }
        return load(SourceText.of(name, withoutByteOrderMark(text)), text.getBytes(StandardCharsets.UTF_8));
    }

    private static PolicyOutcome load(SourceText source, byte[] content) {
        Findings findings = new Findings(source);
        SyntaxTree tree = Parser.parse(findings);
        Policy policy = PolicyCompiler.compile(tree, ContentHash.of(content), findings);
        return findings.hasErrors()
                ? new PolicyOutcome.Rejected(findings.sorted())
                : new PolicyOutcome.Loaded(policy, findings.sorted());
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static PolicyOutcome unreadable(Path file, String reason) {
        String message = "the policy file `" + file + "` cannot be read: " + reason;
        return rejected(file.toString(), DiagnosticCode.UNREADABLE_FILE, message);
    }

    private static PolicyOutcome rejected(String name, DiagnosticCode code, String message) {
        return new PolicyOutcome.Rejected(List.of(Diagnostic.ofFile(SourceText.of(name, ""), code, message)));
    }
}
