@NullMarked
package io.tierguard.policy.syntax;

import org.jspecify.annotations.NullMarked;
