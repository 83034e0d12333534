package io.tierguard.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Links each record to the one before it: {@code hash} is the SHA-256 of the line's bytes before {@code ,"hash"}, and
 * {@code prev}, which those bytes include, is the hash of the record before.
 *
 * <p>Not safe for use by several threads; the file's write lock guards it.
 */
final class HashChain {
    /** How many bytes at the end of a line, without its line break, tell its hash. */
    static final int ENDING_LENGTH = ",\"hash\":\"".length() + 64 + "\"}".length();

    private static final Pattern ENDING = Pattern.compile(",\"hash\":\"([0-9a-f]{64})\"}");

    private final MessageDigest digest = sha256();
    private String previous;

    /** A chain that continues after a record with this hash; empty when there is none. */
    HashChain(String previous) {
        this.previous = previous;
    }

    /**
     * Ends a line with {@code prev}, {@code hash}, brace and line break.
     *
     * @return the record's hash, to be handed to {@link #advance} once the line is written
     */
    String close(LineBuffer line) {
        if (!previous.isEmpty()) {
            line.text(",\"prev\":\"" + previous + "\"");
        }
        line.digestInto(digest);
        String hash = HexFormat.of().formatHex(digest.digest());
        line.text(",\"hash\":\"" + hash + "\"}\n");
        return hash;
    }

    /** The record with this hash is in the file. */
    void advance(String hash) {
        previous = hash;
    }

    /** The hash at the end of a line, if it ends as a whole record does. */
    static Optional<String> hashAtEndOf(byte[] ending) {
        Matcher matcher = ENDING.matcher(new String(ending, StandardCharsets.ISO_8859_1));
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
