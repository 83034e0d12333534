package io.tierguard.integration;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import jakarta.persistence.TableGenerator;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a store keeps, mapped in the ways that Hibernate's users map things. */
final class StoreEntities {
    private StoreEntities() {}

    static final Class<?>[] ALL = {
        Customer.class, Order.class, Item.class, Payment.class, Tag.class, Party.class, Person.class, Company.class
    };

    enum Standing {
        NEW,
        TRUSTED
    }

    @Entity(name = "Customer")
    @Table(name = "customer")
    static class Customer {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @Nullable
        Long id;

        @Version
        int version;

        @Column(unique = true, nullable = false)
        String name = "";

        @Enumerated(EnumType.STRING)
        Standing standing = Standing.NEW;

        LocalDate since = LocalDate.of(2026, 1, 2);
        Instant seen = Instant.EPOCH;
        byte[] picture = {1, 2, 3};
        String[] aliases = {"a", "b"};

        @Lob
        String story = "once";

        @ElementCollection
        @OrderColumn
        List<String> phones = new ArrayList<>();

        @OneToMany(mappedBy = "customer", cascade = CascadeType.ALL, orphanRemoval = true)
        List<Order> orders = new ArrayList<>();

        @ManyToMany(cascade = CascadeType.PERSIST)
        Set<Tag> tags = new LinkedHashSet<>();

        Order order(int amount) {
            Order order = new Order();
            order.customer = this;
            order.amount = BigDecimal.valueOf(amount);
            orders.add(order);
            return order;
        }
    }

    /** Its table's name is a reserved word. */
    @Entity(name = "Order")
    @Table(name = "`order`")
    static class Order {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        @Nullable
        Long id;

        @ManyToOne(optional = false)
        @Nullable
        Customer customer;

        BigDecimal amount = BigDecimal.ZERO;

        @Column(name = "`select`")
        @Nullable
        String remark;

        @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true)
        List<Item> items = new ArrayList<>();
    }

    @Entity(name = "Item")
    @Table(name = "item")
    static class Item {
        @Id
        @GeneratedValue(strategy = GenerationType.TABLE, generator = "item_ids")
        @TableGenerator(name = "item_ids", allocationSize = 5)
        @Nullable
        Long id;

        String name = "";
    }

    @Entity(name = "Payment")
    @Table(name = "payment")
    static class Payment {
        @Id
        UUID id = new UUID(0, 0);

        BigDecimal amount = BigDecimal.ZERO;

        @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true, mappedBy = "whole")
        List<Payment> parts = new ArrayList<>();

        @ManyToOne
        @Nullable
        Payment whole;
    }

    @Entity(name = "Tag")
    @Table(name = "tag")
    static class Tag {
        @Id
        String name = "";
    }

    @Entity(name = "Party")
    @Table(name = "party")
    @Inheritance(strategy = InheritanceType.JOINED)
    abstract static class Party {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @Nullable
        Long id;

        String title = "";
    }

    @Entity(name = "Person")
    @Table(name = "person")
    static class Person extends Party {
        int age;
    }

    @Entity(name = "Company")
    @Table(name = "company")
    static class Company extends Party {
        String legalForm = "";
    }
}
