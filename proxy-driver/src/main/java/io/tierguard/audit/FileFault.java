package io.tierguard.audit;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Says in words what went wrong with a file. */
final class FileFault {
    private FileFault() {}

    /** An exception whose message names the file and the cause. */
    static AuditException of(String what, Path file, IOException cause) {
        return new AuditException(what + " " + file + ": " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException denied) {
            return "permission denied" + place(denied);
        }
        if (cause instanceof FileAlreadyExistsException exists) {
            return "not a folder" + place(exists);
        }
        if (cause instanceof NoSuchFileException missing) {
            return "no such file or folder" + place(missing);
        }
        @Nullable String message = cause.getMessage();
        if (message == null) {
            return cause.getClass().getSimpleName();
        }
        int open = message.lastIndexOf(" (");
        return cause instanceof FileNotFoundException && open > 0 && message.endsWith(")")
                ? message.substring(open + 2, message.length() - 1)
                : message;
    }

    private static String place(FileSystemException cause) {
        return cause.getFile() == null ? "" : " (" + cause.getFile() + ")";
    }
}
