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
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads policies; whatever it is given, the outcome is a value. */
public final class PolicyLoader {

    /** The longest policy that is read, in bytes of all its files. */
    public static final int LONGEST = 1 << 24;

    private PolicyLoader() {}

    /** Reads a policy file, and the files that it includes. */
    public static PolicyOutcome load(Path file) {
        return load(file, new FolderFiles(file), Optional.empty());
    }

    /**
     * Reads a policy file as a reviewer wants it read: what has ended is an error too, although the driver loads it.
     *
     * @param now the moment at which it is reviewed
     */
    public static PolicyOutcome review(Path file, Instant now) {
        return load(file, new FolderFiles(file), Optional.of(now));
    }

    /** Reads a policy file, and the files that it includes, and tells what they looked like. */
    public static PolicyReading read(Path file) {
        PolicyFootprint.Noting files = new PolicyFootprint.Noting(file, new FolderFiles(file));
        PolicyOutcome outcome = load(file, files, Optional.empty());
        return new PolicyReading(outcome, files.footprint());
    }

    private static PolicyOutcome load(Path file, PolicyFiles files, Optional<Instant> reviewed) {
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(LONGEST + 1);
            return load(file.toString(), bytes, files, reviewed);
        } catch (NoSuchFileException missing) {
            return unreadable(file, "it does not exist");
        } catch (IOException | SecurityException failure) {
            String reason = failure.getMessage();
            return unreadable(file, reason == null ? failure.getClass().getSimpleName() : reason);
        }
    }

    /** Reads a policy from the bytes of a file, which can include none; diagnostics show the name. */
    public static PolicyOutcome load(String name, byte[] content) {
        return load(name, content, PolicyFiles.NONE);
    }

    /** Reads a policy from a text, which can include no file; diagnostics show the name. */
    public static PolicyOutcome load(String name, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return content.length > LONGEST
                ? tooLarge(name)
                : load(SourceText.of(name, withoutByteOrderMark(text)), content, PolicyFiles.NONE, Optional.empty());
    }

    /** Reads a policy from the bytes of a file; diagnostics show the name. */
    public static PolicyOutcome load(String name, byte[] content, PolicyFiles files) {
        return load(name, content, files, Optional.empty());
    }

    private static PolicyOutcome load(String name, byte[] content, PolicyFiles files, Optional<Instant> reviewed) {
        if (content.length > LONGEST) {
            return tooLarge(name);
        }
        try {
            return load(SourceText.of(name, decode(content)), content, files, reviewed);
        } catch (CharacterCodingException malformed) {
            return rejected(name, DiagnosticCode.NOT_UTF_8, "the file is no UTF-8 text");
        }
    }

    private static PolicyOutcome load(
            SourceText source, byte[] content, PolicyFiles files, Optional<Instant> reviewed) {
        Findings findings = new Findings(source);
        Includes includes = new Includes(files, source, content.length, findings);
        SyntaxTree tree = includes.resolve(Parser.parse(source, findings));
        String hash = includes.hash(ContentHash.of(content));
        Policy policy = PolicyCompiler.compile(tree, withoutExtension(source.shortName()), hash, reviewed, findings);
        return findings.hasErrors()
                ? new PolicyOutcome.Rejected(findings.sorted())
                : new PolicyOutcome.Loaded(policy, findings.sorted());
    }

    /** The text of a file, without a byte order mark. */
    public static String decode(byte[] content) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content))
                .toString();
        return withoutByteOrderMark(text);
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static PolicyOutcome tooLarge(String name) {
        return rejected(name, DiagnosticCode.TOO_LARGE, "a policy has at most " + LONGEST + " bytes");
    }

    private static String withoutExtension(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot > 0 ? fileName.substring(0, dot) : fileName;
    }

    private static PolicyOutcome unreadable(Path file, String reason) {
        String message = "the policy file `" + file + "` cannot be read: " + reason;
        return rejected(file.toString(), DiagnosticCode.UNREADABLE_FILE, message);
    }

    private static PolicyOutcome rejected(String name, DiagnosticCode code, String message) {
        return new PolicyOutcome.Rejected(List.of(Diagnostic.ofFile(SourceText.of(name, ""), code, message)));
    }
}
