package io.tierguard.integration.boot;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the shop does, a transaction each. */
@Service
class Checkout {
    private final Payments payments;
    private final Purchases purchases;
    private final JdbcTemplate jdbc;

    Checkout(Payments payments, Purchases purchases, JdbcTemplate jdbc) {
        this.payments = payments;
        this.purchases = purchases;
        this.jdbc = jdbc;
    }

    @Transactional
    public void pay(int purchaseId, int amount) {
        Purchase purchase = purchases.findById(purchaseId).orElseGet(Purchase::new);
        purchase.id = purchaseId;
        purchase.state = "paid";
        purchases.save(purchase);
        Payment payment = new Payment();
        payment.id = purchaseId;
        payment.orderId = purchaseId;
        payment.amount = amount;
        payments.save(payment);
    }

    /** What a release should not do: the payment's row is changed. */
    @Transactional
    public void correct(int purchaseId, int amount) {
        purchases.findById(purchaseId).orElseThrow().state = "corrected";
        payments.findById(purchaseId).orElseThrow().amount = amount;
    }

    @Transactional
    public void cancelAll() {
        purchases.findAll().forEach(purchase -> purchase.state = "cancelled");
        payments.cancelAll();
    }

    @Transactional
    public void cancelWithJdbc(int purchaseId) {
        jdbc.update("UPDATE purchase SET state = 'cancelled' WHERE id = ?", purchaseId);
        jdbc.update("DELETE FROM payment WHERE id = ?", purchaseId);
    }

    /** Worse: the exception is swallowed. */
    @Transactional
    public void cancelWithJdbcAndGoOn(int purchaseId) {
        try {
            cancelWithJdbc(purchaseId);
        } catch (org.springframework.dao.PermissionDeniedDataAccessException swallowed) {
            purchases.flush();
        }
    }

    @Transactional(readOnly = true)
    public String describe(int purchaseId) {
        return purchases.findById(purchaseId).orElseThrow().state + " "
                + payments.findById(purchaseId).orElseThrow().amount;
    }
}
