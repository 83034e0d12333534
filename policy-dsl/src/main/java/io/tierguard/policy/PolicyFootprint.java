package io.tierguard.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the files of a policy looked like just before each was read, so that a later look tells whether one has changed.
 *
 * @param files the look of each file that was read or missed
 * @param folders the names of the files in each folder that was listed
 */
public record PolicyFootprint(Map<Path, Look> files, Map<Path, Set<String>> folders) {

    /**
     * What a file looks like from outside.
     *
     * @param size how many bytes it has; -1 where there is none
     * @param changed when it was changed last
     * @param identity which file it is, where the file system tells
     */
    public record Look(long size, Instant changed, String identity) {
        private static final Look NONE = new Look(-1, Instant.EPOCH, "");

        static Look at(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                FileTime changed = attributes.lastModifiedTime();
                return new Look(attributes.size(), changed.toInstant(), String.valueOf(attributes.fileKey()));
            } catch (IOException | SecurityException missing) {
                return NONE;
            }
        }
    }

    public PolicyFootprint {
        files = Map.copyOf(files);
        folders = Map.copyOf(folders);
    }

    /** A look at the same files and folders now. */
    public PolicyFootprint again() {
        Map<Path, Look> looks = new TreeMap<>();
        files.keySet().forEach(file -> looks.put(file, Look.at(file)));
        Map<Path, Set<String>> names = new TreeMap<>();
        folders.keySet().forEach(folder -> names.put(folder, namesIn(folder)));
        return new PolicyFootprint(looks, names);
    }

    /** Whether all of it was changed last before a moment. */
    public boolean isOlderThan(Instant moment) {
        return files.values().stream().allMatch(look -> look.changed().isBefore(moment));
    }

    private static Set<String> namesIn(Path folder) {
        try {
            return new TreeSet<>(FolderFiles.names(folder));
        } catch (IOException | SecurityException unlisted) {
            return Set.of();
        }
    }

    /** Notes what is read through it; used by one thread. */
    static final class Noting implements PolicyFiles {
        private final Path folder;
        private final PolicyFiles read;
        private final Map<Path, Look> files = new TreeMap<>();
        private final Map<Path, Set<String>> folders = new TreeMap<>();

        Noting(Path root, PolicyFiles read) {
            this.folder = FolderFiles.folderOf(root);
            this.read = read;
            note(root.toAbsolutePath());
        }

        @Override
        public byte[] read(String path, int most) throws IOException {
            note(folder.resolve(path));
            return read.read(path, most);
        }

        @Override
        public List<String> list(String path) throws IOException {
            Path listed = folder.resolve(path);
            folders.put(listed, namesIn(listed));
            return read.list(path);
        }

        private void note(Path file) {
            files.putIfAbsent(file, Look.at(file));
        }

        PolicyFootprint footprint() {
            return new PolicyFootprint(files, folders);
        }
    }
}
