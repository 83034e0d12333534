package io.tierguard.policy.textmate;

import java.nio.charset.StandardCharsets;
import org.jcodings.specific.UTF8Encoding;
import org.joni.Option;
import org.joni.Regex;
import org.joni.WarnCallback;

/**
 * A regular expression of a grammar, compiled as editors compile it.
 *
 * @param source how it is written
 * @param regex what it was compiled to
 */
record Expression(String source, Regex regex) {

    /** Compiles an expression; a wrong one, or a doubtful one, is an error. */
    static Expression of(String source) {
        byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
        WarnCallback refuse = warning -> {
            throw new IllegalArgumentException(warning + " in " + source);
        };
        return new Expression(
                source, new Regex(bytes, 0, bytes.length, Option.CAPTURE_GROUP, UTF8Encoding.INSTANCE, refuse));
    }
}
