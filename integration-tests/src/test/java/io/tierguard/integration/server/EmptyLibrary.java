package io.tierguard.integration.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A shared library for Linux on x86-64 in which there is nothing, in place of one that a program names and never calls.
 *
 * <p>MySQL's server names libaio, which few machines have, and calls it only for the asynchronous input and output that an
 * option turns off.
 */
final class EmptyLibrary {
    private static final int ELF_HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int TABLES = ELF_HEADER + 2 * PROGRAM_HEADER;
    private static final int NAMES = TABLES + 24;
    private static final int PAGE = 4096;

    private EmptyLibrary() {}

    /** Writes the library into a folder under its own name. */
    static void write(Path folder, String name) throws IOException {
        Files.write(folder.resolve(name), bytes(name));
    }

    private static byte[] bytes(String name) {
        byte[] names = ("\0" + name + "\0").getBytes(StandardCharsets.US_ASCII);
        // The linker keeps its own notes in the dynamic section, so that all is mapped to be written.
        int hash = aligned(NAMES + names.length);
        int dynamic = hash + 24;
        int end = dynamic + 7 * 16;
        ByteBuffer file = ByteBuffer.allocate(end).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        file.putShort((short) 3).putShort((short) 62).putInt(1);
        file.putLong(0).putLong(ELF_HEADER).putLong(0).putInt(0);
        file.putShort((short) ELF_HEADER).putShort((short) PROGRAM_HEADER).putShort((short) 2);
        file.position(ELF_HEADER);
        program(file, 1, 0, end, PAGE);
        program(file, 2, dynamic, end - dynamic, 8);
        // The symbol table holds the null symbol alone.
        file.position(NAMES);
        file.put(names);
        file.position(hash);
        file.putInt(1).putInt(1).putInt(0).putInt(0);
        file.position(dynamic);
        entry(file, 14, 1); // DT_SONAME
        entry(file, 4, hash); // DT_HASH
        entry(file, 5, NAMES); // DT_STRTAB
        entry(file, 6, TABLES); // DT_SYMTAB
        entry(file, 10, names.length); // DT_STRSZ
        entry(file, 11, 24); // DT_SYMENT
        entry(file, 0, 0); // DT_NULL
        return file.array();
    }

    private static int aligned(int offset) {
        return (offset + 7) / 8 * 8;
    }

    private static void program(ByteBuffer file, int type, long offset, long size, long alignment) {
        file.putInt(type).putInt(6);
        file.putLong(offset).putLong(offset).putLong(offset);
        file.putLong(size).putLong(size).putLong(alignment);
    }

    private static void entry(ByteBuffer file, long tag, long value) {
        file.putLong(tag).putLong(value);
    }
}
