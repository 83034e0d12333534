@NullMarked
package io.tierguard.policy.check;

import org.jspecify.annotations.NullMarked;
