package io.tierguard.guard;

import io.tierguard.audit.AuditEffect;
import io.tierguard.audit.AuditStatement;
import io.tierguard.audit.AuditWaiver;
import io.tierguard.audit.BoundValues;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Waiver;
import io.tierguard.sql.AnalyzedText;
import io.tierguard.sql.StatementEffects;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Says for the audit log what a text is. */
final class AuditStatements {
    /** The longest {@code db.query.summary} that the OpenTelemetry conventions allow, in UTF-16 units. */
    private static final int LONGEST_SUMMARY = 255;

    /** Half of a SHA-256 is more than enough to tell the shapes of one system's statements apart. */
    private static final int HASH_BYTES = 16;

    private AuditStatements() {}

    /**
     * The statement that a text is.
     *
     * @param shown whether all that it touches is in tiers that show bound values
     */
    static AuditStatement of(AnalyzedText text, List<AuditEffect> effects, List<Denial> denials, boolean shown) {
        String operation = operation(text.statements());
        String masked = text.maskedText();
        return new AuditStatement(
                operation,
                summary(operation, effects),
                masked,
                hash(masked),
                effects,
                denials,
                false,
                List.of(),
                shown && !effects.isEmpty() && ObservedDenials.areSeenThrough(denials),
                BoundValues.NONE);
    }

    static AuditStatement of(String operation, String masked, List<AuditEffect> effects, List<Denial> denials) {
        return new AuditStatement(operation, summary(operation, effects), masked, hash(masked), effects, denials);
    }

    /** The statement as one that may run: what is against it is observed, and these waivers let it pass. */
    static AuditStatement let(AuditStatement statement, List<Waiver> waivers) {
        return new AuditStatement(
                statement.operation(),
                statement.summary(),
                statement.text(),
                statement.hash(),
                statement.effects(),
                statement.reasons(),
                !statement.reasons().isEmpty(),
                waivers.stream()
                        .map(waiver -> new AuditWaiver(
                                waiver.name(),
                                waiver.ticket(),
                                waiver.window().until().toString()))
                        .toList(),
                statement.showsValues(),
                statement.values());
    }

    private static String operation(List<StatementEffects> statements) {
        Set<String> operations = new LinkedHashSet<>();
        for (StatementEffects statement : statements) {
            operations.add(statement.operation());
        }
        return operations.isEmpty() ? "EMPTY" : String.join("; ", operations);
    }

    private static String summary(String operation, List<AuditEffect> effects) {
        StringBuilder summary = new StringBuilder(operation);
        for (AuditEffect effect : effects) {
            String target = effect.verb() + " " + effect.table();
            if (effects.size() == 1 && target.startsWith(operation)) {
                return cut(target);
            }
            summary.append(summary.length() == operation.length() ? ": " : ", ").append(target);
        }
        return cut(summary.toString());
    }

    private static String cut(String summary) {
        if (summary.length() <= LONGEST_SUMMARY) {
            return summary;
        }
        int end = LONGEST_SUMMARY;
        return summary.substring(0, Character.isHighSurrogate(summary.charAt(end - 1)) ? end - 1 : end);
    }

    private static String hash(String masked) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(masked.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
