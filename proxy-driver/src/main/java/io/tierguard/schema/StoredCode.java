package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import java.util.List;

/**
 * A routine or trigger that a database keeps, for a comparison with what a policy says of it.
 *
 * @param label what it is called in a sentence
 * @param name the parts of its name as the patterns of a policy have them, folded; a part that is not known is empty
 * @param body the hash of its code, as a policy writes it; empty where the catalog does not tell the code
 * @param writes what it could write, by the words of its code; empty where that cannot be told
 * @param obstacle why the guard cannot tell what it does; empty where it can
 */
public record StoredCode(String label, List<String> name, String body, List<Effect> writes, String obstacle) {

    public StoredCode {
        name = List.copyOf(name);
        writes = List.copyOf(writes);
    }
}
