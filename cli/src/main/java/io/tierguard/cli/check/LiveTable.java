package io.tierguard.cli.check;

import io.tierguard.policy.model.TableName;

/**
 * A table of a live database.
 *
 * @param name its name, folded
 * @param label its name as the database spells it, with its schema
 * @param isView whether it is a view, which a policy need not cover
 */
record LiveTable(TableName name, String label, boolean isView) {}
