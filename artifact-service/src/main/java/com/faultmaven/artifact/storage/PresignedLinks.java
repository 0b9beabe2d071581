package com.faultmaven.artifact.storage;

import com.faultmaven.artifact.domain.ContentLinks;
import com.faultmaven.common.s3.S3Settings;
import com.faultmaven.common.thread.CallerContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Presigned S3 addresses. */
@ApplicationScoped
public class PresignedLinks implements ContentLinks {
  private final S3Presigner presigner;
  private final S3Settings settings;

  /** Wires the bean. */
  @Inject
  public PresignedLinks(S3Presigner presigner, S3Settings settings) {
    this.presigner = presigner;
    this.settings = settings;
  }

  @Override
  public Uni<URI> to(String key, String disposition) {
    return CallerContext.resume(
        Uni.createFrom()
            .item(() -> sign(key, disposition))
            // Credentials of the platform may have to be fetched first.
            .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()));
  }

  private URI sign(String key, String disposition) {
    return URI.create(
        presigner
            .presignGetObject(
                request ->
                    request
                        .signatureDuration(settings.presignedFor())
                        .getObjectRequest(
                            get ->
                                get.bucket(settings.bucket())
                                    .key(key)
                                    .responseContentDisposition(disposition)
                                    .responseContentType("application/octet-stream")))
            .url()
            .toExternalForm());
  }
}
