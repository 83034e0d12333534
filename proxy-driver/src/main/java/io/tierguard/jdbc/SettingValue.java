package io.tierguard.jdbc;

/**
 * A setting's value and where it came from.
 *
 * @param setting which setting
 * @param text its value
 * @param origin its source, as a message names it; empty for the default
 */
record SettingValue(Setting setting, String text, String origin) {

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
