package io.tierguard.jdbc;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place that settings come from.
 *
 * @param name the place as a message names it
 * @param lookup the value it gives a setting; null for none
 */
record SettingSource(String name, Function<Setting, @Nullable String> lookup) {

    /** The system properties of this process. */
    static final SettingSource SYSTEM_PROPERTIES =
            new SettingSource("the system property", setting -> System.getProperty(setting.key()));

    /** The environment of this process. */
    static final SettingSource ENVIRONMENT =
            new SettingSource("the environment", setting -> System.getenv(setting.variable()));
}
