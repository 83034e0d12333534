package io.tierguard.policy.model;

import java.util.List;
import java.util.Set;

/**
 * What a policy says of itself.
 *
 * @param name its name
 * @param hash the hash of the bytes of all files it was read from
 * @param contact whom to ask, or empty
 * @param schemaPath the schemas an unqualified name means, folded
 * @param readAsAnsi the databases, folded, that are not known and are read all the same, as far as their SQL is plain
 * @param readAsDocumented those, folded, that are read by their documentation, which no live server has proved
 */
public record PolicySource(
        String name,
        String hash,
        String contact,
        List<String> schemaPath,
        Set<String> readAsAnsi,
        Set<String> readAsDocumented) {

    public PolicySource {
        schemaPath = List.copyOf(schemaPath);
        readAsAnsi = Set.copyOf(readAsAnsi);
        readAsDocumented = Set.copyOf(readAsDocumented);
    }

    /** A table as a sentence names it: without its schema where the schema path leaves no other. */
    String shownName(TableName table) {
        boolean implied = schemaPath.size() == 1 && schemaPath.get(0).equals(table.schema());
        return implied ? table.name() : table.toString();
    }
}
