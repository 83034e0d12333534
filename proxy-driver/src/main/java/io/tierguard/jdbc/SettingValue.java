package io.tierguard.jdbc;

import java.util.List;

/**
 * A setting's value and where it came from.
 *
 * @param setting which setting
 * @param text its value
 * @param origin its source, as a message names it; empty for the default
 */
record SettingValue(Setting setting, String text, String origin) {

    /** Refuses a value that is none of those that the setting may have. */
    void checkChoice() throws SettingsException {
        List<String> choices = setting.choices();
        if (!choices.isEmpty() && !choices.contains(text)) {
            throw fault("it is " + String.join(" or ", choices) + ", and not what is given");
        }
    }

    /** The exception for a value that cannot be used; its message names the setting and its source. */
    SettingsException fault(String message) {
        return new SettingsException(prefix() + message);
    }

    /** The exception for a value that cannot be used because of a failure. */
    SettingsException fault(String message, Throwable cause) {
        return new SettingsException(prefix() + message, cause);
    }

    private String prefix() {
        String source = origin.isEmpty() ? "the default " + text : "from " + origin;
        return "setting " + setting.key() + " (" + source + "): ";
    }
}
