package io.tierguard.policy.model;

/** How far an effect goes, as the statement says it; what the database adds is not meant. */
public enum Reach {
    /** To the table that is named. */
    TABLE,

    /** To the partitions of the table too, and to the tables that inherit from it. */
    PARTS,

    /** To which tables are its parts, one of which joins or leaves it, and to none that is its part before and after. */
    MEMBERS,

    /** To the table if there is one of the name, and otherwise to none. */
    IF_THERE,

    /** To the columns, which the database makes a key if they are none. */
    KEY,

    /** To what its own columns hold and allow, and to no name, key, trigger or place of a row. */
    COLUMNS,

    /** To the columns, in whichever of the tables of the statement has them. */
    COLUMNS_IF_THERE,

    /** To what a change of its rows does to the rows of another table that refer to them. */
    REFERRING_ROWS,

    /** To the numbers that its sequences give next, which begin anew. */
    NUMBERS,

    /** To how the table is stored, which is written anew. */
    REBUILT,

    /** To the columns with their defaults, which another table takes over. */
    SHAPE,

    /** To the rows in the way of those that are added or changed too, in the table and wherever its triggers write. */
    ROWS_IN_THE_WAY,

    /** To the rows that are met, each of which is given the values that it has. */
    SAME_VALUES,

    /** To the rows that are met, a column of each of which is given the number that it has, without a sign. */
    SAME_NUMBER,

    /** To the table that code has made for its session alone, or to one of the name where that is not there. */
    TEMPORARY,

    /** To the table as it is called, which is given a name under which more may be done. */
    OLD_NAME,

    /** To no row in the way of those that are added or changed, whatever the table's constraints and its triggers say of such. */
    ROWS_KEPT
}
