package io.tierguard.audit;

import io.tierguard.policy.model.Verb;
import java.util.Set;

/**
 * One effect of a statement as the log tells it.
 *
 * @param verb what is done
 * @param table to which table
 * @param tier the table's tier; empty where the policy does not classify the table
 * @param columns the columns set, where they are known
 * @param via how the database adds this effect; empty when the statement itself does it
 */
public record AuditEffect(Verb verb, String table, String tier, Set<String> columns, String via) {}
