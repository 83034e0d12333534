package io.tierguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.jdbc.TierguardDriver;
import io.tierguard.policy.PolicyLoader;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** The first connections of a process may be opened by many threads at once: whatever class each needs first, none waits for ever. */
class ClassInitializationTest {
    private static final int THREADS = 8;

    @RepeatedTest(6)
    void threadsThatInitializeClassesInAnyOrderDoNotWaitForEachOther(RepetitionInfo repetition) throws Exception {
        List<URL> places = List.of(placeOf(TierguardDriver.class), placeOf(PolicyLoader.class));
        List<String> names = new ArrayList<>();
        for (URL place : places) {
            names.addAll(classesUnder(Path.of(URI.create(place.toString()))));
        }
        assertThat(names).hasSizeGreaterThan(500);
        try (OurClassesAnew loader = new OurClassesAnew(places)) {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                List<String> order = new ArrayList<>(names);
                Collections.shuffle(order, new Random(repetition.getCurrentRepetition() * 100L + i));
                Thread thread = new Thread(() -> initialize(order, loader, start));
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(60));
                assertThat(thread.isAlive())
                        .as("still at %s", Arrays.toString(thread.getStackTrace()))
                        .isFalse();
            }
        }
    }

    private static void initialize(List<String> names, ClassLoader loader, CyclicBarrier start) {
        try {
            start.await();
        } catch (Exception interrupted) {
            throw new IllegalStateException(interrupted);
        }
        for (String name : names) {
            try {
                Class.forName(name, true, loader);
            } catch (ClassNotFoundException | LinkageError notHere) {
                // What belongs to a driver that is not on the class path is loaded where that driver is.
            }
        }
    }

    private static URL placeOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static List<String> classesUnder(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .map(file -> file.substring(0, file.length() - ".class".length())
                            .replace('/', '.')
                            .replace('\\', '.'))
                    .toList();
        }
    }

    /** Loads our classes again, as a new process does, and all others as ever. */
    private static final class OurClassesAnew extends URLClassLoader {

        OurClassesAnew(List<URL> places) {
            super(places.toArray(URL[]::new), ClassInitializationTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.tierguard.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : findClass(name);
            }
        }

        static {
            registerAsParallelCapable();
        }
    }
}
