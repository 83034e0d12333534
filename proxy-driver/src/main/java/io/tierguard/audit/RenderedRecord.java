package io.tierguard.audit;

/**
 * A record as JSON, still without the fields that depend on its place in the file: the number goes between its two parts,
 * the chain and the closing brace after them.
 */
final class RenderedRecord {
    private final byte[] json;
    private final int split;

    /** A record of which {@code split} bytes come before its number. */
    RenderedRecord(byte[] json, int split) {
        this.json = json;
        this.split = split;
    }

    /** Writes what comes before the number. */
    void writeHead(LineBuffer line) {
        line.write(json, 0, split);
    }

    /** Writes what comes after the number. */
    void writeRest(LineBuffer line) {
        line.write(json, split, json.length - split);
    }

    /** How many bytes it has so far. */
    int length() {
        return json.length;
    }
}
