@NullMarked
package io.tierguard.policy.model;

import org.jspecify.annotations.NullMarked;
