package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @ParameterizedTest
    @CsvSource({
        "u, p, s, e, u, the URL",
        " , p, s, e, p, the properties",
        " ,  , s, e, s, the system property",
        " ,  ,  , e, e, the environment",
        "u,  ,  , e, u, the URL",
        " , p,  , e, p, the properties",
    })
    void theFirstSourceWins(
            @Nullable String url,
            @Nullable String property,
            @Nullable String systemProperty,
            @Nullable String variable,
            String effective,
            String origin)
            throws SQLException {
        Properties properties = new Properties();
        if (property != null) {
            properties.setProperty("tierguard.policy", property);
        }
        Settings settings = Settings.resolve(
                url == null ? Map.of() : Map.of("tierguard.policy", url),
                properties,
                List.of(
                        new SettingSource("the system property", setting -> of(setting, systemProperty)),
                        new SettingSource("the environment", setting -> of(setting, variable))));

        assertThat(settings.required(Setting.POLICY)).isEqualTo(new SettingValue(Setting.POLICY, effective, origin));
    }

    private static @Nullable String of(Setting setting, @Nullable String value) {
        return setting == Setting.POLICY ? value : null;
    }

    @Test
    void theEnvironmentSpellsSettingsInUpperCase() {
        assertThat(Setting.POLICY.variable()).isEqualTo("TIERGUARD_POLICY");
    }

    @Test
    void aDashInANameIsAnUnderscoreInTheEnvironment() {
        assertThat(Setting.ON_DENIAL.key()).isEqualTo("tierguard.on-denial");
        assertThat(Setting.ON_DENIAL.variable()).isEqualTo("TIERGUARD_ON_DENIAL");
    }

    @Test
    void aSettingWithChoicesHasOneOfThem() throws SQLException {
        assertThat(OnDenial.of(Settings.resolve(Map.of(), new Properties(), List.of())))
                .isEqualTo(OnDenial.DOOM);
        assertThat(OnDenial.of(
                        Settings.resolve(Map.of("tierguard.on-denial", "continue"), new Properties(), List.of())))
                .isEqualTo(OnDenial.CONTINUE);
        assertThatThrownBy(() -> Settings.resolve(Map.of("tierguard.on-denial", "DOOM"), new Properties(), List.of()))
                .isInstanceOf(SettingsException.class);
    }

    @Test
    void anUnknownSettingInThePropertiesIsAnErrorThatNamesWhatWasMeant() {
        Properties properties = new Properties();
        properties.setProperty("tierguard.componnet", "checkout");
        assertThatThrownBy(() -> Settings.resolve(Map.of(), properties, List.of()))
                .hasMessage("setting tierguard.componnet (from the properties): there is no such setting;"
                        + " did you mean tierguard.component?");
    }

    @Test
    void theAuditLogHasADefaultAndTheReleaseIsEmpty() throws SQLException {
        Settings settings = Settings.resolve(Map.of(), new Properties(), List.of());
        assertThat(settings.text(Setting.AUDIT)).isEqualTo("tierguard-audit.jsonl");
        assertThat(settings.text(Setting.RELEASE)).isEmpty();
    }

    @Test
    void theRealDriverSeesNoneOfOurSettings() {
        Properties defaults = new Properties();
        defaults.setProperty("tierguard.policy", "a");
        defaults.setProperty("user", "sa");
        Properties properties = new Properties(defaults);
        properties.setProperty("tierguard.component", "b");
        properties.setProperty("password", "c");

        Properties expected = new Properties();
        expected.setProperty("user", "sa");
        expected.setProperty("password", "c");
        assertThat(Settings.withoutOurs(properties)).isEqualTo(expected);
    }
}
