@NullMarked
package io.tierguard.policy;

import org.jspecify.annotations.NullMarked;
