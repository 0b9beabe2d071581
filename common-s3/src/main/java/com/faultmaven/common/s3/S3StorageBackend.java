package com.faultmaven.common.s3;

import com.faultmaven.common.repository.ByteRange;
import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.repository.StorageKeys;
import com.faultmaven.common.repository.StorageUnavailableException;
import com.faultmaven.common.repository.StoredContent;
import com.faultmaven.common.repository.StoredObject;
import com.faultmaven.common.thread.CallerContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.FlowAdapters;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.ResponsePublisher;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * Raw bytes in a bucket of an S3 server. The server checks the MD5 of what it receives; listings
 * know neither media type nor metadata of an object, so that those of {@link #list} have none.
 */
@ApplicationScoped
public class S3StorageBackend implements StorageBackend {
  private static final String UNKNOWN_TYPE = "application/octet-stream";
  private static final int NOT_FOUND = 404;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final S3AsyncClient client;
  private final S3Settings settings;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public S3StorageBackend(S3AsyncClient client, S3Settings settings, Clock clock) {
    this.client = client;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Uni<StoredObject> store(
      String key, Path data, String contentType, Map<String, String> metadata) {
    return checked(key)
        .chain(() -> Uni.createFrom().item(() -> digest(data)))
        // Reading a file blocks; event loops must not.
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
        .flatMap(digest -> put(key, data, digest, contentType, metadata))
        .plug(CallerContext::resume);
  }

  @Override
  public Uni<Optional<StoredObject>> stat(String key) {
    return checked(key)
        .chain(
            () -> answer(() -> client.headObject(head -> head.bucket(settings.bucket()).key(key))))
        .map(found -> Optional.of(object(key, found)))
        .onFailure(failure -> hasStatus(failure, NOT_FOUND))
        .recoverWithItem(Optional.empty());
  }

  @Override
  public Uni<Optional<StoredContent>> retrieve(String key) {
    return get(key, null);
  }

  @Override
  public Uni<Optional<StoredContent>> retrieve(String key, ByteRange range) {
    return get(key, range)
        .onFailure(failure -> hasStatus(failure, RANGE_NOT_SATISFIABLE))
        .recoverWithUni(() -> stat(key).map(found -> found.map(S3StorageBackend::withoutBytes)));
  }

  @Override
  public Uni<Boolean> delete(String key) {
    return exists(key)
        .flatMap(
            there ->
                there
                    ? answer(
                            () ->
                                client.deleteObject(
                                    delete -> delete.bucket(settings.bucket()).key(key)))
                        .replaceWith(true)
                    : Uni.createFrom().item(false));
  }

  @Override
  public Uni<List<StoredObject>> list(String prefix, String after, int limit) {
    return answer(
            () ->
                client.listObjectsV2(
                    list ->
                        list.bucket(settings.bucket())
                            .prefix(prefix)
                            .startAfter(after.isEmpty() ? null : after)
                            .maxKeys(limit)))
        .map(page -> page.contents().stream().map(S3StorageBackend::listed).toList());
  }

  private Uni<StoredObject> put(
      String key, Path data, Digest digest, String contentType, Map<String, String> metadata) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(settings.bucket())
            .key(key)
            .contentType(contentType)
            .contentLength(digest.size())
            .contentMD5(digest.md5())
            .metadata(metadata);
    if (settings.serverSideEncryption()) {
      request.serverSideEncryption(ServerSideEncryption.AES256);
    }
    return answer(() -> client.putObject(request.build(), AsyncRequestBody.fromFile(data)))
        .map(
            stored ->
                new StoredObject(
                    key,
                    digest.size(),
                    contentType,
                    bare(stored.eTag()),
                    metadata,
                    clock.instant()));
  }

  private Uni<Optional<StoredContent>> get(String key, @Nullable ByteRange range) {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder().bucket(settings.bucket()).key(key);
    if (range != null) {
      request.range("bytes=" + range.first() + "-" + range.last());
    }
    return checked(key)
        .chain(
            () ->
                answer(
                    () ->
                        client.getObject(request.build(), AsyncResponseTransformer.toPublisher())))
        .map(found -> Optional.of(content(key, found)))
        .onFailure(failure -> hasStatus(failure, NOT_FOUND))
        .recoverWithItem(Optional.empty());
  }

  private static StoredContent content(String key, ResponsePublisher<GetObjectResponse> found) {
    return new StoredContent(
        object(key, found.response()),
        Multi.createFrom()
            .publisher(FlowAdapters.toFlowPublisher(found))
            .onFailure()
            .transform(S3StorageBackend::translate));
  }

  private static StoredContent withoutBytes(StoredObject object) {
    return new StoredContent(object, Multi.createFrom().empty());
  }

  private static StoredObject object(String key, HeadObjectResponse found) {
    return new StoredObject(
        key,
        found.contentLength(),
        typeOf(found.contentType()),
        bare(found.eTag()),
        found.metadata(),
        found.lastModified());
  }

  private static StoredObject object(String key, GetObjectResponse found) {
    return new StoredObject(
        key,
        wholeSize(found),
        typeOf(found.contentType()),
        bare(found.eTag()),
        found.metadata(),
        found.lastModified());
  }

  private static StoredObject listed(S3Object found) {
    return new StoredObject(
        found.key(), found.size(), UNKNOWN_TYPE, bare(found.eTag()), Map.of(), modified(found));
  }

  private static Instant modified(S3Object found) {
    return found.lastModified() == null ? Instant.EPOCH : found.lastModified();
  }

  /** Of a part the length alone is told, of the whole it is behind the slash of Content-Range. */
  private static long wholeSize(GetObjectResponse found) {
    String range = found.contentRange();
    return range == null
        ? found.contentLength()
        : Long.parseLong(range.substring(range.lastIndexOf('/') + 1));
  }

  private static String typeOf(@Nullable String contentType) {
    return contentType == null || contentType.isBlank() ? UNKNOWN_TYPE : contentType;
  }

  private static String bare(@Nullable String etag) {
    return etag == null ? "none" : etag.replace("\"", "");
  }

  private static Uni<Void> checked(String key) {
    return Uni.createFrom().item(() -> StorageKeys.check(key)).replaceWithVoid();
  }

  private record Digest(long size, String md5) {}

  private static Digest digest(Path data) {
    try (InputStream in = Files.newInputStream(data)) {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      byte[] buffer = new byte[BUFFER_BYTES];
      long size = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        md5.update(buffer, 0, read);
        size += read;
      }
      return new Digest(size, Base64.getEncoder().encodeToString(md5.digest()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private static <T> Uni<T> answer(Supplier<CompletableFuture<T>> call) {
    return CallerContext.resume(Uni.createFrom().completionStage(call))
        .onFailure()
        .transform(S3StorageBackend::translate);
  }

  private static boolean hasStatus(Throwable failure, int status) {
    return failure instanceof S3Exception refusal && refusal.statusCode() == status;
  }

  private static Throwable translate(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    boolean away =
        cause instanceof SdkClientException
            || (cause instanceof S3Exception refusal
                && (refusal.statusCode() >= 500 || refusal.statusCode() == 429));
    return away ? new StorageUnavailableException("s3", cause) : cause;
  }
}
