package io.tierguard.all;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar alone, beside a real driver, is all that an application needs. */
class OneJarIT {
    private static final Path JAR = Path.of(Objects.requireNonNull(System.getProperty("tierguard.all.jar")));
    private static final Path H2 = Path.of(Objects.requireNonNull(System.getProperty("tierguard.h2.jar")));

    @TempDir
    private Path folder;

    @Test
    void itGuardsInAVirtualMachineThatHasNothingElse() throws Exception {
        Path policy = folder.resolve("shop.tierguard");
        Files.writeString(policy, """
                tier ledger is immutable
                tier operational is mutable
                table payment is ledger
                table orders is operational
                component checkout {
                  grant insert on orders
                }
                """);
        Path program = Path.of(Objects.requireNonNull(OneJarIT.class.getResource("/OneJar.java"))
                .toURI());
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        JAR + File.pathSeparator + H2,
                        program.toString(),
                        policy.toString(),
                        folder.resolve("audit.jsonl").toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String output = Files.readString(said);
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output)
                .contains("inserted 2")
                .contains("42501 denied: checkout may not DELETE from payment: tier ledger is immutable")
                // Through java.util.logging, because no other logging comes with the jar.
                .contains("WARNING: denied: checkout may not DELETE from payment");
        assertThat(Files.readString(folder.resolve("audit.jsonl"))).contains("\"decision\":\"deny\"");
    }

    @Test
    void everyClassInItHasANameOfOurs() throws IOException {
        List<String> entries = entries();
        assertThat(entries.stream().filter(name -> name.endsWith(".class")))
                .hasSizeGreaterThan(500)
                .allMatch(name -> name.startsWith("io/tierguard/"));
        assertThat(entries).noneMatch(name -> name.endsWith("module-info.class"));
    }

    @Test
    void itIsRegisteredHasItsLicensesAndNoSignature() throws IOException {
        assertThat(entries())
                .contains("META-INF/services/java.sql.Driver", "META-INF/THIRD-PARTY.txt", "META-INF/LICENSE")
                .contains("META-INF/LICENSE.txt", "META-INF/NOTICE")
                .contains("META-INF/services/io.tierguard.shaded.slf4j.spi.SLF4JServiceProvider")
                .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA|EC)"));
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(text(jar, "META-INF/services/java.sql.Driver").strip())
                    .isEqualTo("io.tierguard.jdbc.TierguardDriver");
            assertThat(text(jar, "META-INF/LICENSE.txt")).contains("Permission is hereby granted");
            assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
        }
    }

    private static List<String> entries() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .toList();
        }
    }

    private static String text(JarFile jar, String name) throws IOException {
        return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
