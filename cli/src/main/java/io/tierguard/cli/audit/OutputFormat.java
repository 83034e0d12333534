package io.tierguard.cli.audit;

/** How records are printed. */
enum OutputFormat {
    /** One English sentence for each event. */
    TEXT,
    /** The record as it stands in the log. */
    JSON
}
