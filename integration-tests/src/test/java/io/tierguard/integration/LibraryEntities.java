package io.tierguard.integration;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import jakarta.persistence.Version;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.ColumnDefault;
import org.hibernate.annotations.CreationTimestamp;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;
import org.hibernate.annotations.SoftDelete;
import org.hibernate.annotations.UpdateTimestamp;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** What a library keeps, with the mappings that a store has no use for. */
final class LibraryEntities {
    private LibraryEntities() {}

    static final Class<?>[] ALL = {
        Book.class,
        Author.class,
        Medium.class,
        Film.class,
        Record.class,
        Member.class,
        Student.class,
        Teacher.class,
        Loan.class,
        Branch.class,
        Note.class
    };

    enum Genre {
        NOVEL,
        POETRY
    }

    /** A value inside another row. */
    @Embeddable
    static class Address {
        @Nullable
        String street;

        @Nullable
        String city;
    }

    /** A value kept as JSON. */
    @Embeddable
    static class Details {
        int pages;

        @Nullable
        String language;
    }

    /** In two tables, with a natural id, a formula, JSON and all kinds of time. */
    @Entity(name = "Book")
    @Table(name = "book", uniqueConstraints = @UniqueConstraint(columnNames = {"title", "edition"}))
    @SecondaryTable(name = "book_cover")
    @DynamicUpdate
    static class Book {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "book_ids")
        @SequenceGenerator(name = "book_ids", allocationSize = 10)
        @Nullable
        Long id;

        @NaturalId
        String isbn = "";

        String title = "";
        int edition = 1;

        @Version
        @Nullable
        Instant changed;

        @Enumerated(EnumType.STRING)
        Genre genre = Genre.NOVEL;

        @Column(table = "book_cover")
        @Nullable
        String color;

        @Lob
        @Column(table = "book_cover")
        byte @Nullable [] image;

        @JdbcTypeCode(SqlTypes.JSON)
        @Nullable
        Details details;

        @JdbcTypeCode(SqlTypes.JSON)
        Map<String, String> labels = new HashMap<>();

        BigDecimal price = BigDecimal.TEN;
        LocalDate published = LocalDate.of(2020, 1, 2);
        LocalTime opened = LocalTime.NOON;
        LocalDateTime bought = LocalDateTime.of(2020, 1, 2, 3, 4);
        OffsetDateTime scanned = OffsetDateTime.of(2020, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC);
        Duration length = Duration.ofHours(3);
        int[] ratings = {1, 2, 3};

        @CreationTimestamp
        @Nullable
        Instant created;

        @UpdateTimestamp
        @Nullable
        Instant updated;

        @ColumnDefault("0")
        int borrowed;

        @Formula("price * 2")
        @Nullable
        BigDecimal twice;

        @ManyToMany
        List<Author> authors = new ArrayList<>();

        @ManyToOne(fetch = FetchType.LAZY)
        @Nullable
        Branch branch;

        @ElementCollection
        @CollectionTable(name = "book_keyword")
        @MapKeyColumn(name = "word")
        Map<String, Integer> keywords = new HashMap<>();
    }

    /** With an id that is made by Hibernate, and rows that are only marked as deleted. */
    @Entity(name = "Author")
    @Table(name = "author")
    @SoftDelete
    static class Author {
        @Id
        @GeneratedValue(strategy = GenerationType.UUID)
        @Nullable
        UUID id;

        String name = "";

        @Embedded
        Address address = new Address();

        @ElementCollection
        Set<String> aliases = new HashSet<>();
    }

    /** A table for each class. */
    @Entity(name = "Medium")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    abstract static class Medium {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @Nullable
        Long id;

        String title = "";
    }

    @Entity(name = "Film")
    @Table(name = "film")
    static class Film extends Medium {
        int minutes;
    }

    @Entity(name = "Record")
    @Table(name = "record")
    static class Record extends Medium {
        int tracks;
    }

    /** One table for all classes. */
    @Entity(name = "Member")
    @Table(name = "member")
    @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
    static class Member {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        @Nullable
        Long id;

        String name = "";

        @Version
        short version;

        @OneToMany(mappedBy = "member")
        @OnDelete(action = OnDeleteAction.CASCADE)
        List<Loan> loans = new ArrayList<>();
    }

    @Entity(name = "Student")
    static class Student extends Member {
        @Nullable
        String faculty;
    }

    @Entity(name = "Teacher")
    static class Teacher extends Member {
        @Nullable
        String subject;
    }

    /** An id of two columns. */
    @Embeddable
    record LoanId(int number, String shelf) implements Serializable {}

    @Entity(name = "Loan")
    @Table(name = "loan")
    static class Loan {
        @EmbeddedId
        @Nullable
        LoanId id;

        @ManyToOne(fetch = FetchType.LAZY)
        @JoinColumn(name = "member_id")
        @OnDelete(action = OnDeleteAction.CASCADE)
        @Nullable
        Member member;

        boolean returned;
    }

    /** A tree. */
    @Entity(name = "Branch")
    @Table(name = "branch")
    static class Branch {
        @Id
        int id;

        String name = "";

        @ManyToOne(fetch = FetchType.LAZY)
        @Nullable
        Branch parent;
    }

    /** A joined class, whose bulk changes need a table of ids. */
    @Entity(name = "Note")
    @Table(name = "note")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Note {
        @Id
        int id;

        @Column(length = 4000)
        String text = "";
    }
}
