package io.tierguard.policy;

import io.tierguard.policy.source.Diagnostic;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.SourceText;
import io.tierguard.policy.source.Span;
import io.tierguard.policy.syntax.BlockKind;
import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.Parser;
import io.tierguard.policy.syntax.SyntaxTree;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the files that a policy includes, each once, and holds them to what the policy says they may hold. */
final class Includes {
    /** What ends one day: the file of the last one may stay behind and declare nothing. */
    private static final Set<BlockKind> CONCEDING = Set.of(BlockKind.OBSERVE, BlockKind.TRUST, BlockKind.WAIVER);

    private final IncludedFiles files;
    private final Findings findings;
    private final Admission admission;
    private final String rootPath;
    private final String rootFile;
    private final Map<String, Span> included = new TreeMap<>();

    Includes(PolicyFiles files, SourceText root, int bytesRead, Findings findings) {
        this.files = new IncludedFiles(files, bytesRead);
        this.findings = findings;
        this.admission = new Admission(findings);
        this.rootPath = root.path();
        this.rootFile = root.shortName();
    }

    /** The blocks of the root and of all files that it includes. */
    SyntaxTree resolve(SyntaxTree root) {
        List<Declaration> declarations = new ArrayList<>(root.declarations());
        root.all(Declaration.IncludeBlock.class).forEach(block -> declarations.addAll(included(block)));
        return new SyntaxTree(declarations);
    }

    /** The hash of the policy: that of the root alone where nothing is included. */
    String hash(String rootHash) {
        return files.hash(rootHash);
    }

    private List<Declaration> included(Declaration.IncludeBlock block) {
        IncludePath path = IncludePath.of(block.path().text());
        String fault = path.fault();
        if (!fault.isEmpty()) {
            report(DiagnosticCode.INVALID_INCLUDE, block, "this is no path of a file to include", fault);
            return Admission.unread(block);
        }
        try {
            List<Declaration> declarations = new ArrayList<>();
            unseen(block, matching(block, path)).forEach(file -> declarations.addAll(read(block, file)));
            return declarations;
        } catch (IOException | SecurityException | InvalidPathException unreadable) {
            String message = "the folder of `" + block.path().text() + "` cannot be listed";
            report(DiagnosticCode.INCLUDE_UNREADABLE, block, message, said(unreadable));
            return Admission.unread(block);
        }
    }

    private List<String> matching(Declaration.IncludeBlock block, IncludePath path) throws IOException {
        if (!path.isGlob()) {
            return List.of(path.folder() + path.file());
        }
        List<String> found = files.list(path.folder()).stream()
                .filter(path::takesIn)
                .map(name -> path.folder() + name)
                .filter(file -> !file.equals(rootFile))
                .sorted()
                .toList();
        boolean waiversOnly = block.kinds().stream().allMatch(kind -> kind == BlockKind.WAIVER);
        if (found.isEmpty() && !waiversOnly) {
            findings.report(findings.at(
                    DiagnosticCode.INCLUDE_MATCHES_NOTHING,
                    block.path().span(),
                    "no file matches `" + block.path().text() + "`",
                    "includes nothing"));
        }
        return found;
    }

    /** The files that no earlier block includes; of the others one is named, because they share their cause. */
    private List<String> unseen(Declaration.IncludeBlock block, List<String> paths) {
        Span here = block.path().span();
        List<String> unseen = new ArrayList<>();
        Optional<Diagnostic> again = Optional.empty();
        for (String path : paths) {
            Span first = included.putIfAbsent(path, here);
            if (path.equals(rootFile)) {
                again = Optional.of(
                        findings.at(DiagnosticCode.INCLUDED_TWICE, here, "a policy does not include itself", "itself"));
            } else if (first == null) {
                unseen.add(path);
            } else if (again.isEmpty()) {
                String message = "`" + path + "` is included twice";
                again = Optional.of(findings.at(DiagnosticCode.INCLUDED_TWICE, here, message, "included again here")
                        .withRelated(first, "first included here"));
            }
        }
        again.ifPresent(findings::report);
        return unseen;
    }

    private List<Declaration> read(Declaration.IncludeBlock block, String path) {
        if (files.isExhausted()) {
            return Admission.unread(block);
        }
        try {
            byte[] content = files.read(path);
            String shown = rootPath.substring(0, rootPath.length() - rootFile.length()) + path;
            boolean declares = !CONCEDING.containsAll(block.kinds());
            SyntaxTree tree = parsed(shown, path, content, declares);
            // Why nothing was read has been reported.
            return declares && tree.declarations().isEmpty()
                    ? Admission.unread(block)
                    : admission.admitted(block, tree);
        } catch (IOException | SecurityException | InvalidPathException unreadable) {
            report(DiagnosticCode.INCLUDE_UNREADABLE, block, "`" + path + "` cannot be read", said(unreadable));
            return Admission.unread(block);
        }
    }

    private SyntaxTree parsed(String shown, String path, byte[] content, boolean declares) {
        try {
            SourceText source = SourceText.of(shown, path, PolicyLoader.decode(content));
            return declares ? Parser.parse(source, findings) : Parser.parseAny(source, findings);
        } catch (CharacterCodingException malformed) {
            SourceText source = SourceText.of(shown, path, "");
            findings.report(Diagnostic.ofFile(source, DiagnosticCode.NOT_UTF_8, "the file is no UTF-8 text"));
            return new SyntaxTree(List.of());
        }
    }

    private void report(DiagnosticCode code, Declaration.IncludeBlock block, String message, String note) {
        findings.report(
                findings.at(code, block.path().span(), message, "not included").withNote(note));
    }

    private static String said(Exception failure) {
        String message = failure.getMessage();
        if (failure instanceof AccessDeniedException) {
            return "access is denied";
        }
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
