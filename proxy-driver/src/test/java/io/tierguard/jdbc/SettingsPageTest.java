package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference page on settings says what the register of settings and the driver say. */
class SettingsPageTest {
    private static final Path PAGE = Path.of("../docs/reference/settings.md");
    private static final String MESSAGES = "## Messages at connect";
    private static final String GOOD = ";tierguard.policy=classpath:docs/shop.tierguard;tierguard.component=checkout";

    @TempDir
    private Path folder;

    /** URLs with which no connection is to be had, in the order in which the page tells why. */
    static List<String> refused() {
        return List.of(
                "jdbc:tierguard:db2://db/shop:user=scott;password=tiger" + GOOD,
                "jdbc:tierguard:oracle:thin:scott/tiger@db" + GOOD,
                "jdbc:tierguard:h2:mem:shop",
                "jdbc:tierguard:h2:mem:shop;tierguard.polcy=shop.tierguard",
                "jdbc:tierguard:h2:mem:shop;tierguard.policy=a;tierguard.policy=b",
                "jdbc:tierguard:postgresql://db/shop?password=tiger%zz" + GOOD.replace(';', '&'),
                "jdbc:tierguard:h2:mem:shop;tierguard.on-denial=tiger",
                "jdbc:tierguard:h2:mem:shop;tierguard.policy=policies/shop.tierguard;tierguard.component=checkout",
                "jdbc:tierguard:h2:mem:shop;tierguard.policy=classpath:shop.tierguard;tierguard.component=checkout",
                "jdbc:tierguard:h2:mem:shop;tierguard.policy=classpath:docs/broken.tierguard;tierguard.component=checkout",
                "jdbc:tierguard:h2:mem:shop;tierguard.policy=classpath:docs/shop.tierguard;tierguard.component=chekout",
                "jdbc:tierguard:h2:mem:shop" + GOOD + ";tierguard.audit=/dev/null/audit.jsonl",
                "jdbc:tierguard:h2:mem:shop" + GOOD + ";tierguard.driver=org.h2.Drivr",
                "jdbc:tierguard:h2:mem:shop" + GOOD + ";tierguard.driver=java.lang.String",
                "jdbc:tierguard:h2:mem:shop" + GOOD + ";tierguard.driver=io.tierguard.jdbc.TierguardDriver",
                "jdbc:tierguard:h2:mem:shop" + GOOD + ";tierguard.driver=org.postgresql.Driver");
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void hasARowForEverySettingThatSaysWhatTheRegisterSays(Setting setting) throws IOException {
        String none = setting.isRequired() ? "none; required" : "none";
        String value = setting.defaultValue().isEmpty() ? none : "`" + setting.defaultValue() + "`";
        assertThat(page().lines())
                .containsOnlyOnce("| `" + setting.key() + "` | `" + setting.variable() + "` | " + value + " | "
                        + setting.description() + " |");
    }

    @Test
    void hasNoRowForWhatIsNoSetting() throws IOException {
        assertThat(page().lines().filter(line -> line.startsWith("| `" + Setting.PREFIX)))
                .hasSameSizeAs(Setting.values());
    }

    @Test
    void showsWhatTheRealDriverGets() throws IOException, SQLException {
        List<MatchResult> urls = Pattern.compile("\\| `(jdbc:tierguard:[^`]+)` \\| `([^`]+)` \\|")
                .matcher(page())
                .results()
                .toList();
        assertThat(urls).hasSize(4);
        for (MatchResult url : urls) {
            TierguardUrl parsed = TierguardUrl.parse(url.group(1));
            assertThat(parsed.realUrl()).isEqualTo(url.group(2));
            assertThat(parsed.settings())
                    .containsOnlyKeys("tierguard.policy", "tierguard.component")
                    .containsEntry("tierguard.component", "checkout");
        }
    }

    @Test
    void showsWhatIsLogged() throws IOException, SQLException {
        SettingSource environment =
                new SettingSource("the environment", setting -> setting == Setting.COMPONENT ? "checkout" : null);
        Settings settings = Settings.resolve(
                Map.of("tierguard.policy", "classpath:shop.tierguard"), new Properties(), List.of(environment));
        assertThat(page()).contains("\n" + settings + "\n");
    }

    @Test
    void showsEveryMessageAtConnectAndNoOther() throws IOException {
        List<String> shown = Pattern.compile("```text\n(.*?)\n```", Pattern.DOTALL)
                .matcher(page().split(MESSAGES, 2)[1])
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(shown).isEqualTo(refused().stream().map(this::message).toList());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void noMessageRepeatsAPassword(String url) {
        assertThat(message(url)).doesNotContain("tiger", "scott");
    }

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    private String message(String url) {
        SettingSource temporary = new SettingSource(
                "the test",
                setting ->
                        setting == Setting.AUDIT ? folder.resolve("audit.jsonl").toString() : null);
        TierguardDriver driver = new TierguardDriver(new Guards(), List.of(temporary));
        Throwable failure = catchThrowable(() -> driver.connect(url, new Properties()));
        assertThat(failure).isInstanceOf(SettingsException.class);
        return String.valueOf(failure.getMessage()).strip();
    }
}
