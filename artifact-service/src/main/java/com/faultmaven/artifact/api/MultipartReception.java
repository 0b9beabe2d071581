package com.faultmaven.artifact.api;

import com.faultmaven.artifact.domain.FileNames;
import com.faultmaven.artifact.domain.ReceivedFile;
import com.faultmaven.artifact.domain.UploadSettings;
import com.faultmaven.artifact.domain.WorkingFiles;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One request's form while it arrives. Everything happens on the event loop of the request's
 * connection; what is too fast for the disk is held back at the connection.
 */
final class MultipartReception {
  private static final Logger LOG = Logger.getLogger(MultipartReception.class);

  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);

  /** How much of the end of a body is looked at for its last boundary. */
  private static final int TAIL_BYTES = 512;

  private final RoutingContext exchange;
  private final HttpServerRequest request;
  private final UploadSettings settings;
  private final WorkingFiles files;
  private final List<IncomingPart> parts = new ArrayList<>();
  private @Nullable UniEmitter<? super ReceivedForm> emitter;
  private long received;
  private int holds;
  private boolean over;
  private boolean read;
  private String lastBoundary = "";
  private Buffer tail = Buffer.buffer();

  MultipartReception(RoutingContext exchange, UploadSettings settings, WorkingFiles files) {
    this.exchange = exchange;
    this.request = exchange.request();
    this.settings = settings;
    this.files = files;
  }

  /** Begins to read; the emitter gets the form, or a problem. */
  void begin(UniEmitter<? super ReceivedForm> answer) {
    emitter = answer;
    Matcher named = BOUNDARY.matcher(String.valueOf(request.getHeader("Content-Type")));
    if (!named.find()) {
      broken(new IllegalArgumentException("no boundary"));
      return;
    }
    lastBoundary = "--" + (named.group(1) == null ? named.group(2) : named.group(1)) + "--";
    try {
      request.setExpectMultipart(true);
      request.exceptionHandler(this::broken);
      request.uploadHandler(this::part);
      request.handler(this::remember);
      request.endHandler(ignored -> ended());
      request.resume();
    } catch (RuntimeException notMultipart) {
      broken(notMultipart);
    }
  }

  /** Stops writing; gives the files that are on disk. */
  List<Path> abandon() {
    over = true;
    List<Path> written = new ArrayList<>();
    for (IncomingPart part : parts) {
      part.close();
      part.path().ifPresent(written::add);
    }
    return written;
  }

  /** Holds the connection back until {@link #release()}. */
  void hold() {
    if (holds++ == 0 && !over) {
      request.pause();
    }
  }

  /** Takes one hold back. */
  void release() {
    if (--holds == 0 && !read) {
      request.resume();
    }
  }

  /** Counts bytes; false when they are not wanted any more. */
  boolean count(int bytes) {
    received += bytes;
    if (!over && received > settings.maxRequestBytes()) {
      MultipartReceiver.closeAfterAnswer(exchange);
      fail(MultipartReceiver.tooLarge(settings));
    }
    return !over;
  }

  /** Gives up for a reason of our own: the disk. */
  void failed(Throwable failure) {
    fail(failure);
  }

  private void part(HttpServerFileUpload upload) {
    if (over) {
      upload.handler(ignored -> {});
    } else if (!upload.name().equals(ReceivedForm.FILE)) {
      fail(Problem.invalid(ReceivedForm.FILE, "files are sent in parts of this name"));
    } else if (parts.size() == settings.maxFiles()) {
      fail(
          Problem.invalid(
              ReceivedForm.FILE, "at most " + settings.maxFiles() + " files in one request"));
    } else {
      IncomingPart part = new IncomingPart(this, FileNames.clean(upload.filename()), upload);
      parts.add(part);
      part.open(files);
    }
  }

  private void ended() {
    read = true;
    if (over) {
      return;
    }
    // The decoder takes a body that breaks off between two parts for a whole one.
    boolean whole = tail.toString(StandardCharsets.ISO_8859_1).contains(lastBoundary);
    if (!whole || parts.stream().anyMatch(part -> !part.isComplete())) {
      broken(new IllegalStateException("the last boundary is missing"));
      return;
    }
    Future.all(parts.stream().map(IncomingPart::written).toList())
        .onSuccess(ignored -> complete())
        .onFailure(this::fail);
  }

  private void complete() {
    List<ReceivedFile> complete = parts.stream().map(IncomingPart::file).toList();
    if (emitter != null) {
      emitter.complete(new ReceivedForm(complete, fields(request.formAttributes())));
    }
  }

  private void remember(Buffer data) {
    tail.appendBuffer(data.slice(Math.max(0, data.length() - TAIL_BYTES), data.length()));
    if (tail.length() > TAIL_BYTES) {
      tail = Buffer.buffer(tail.getBytes(tail.length() - TAIL_BYTES, tail.length()));
    }
  }

  private void broken(Throwable failure) {
    LOG.debugf("Upload not readable: %s", failure.toString());
    fail(
        Problem.of(
            400,
            "malformed-multipart",
            "The body is not a well-formed multipart/form-data message."));
  }

  private void fail(Throwable failure) {
    if (!over) {
      over = true;
      if (emitter != null) {
        emitter.fail(failure);
      }
      // What is still to come is read and thrown away, so that the client gets to see the answer.
      if (!read) {
        request.resume();
      }
    }
  }

  private static Map<String, List<String>> fields(MultiMap attributes) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (String name : attributes.names()) {
      fields.put(name, attributes.getAll(name));
    }
    return fields;
  }
}
