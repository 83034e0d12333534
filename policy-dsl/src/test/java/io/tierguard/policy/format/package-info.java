@NullMarked
package io.tierguard.policy.format;

import org.jspecify.annotations.NullMarked;
