package io.tierguard.jdbc;

import io.tierguard.policy.source.Spelling;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The effective settings of a connection: for each, the value of the first source that gives one. */
final class Settings {
    private final Map<Setting, SettingValue> values;

    private Settings(Map<Setting, SettingValue> values) {
        this.values = values;
    }

    /** Settings from the URL, then the properties, then the other sources in order. */
    static Settings resolve(Map<String, String> url, Properties properties, List<SettingSource> others)
            throws SettingsException {
        checkKnown(url.keySet(), "the URL");
        checkKnown(properties.stringPropertyNames(), "the properties");
        Map<Setting, SettingValue> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            take(values, setting, url.get(setting.key()), "the URL");
            take(values, setting, properties.getProperty(setting.key()), "the properties");
            for (SettingSource source : others) {
                take(values, setting, source.lookup().apply(setting), source.name());
            }
            if (!setting.defaultValue().isEmpty()) {
                take(values, setting, setting.defaultValue(), "");
            }
        }
        for (SettingValue value : values.values()) {
            value.checkChoice();
        }
        return new Settings(values);
    }

    private static void take(Map<Setting, SettingValue> values, Setting setting, @Nullable String text, String origin) {
        if (text != null && !text.isBlank()) {
            values.putIfAbsent(setting, new SettingValue(setting, text.strip(), origin));
        }
    }

    private static void checkKnown(Iterable<String> keys, String origin) throws SettingsException {
        for (String key : keys) {
            if (isOurs(key) && Setting.ofKey(key).isEmpty()) {
                String meant = Spelling.closest(key, Setting.keys())
                        .map(candidate -> "; did you mean " + candidate + "?")
                        .orElse("; the settings are " + String.join(", ", Setting.keys()));
                throw new SettingsException(
                        "setting " + key + " (from " + origin + "): there is no such setting" + meant);
            }
        }
    }

    /** Whether a key is one of ours, right or wrong. */
    static boolean isOurs(String key) {
        return key.toLowerCase(Locale.ROOT).startsWith(Setting.PREFIX);
    }

    /** The properties without our settings, as the real driver gets them. */
    static Properties withoutOurs(Properties properties) {
        Properties rest = new Properties();
        for (String key : properties.stringPropertyNames()) {
            rest.setProperty(key, properties.getProperty(key));
        }
        rest.putAll(properties); // values that are no strings, which some drivers take
        rest.keySet().removeIf(key -> isOurs(key.toString()));
        return rest;
    }

    /** A setting's value, if a source or the default gives one. */
    Optional<SettingValue> value(Setting setting) {
        return Optional.ofNullable(values.get(setting));
    }

    /** A setting's text; empty where there is none. */
    String text(Setting setting) {
        return value(setting).map(SettingValue::text).orElse("");
    }

    /** A setting without which there is no connection. */
    SettingValue required(Setting setting) throws SettingsException {
        return value(setting)
                .orElseThrow(() -> new SettingsException("setting " + setting.key()
                        + ": it is missing; give it in the URL, in the properties, as the system property "
                        + setting.key() + " or as the environment variable " + setting.variable()));
    }

    /** Whether two connections with these settings may share a guard. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Settings settings && texts().equals(settings.texts());
    }

    @Override
    public int hashCode() {
        return texts().hashCode();
    }

    private Map<Setting, String> texts() {
        return values.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().text()));
    }

    /** The effective settings and their sources, for the log. */
    @Override
    public String toString() {
        return values.values().stream()
                .map(value -> value.setting().key() + "=" + value.text()
                        + (value.origin().isEmpty() ? " (default)" : " (from " + value.origin() + ")"))
                .collect(Collectors.joining(", "));
    }
}
