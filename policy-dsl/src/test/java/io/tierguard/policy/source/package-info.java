@NullMarked
package io.tierguard.policy.source;

import org.jspecify.annotations.NullMarked;
