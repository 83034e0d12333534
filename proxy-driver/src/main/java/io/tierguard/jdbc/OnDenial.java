package io.tierguard.jdbc;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a denial does to the transaction that it happens in. */
enum OnDenial {
    /** Nothing more of it runs, and nothing of it is kept. */
    DOOM,
    /** It goes on. */
    CONTINUE;

    /** The one that the settings name. */
    static OnDenial of(Settings settings) {
        return valueOf(settings.text(Setting.ON_DENIAL).toUpperCase(Locale.ROOT));
    }

    /** The names of all, as the setting has them. */
    static List<String> names() {
        return Arrays.stream(values())
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
