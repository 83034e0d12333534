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
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the files that a policy includes, each once, and holds them to what the policy says they may hold. */
final class Includes {

    private static final int MOST_FILES = 1_000;

    private final PolicyFiles files;
    private final Findings findings;
    private final String rootPath;
    private final String rootFile;
    private final Map<String, Span> included = new TreeMap<>();
    private final Map<String, String> hashes = new TreeMap<>();
    private int bytesLeft;

    Includes(PolicyFiles files, SourceText root, int bytesRead, Findings findings) {
        this.files = files;
        this.findings = findings;
        this.rootPath = root.path();
        this.rootFile = root.shortName();
        this.bytesLeft = PolicyLoader.LONGEST - bytesRead;
    }

    /** The blocks of the root and of all files that it includes. */
    SyntaxTree resolve(SyntaxTree root) {
        List<Declaration.IncludeBlock> blocks = root.all(Declaration.IncludeBlock.class);
        if (blocks.isEmpty()) {
            return root;
        }
        List<Declaration> declarations = new ArrayList<>(root.declarations());
        for (Declaration.IncludeBlock block : blocks) {
            IncludePath path = IncludePath.of(block.path().text());
            String fault = path.fault();
            if (!fault.isEmpty()) {
                report(DiagnosticCode.INVALID_INCLUDE, block, "this is no path of a file to include", fault);
                declarations.add(unread(block));
                continue;
            }
            try {
                for (String file : matching(block, path)) {
                    declarations.addAll(read(block, file));
                }
            } catch (IOException | SecurityException | InvalidPathException unreadable) {
                String message = "the folder of `" + block.path().text() + "` cannot be listed";
                report(DiagnosticCode.INCLUDE_UNREADABLE, block, message, said(unreadable));
                declarations.add(unread(block));
            }
        }
        return new SyntaxTree(declarations);
    }

    /** The hash of the policy: that of the root alone where nothing is included. */
    String hash(String rootHash) {
        if (hashes.isEmpty()) {
            return rootHash;
        }
        String listed = hashes.entrySet().stream()
                .map(file -> file.getKey() + " " + file.getValue() + "\n")
                .collect(Collectors.joining("", rootHash + "\n", ""));
        return ContentHash.of(listed.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> matching(Declaration.IncludeBlock block, IncludePath path) throws IOException {
        if (!path.isGlob()) {
            return List.of(path.folder() + path.file());
        }
        List<String> found = files.list(path.folder()).stream()
                .filter(path::takesIn)
                .filter(name -> !(path.folder().isEmpty() && name.equals(rootFile)))
                .map(name -> path.folder() + name)
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

    private List<Declaration> read(Declaration.IncludeBlock block, String path) {
        Span first = included.putIfAbsent(path, block.path().span());
        if (first != null || path.equals(rootFile)) {
            String message =
                    path.equals(rootFile) ? "a policy does not include itself" : "`" + path + "` is included twice";
            Diagnostic diagnostic =
                    findings.at(DiagnosticCode.INCLUDED_TWICE, block.path().span(), message, "included again here");
            findings.report(first == null ? diagnostic : diagnostic.withRelated(first, "first included here"));
            return List.of();
        }
        try {
            return admitted(block, tree(block, path));
        } catch (IOException | SecurityException | InvalidPathException unreadable) {
            report(DiagnosticCode.INCLUDE_UNREADABLE, block, "`" + path + "` cannot be read", said(unreadable));
            return List.of(unread(block));
        }
    }

    private SyntaxTree tree(Declaration.IncludeBlock block, String path) throws IOException {
        if (included.size() > MOST_FILES) {
            throw new IOException("a policy includes at most " + MOST_FILES + " files");
        }
        byte[] content = files.read(path, Math.max(bytesLeft, 0));
        bytesLeft -= content.length;
        if (bytesLeft < 0) {
            throw new IOException("the files of a policy have at most " + PolicyLoader.LONGEST + " bytes together");
        }
        hashes.put(path, ContentHash.of(content));
        String shown = rootPath.substring(0, rootPath.length() - rootFile.length()) + path;
        try {
            return Parser.parse(SourceText.of(shown, path, PolicyLoader.decode(content)), findings);
        } catch (CharacterCodingException malformed) {
            SourceText source = SourceText.of(shown, path, "");
            findings.report(Diagnostic.ofFile(source, DiagnosticCode.NOT_UTF_8, "the file is no UTF-8 text"));
            return new SyntaxTree(List.of(unread(block)));
        }
    }

    private List<Declaration> admitted(Declaration.IncludeBlock block, SyntaxTree tree) {
        List<Declaration> admitted = new ArrayList<>();
        for (Declaration declaration : tree.declarations()) {
            boolean foreign = declaration.kind().isPresent()
                    && !block.kinds().contains(declaration.kind().get());
            if (foreign) {
                String word = declaration.kind().get().word();
                findings.report(findings.at(
                                DiagnosticCode.INCLUDED_OTHERWISE,
                                declaration.span(),
                                "a " + word + " block does not belong in this file",
                                "only " + plurals(block) + " may stand here")
                        .withRelated(block.span(), "included for " + plurals(block) + " here"));
            }
            admitted.add(
                    foreign
                            ? new Declaration.BrokenBlock(declaration.span().text(), "", declaration.span())
                            : declaration);
        }
        return admitted;
    }

    private static String plurals(Declaration.IncludeBlock block) {
        return block.kinds().stream().map(BlockKind::plural).collect(Collectors.joining(" and "));
    }

    /** Stands for what was not read, so that nothing is reported that would follow from its absence. */
    private static Declaration unread(Declaration.IncludeBlock block) {
        return new Declaration.BrokenBlock(block.span().text(), "", block.span());
    }

    private void report(DiagnosticCode code, Declaration.IncludeBlock block, String message, String note) {
        findings.report(
                findings.at(code, block.path().span(), message, "not included").withNote(note));
    }

    private static String said(Exception failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
