package io.tierguard.jdbc;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The register of the driver's settings: what it reads, what its property info and its documentation say. */
public enum Setting {
    /** The policy. */
    POLICY(true, "", "The policy: a file, or `classpath:` and the name of a resource."),
    /** The component. */
    COMPONENT(true, "", "The component of the policy that this application is."),
    /** The release. */
    RELEASE(false, "", "The version of the deployed application, for the audit log."),
    /** The audit file. */
    AUDIT(false, "tierguard-audit.jsonl", "The file that the audit log is written to."),
    /** How often the policy's files are looked after. */
    POLICY_RELOAD(
            false,
            "",
            "How many seconds pass between two looks for a change of the policy's files; without it they are read once."),
    /** What a denial does to its transaction. */
    ON_DENIAL(
            false,
            "doom",
            "What a denial does to the transaction it happens in: `doom`, after which nothing but a rollback passes, or"
                    + " `continue`.",
            OnDenial.names()),
    /** The real driver. */
    DRIVER(false, "", "The class of the real driver, where it is not found by itself.");

    /** What the names of all settings begin with. */
    public static final String PREFIX = "tierguard.";

    private final boolean required;
    private final String defaultValue;
    private final String description;
    private final List<String> choices;

    Setting(boolean required, String defaultValue, String description) {
        this(required, defaultValue, description, List.of());
    }

    Setting(boolean required, String defaultValue, String description, List<String> choices) {
        this.required = required;
        this.defaultValue = defaultValue;
        this.description = description;
        this.choices = choices;
    }

    /** Its name in URLs, properties and system properties, for example {@code tierguard.policy}. */
    public String key() {
        return PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its name in the environment, for example {@code TIERGUARD_POLICY}. */
    public String variable() {
        return "TIERGUARD_" + name();
    }

    /** Whether there is no connection without it. */
    public boolean isRequired() {
        return required;
    }

    /** Its value where no source gives one; empty for none. */
    public String defaultValue() {
        return defaultValue;
    }

    /** What it says, one sentence. */
    public String description() {
        return description;
    }

    /** The only values it may have; empty where it may have any. */
    public List<String> choices() {
        return choices;
    }

    /** The setting of exactly this key. */
    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key().equals(key))
                .findFirst();
    }

    /** The keys of all settings, in order. */
    static List<String> keys() {
        return Arrays.stream(values()).map(Setting::key).toList();
    }
}
