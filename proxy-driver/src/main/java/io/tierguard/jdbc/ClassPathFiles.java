package io.tierguard.jdbc;

import io.tierguard.policy.PolicyFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The resources beside a policy on the class path, which can be read by their names and not be listed. */
final class ClassPathFiles implements PolicyFiles {
    private final String folder;

    /** The resources beside the one of this name. */
    ClassPathFiles(String policy) {
        this.folder = policy.substring(0, policy.lastIndexOf('/') + 1);
    }

    @Override
    public byte[] read(String path, int most) throws IOException {
        try (InputStream content = open(folder + path)) {
            if (content == null) {
                throw new IOException("there is no resource " + folder + path + " on the class path");
            }
            return content.readNBytes(most + 1);
        }
    }

    @Override
    public List<String> list(String path) throws IOException {
        throw new IOException("the class path cannot be listed: name each file, or give the policy as a file");
    }

    /** The resource, looked for where the application is and then where the driver is; null where there is none. */
    static @Nullable InputStream open(String name) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        InputStream content = context == null ? null : context.getResourceAsStream(name);
        return content == null ? ClassPathFiles.class.getClassLoader().getResourceAsStream(name) : content;
    }
}
