package io.tierguard.audit;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One file of records, written by one writer: numbers and chains the records and mends a line that could not be written
 * in full. Safe for use by many threads.
 */
final class AuditFile implements Closeable {
    private final OpenedFile opened;
    private final RecordFormat format;
    private final WriterIds ids;
    private final FileOutputStream out;
    private final ReentrantLock writing = new ReentrantLock();
    private final HashChain chain;
    private long sequence;
    private boolean isMendingDue;
    private String attemptedHash = "";

    private AuditFile(OpenedFile opened, RecordFormat format, WriterIds ids, String lastHash) {
        this.opened = opened;
        this.format = format;
        this.ids = ids;
        this.out = opened.out();
        this.chain = new HashChain(lastHash);
    }

    /** Continues the file, after closing off and noting a line that an earlier writer could not finish. */
    static AuditFile continuing(OpenedFile opened, RecordFormat format, WriterIds ids) throws AuditException {
        try {
            FileEnding ending = opened.ending();
            AuditFile file = new AuditFile(opened, format, ids, ending.lastHash());
            if (ending.tornBytes() > 0) {
                file.closeOff(ending);
            }
            return file;
        } catch (IOException e) {
            opened.abandon();
            throw FileFault.of("cannot write the audit log", opened.path(), e);
        }
    }

    /** Hands a record to the operating system. */
    void append(AuditEvent event) throws AuditException {
        RenderedRecord record = format.render(event);
        writing.lock();
        try {
            if (isMendingDue) {
                mend();
            }
            write(record);
        } catch (IOException e) {
            throw fault(e);
        } finally {
            writing.unlock();
        }
    }

    /** Returns once everything handed to the operating system before is on the disk. */
    void sync() throws IOException {
        opened.sync();
    }

    /** An exception about this file. */
    AuditException fault(IOException cause) {
        return FileFault.of("cannot write the audit log", opened.path(), cause);
    }

    @Override
    public void close() throws IOException {
        writing.lock();
        try {
            opened.close();
        } finally {
            writing.unlock();
        }
    }

    private void write(RenderedRecord record) throws IOException {
        LineBuffer line = new LineBuffer(record.length() + 256);
        record.writeHead(line);
        line.text(",\"seq\":" + (sequence + 1));
        record.writeRest(line);
        attemptedHash = chain.close(line);
        isMendingDue = true;
        // One call for the whole line, on a stream rather than a channel: interrupting a thread would close a channel.
        line.writeTo(out);
        isMendingDue = false;
        accept();
    }

    private void accept() {
        sequence++;
        chain.advance(attemptedHash);
    }

    private void mend() throws IOException {
        FileEnding ending = opened.ending();
        if (ending.tornBytes() == 0) {
            isMendingDue = false;
        } else {
            closeOff(ending);
        }
    }

    private void closeOff(FileEnding ending) throws IOException {
        out.write('\n');
        isMendingDue = false;
        if (!attemptedHash.isEmpty() && ending.lastHash().equals(attemptedHash)) {
            // All of the record but its line break had been written, so its number is taken.
            accept();
        }
        String note = "closed off a line of " + ending.tornBytes() + " bytes that had not been written in full";
        write(format.render(new AuditEvent.Noted(Origin.here(ids.next()), note)));
    }
}
