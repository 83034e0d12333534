@NullMarked
package io.tierguard.policy.spec;

import org.jspecify.annotations.NullMarked;
