package io.tierguard.cli.demo;

import java.util.List;

/**
 * What one component does in the demonstration.
 *
 * @param component its name in the policy
 * @param user the database user it connects as
 * @param release the version that is deployed
 * @param story what it is about
 * @param attempts what it tries, in order
 */
record Act(String component, String user, String release, String story, List<Attempt> attempts) {
    Act {
        attempts = List.copyOf(attempts);
    }
}
