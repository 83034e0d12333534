package io.tierguard.policy;

import java.io.IOException;
import java.util.List;

/**
 * The files that a policy can include: those in its folder and below it.
 *
 * <p>Paths are relative to the folder and written with {@code /}; the loader has seen to it that they do not climb out.
 */
public interface PolicyFiles {

    /** The files beside a policy that stands for itself, of which there are none. */
    PolicyFiles NONE = new PolicyFiles() {
        @Override
        public byte[] read(String path, int most) throws IOException {
            throw new IOException("a policy that was not read from a file has no files beside it");
        }

        @Override
        public List<String> list(String folder) throws IOException {
            throw new IOException("a policy that was not read from a file has no files beside it");
        }
    };

    /**
     * The content of a file; of one with more than {@code most} bytes, some more than {@code most} of them.
     *
     * @throws IOException if there is no such file, it leads out of the folder, or it cannot be read; the message says so
     */
    byte[] read(String path, int most) throws IOException;

    /**
     * The names of what stands in a folder and is no folder, in any order; of a folder that does not exist, none.
     *
     * @param folder the folder's path, or empty for the policy's own
     * @throws IOException if it cannot be listed; the message says why
     */
    List<String> list(String folder) throws IOException;
}
