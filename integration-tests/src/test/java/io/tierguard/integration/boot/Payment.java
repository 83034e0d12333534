package io.tierguard.integration.boot;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A record in the books. */
@Entity
class Payment {
    @Id
    int id;

    int orderId;

    int amount;
}
