package io.tierguard.schema;

/** What a foreign key does to the referencing rows when a referenced row goes or changes (SQL:2016 part 2, 11.8). */
enum ReferentialAction {
    /** It refuses the change, so no row of the referencing table changes. */
    NONE,
    CASCADE,
    SET_NULL,
    SET_DEFAULT;

    /** The words of SQL for this action. */
    String words() {
        return name().replace('_', ' ');
    }
}
