package io.tierguard.integration.boot;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** What a customer ordered, which changes while it is worked on. */
@Entity
class Purchase {
    @Id
    int id;

    String state = "new";
}
