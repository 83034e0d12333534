package io.tierguard.integration.boot;

import org.springframework.data.jpa.repository.JpaRepository;

/** The purchases. */
interface Purchases extends JpaRepository<Purchase, Integer> {}
