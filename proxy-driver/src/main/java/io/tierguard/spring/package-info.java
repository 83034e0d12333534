/** What makes Spring Boot report a denial as a permission error wherever it comes from; without Spring it does nothing. */
@NullMarked
package io.tierguard.spring;

import org.jspecify.annotations.NullMarked;
