package com.faultmaven.artifact.api;

import com.faultmaven.artifact.domain.ReceivedFile;
import com.faultmaven.artifact.domain.WorkingFiles;
import com.faultmaven.common.model.artifact.UploadedFile;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.http.HttpServerFileUpload;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One file of a form while it arrives. */
final class IncomingPart {
  private final MultipartReception reception;
  private final String filename;
  private final HttpServerFileUpload upload;
  private final Promise<Void> written = Promise.promise();
  private final Queue<Buffer> early = new ArrayDeque<>();
  private @Nullable Path path;
  private @Nullable AsyncFile file;
  private long size;
  private boolean complete;
  private boolean closed;
  private boolean draining;

  IncomingPart(MultipartReception reception, String filename, HttpServerFileUpload upload) {
    this.reception = reception;
    this.filename = filename;
    this.upload = upload;
  }

  /** Begins to take bytes; those that come before there is a file wait in memory. */
  void open(WorkingFiles files) {
    upload.exceptionHandler(reception::failed);
    upload.handler(this::accept);
    upload.endHandler(ignored -> finish());
    // At most what one read from the connection holds arrives while it is held.
    reception.hold();
    files
        .open()
        .subscribe()
        .with(
            opened -> {
              path = opened.path();
              file = opened.file();
              reception.release();
              begin(opened.file());
            },
            failure -> {
              reception.release();
              reception.failed(failure);
            });
  }

  /** Whether the end of the file has come. */
  boolean isComplete() {
    return complete;
  }

  /** Completes when every byte is on disk and the file is closed. */
  Future<Void> written() {
    return written.future();
  }

  /** Where the file is on disk, when it is. */
  Optional<Path> path() {
    return Optional.ofNullable(path);
  }

  /** The file, once {@link #written()} has completed. */
  ReceivedFile file() {
    if (path == null) {
      throw new IllegalStateException("not written");
    }
    return new ReceivedFile(path, filename, upload.contentType(), size);
  }

  /** Closes the file; nothing is written any more. */
  void close() {
    AsyncFile open = file;
    if (open != null && !closed) {
      closed = true;
      open.close().onComplete(written);
    }
  }

  private void begin(AsyncFile opened) {
    opened.exceptionHandler(reception::failed);
    for (Buffer data = early.poll(); data != null; data = early.poll()) {
      opened.write(data);
    }
    if (complete) {
      close();
    }
  }

  private void accept(Buffer data) {
    size += data.length();
    boolean wanted = reception.count(data.length()) && size <= UploadedFile.MAX_SIZE_BYTES;
    if (!wanted || closed) {
      return;
    }
    AsyncFile open = file;
    if (open == null) {
      early.add(data);
      return;
    }
    open.write(data);
    if (open.writeQueueFull() && !draining) {
      draining = true;
      reception.hold();
      open.drainHandler(
          ignored -> {
            draining = false;
            reception.release();
          });
    }
  }

  private void finish() {
    complete = true;
    if (file != null) {
      close();
    }
  }
}
