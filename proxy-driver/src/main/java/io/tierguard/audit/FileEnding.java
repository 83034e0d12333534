package io.tierguard.audit;

import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * How a file of records ends.
 *
 * @param tornBytes how many bytes follow the last line break; 0 when the file ends with one
 * @param lastHash the hash of the last whole record; empty when there is none
 */
record FileEnding(long tornBytes, String lastHash) {

    /** The ending of a file without records. */
    static final FileEnding EMPTY = new FileEnding(0, "");

    private static final int BLOCK = 65_536;

    /** Reads the ending of a file, and no more of it than that takes. */
    static FileEnding of(RandomAccessFile file) throws IOException {
        long length = file.length();
        long whole = endOfLastWholeLine(file, length);
        // A record that lacks nothing but its line break is whole once that is written.
        String tornHash = hashBefore(file, length);
        return new FileEnding(length - whole, tornHash.isEmpty() ? hashBefore(file, whole - 1) : tornHash);
    }

    private static long endOfLastWholeLine(RandomAccessFile file, long length) throws IOException {
        byte[] block = new byte[BLOCK];
        long end = length;
        while (end > 0) {
            int size = (int) Math.min(BLOCK, end);
            file.seek(end - size);
            file.readFully(block, 0, size);
            for (int i = size - 1; i >= 0; i--) {
                if (block[i] == '\n') {
                    return end - size + i + 1;
                }
            }
            end -= size;
        }
        return 0;
    }

    private static String hashBefore(RandomAccessFile file, long end) throws IOException {
        if (end < HashChain.ENDING_LENGTH) {
            return "";
        }
        byte[] ending = new byte[HashChain.ENDING_LENGTH];
        file.seek(end - ending.length);
        file.readFully(ending);
        return HashChain.hashAtEndOf(ending).orElse("");
    }
}
