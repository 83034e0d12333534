package io.tierguard.audit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** One line while it is put together. */
final class LineBuffer extends ByteArrayOutputStream {

    /** An empty line with room for {@code capacity} bytes. */
    LineBuffer(int capacity) {
        super(capacity);
    }

    /** Adds plain ASCII text. */
    void text(String ascii) {
        writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /** Feeds all bytes so far to a digest. */
    void digestInto(MessageDigest digest) {
        digest.update(buf, 0, count);
    }
}
