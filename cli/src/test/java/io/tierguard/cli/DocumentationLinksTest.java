package io.tierguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links from one page of the documentation to another lead somewhere, down to the heading. */
class DocumentationLinksTest {
    private static final Path ROOT = Path.of("..");

    private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern FENCED = Pattern.compile("(?ms)^ *(```+).*?^ *\\1");
    private static final Pattern CODE = Pattern.compile(FENCED + "|`[^`\n]*`");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*");

    @Test
    void linksLeadToFilesAndHeadingsThatExist() throws IOException {
        List<String> broken = new ArrayList<>();
        int found = 0;
        for (Path page : pages()) {
            Matcher links = LINK.matcher(withoutCode(page));
            while (links.find()) {
                found++;
                if (!leadsSomewhere(page, links.group(1))) {
                    broken.add(ROOT.relativize(page) + " -> " + links.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(found).isGreaterThan(100);
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> below = Files.walk(ROOT.resolve("docs"))) {
            Stream.concat(top, below)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .forEach(pages::add);
        }
        return pages;
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        if (ELSEWHERE.matcher(link).matches()) {
            return true;
        }
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? page : page.resolveSibling(file);
        return Files.exists(target)
                && (hash < 0
                        || (!file.isEmpty() && !file.endsWith(".md"))
                        || hasHeading(target, link.substring(hash + 1)));
    }

    private static boolean hasHeading(Path page, String anchor) throws IOException {
        return withoutFences(page)
                .lines()
                .filter(line -> line.startsWith("#"))
                .anyMatch(line -> anchor(line).equals(anchor));
    }

    /** The anchor that a heading gets where pages are shown. */
    private static String anchor(String heading) {
        return heading.replaceFirst("^#+ *", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static String withoutCode(Path page) throws IOException {
        return CODE.matcher(Files.readString(page)).replaceAll("");
    }

    private static String withoutFences(Path page) throws IOException {
        return FENCED.matcher(Files.readString(page)).replaceAll("");
    }
}
