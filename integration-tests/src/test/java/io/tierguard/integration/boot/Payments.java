package io.tierguard.integration.boot;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

/** The payments. */
interface Payments extends JpaRepository<Payment, Integer> {

    @Modifying
    @Query("update Payment p set p.amount = 0")
    int cancelAll();
}
