package com.faultmaven.common.web;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.security.Caller;
import com.faultmaven.common.security.Roles;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** A resource as services have them. */
@Path("/api/v1/notes")
@Authenticated
public class NotesUnderTest {
  private final Caller caller;
  private final Idempotency idempotency;
  private final Pool pool;
  private final Clock clock;

  @Inject
  NotesUnderTest(Caller caller, Idempotency idempotency, Pool pool, Clock clock) {
    this.caller = caller;
    this.idempotency = idempotency;
    this.pool = pool;
    this.clock = clock;
  }

  /** Kinds of notes. */
  public enum Kind {
    SHORT,
    LONG
  }

  /** What to make. */
  public record NewNote(
      @NotBlank @Size(max = 20) String noteTitle,
      @Nullable Integer stars,
      @Nullable Kind kind,
      @Nullable Instant at,
      @Nullable @Valid List<@NotNull @Size(max = 3) String> tags) {}

  /** What was made. */
  public record Note(String id, String noteTitle, String owner, Instant madeAt) {}

  @POST
  public Uni<Response> create(
      @NotNull @Valid NewNote note, @RestHeader("Idempotency-Key") @Nullable String key) {
    String id = Ids.next();
    return idempotency
        .create(
            key,
            caller.userId(),
            note,
            Note.class,
            tx ->
                tx.preparedQuery("INSERT INTO applied (case_id, status) VALUES ($1, $2)")
                    .execute(Tuple.of(caller.userId(), note.noteTitle()))
                    .map(
                        rows ->
                            Created.now(
                                "/api/v1/notes/" + id,
                                new Note(
                                    id, note.noteTitle(), caller.username(), clock.instant()))))
        .map(Created::toResponse);
  }

  @GET
  public Uni<Page<String>> list(
      @RestQuery @Nullable Integer limit, @RestQuery @Nullable Integer offset) {
    PageRequest page = PageRequest.of(limit, offset);
    return pool.preparedQuery("SELECT status FROM applied WHERE case_id = $1")
        .execute(Tuple.of(caller.userId()))
        .map(
            rows -> {
              List<String> titles = new java.util.ArrayList<>();
              rows.forEach(row -> titles.add(row.getString(0)));
              return Page.of(titles, titles.size(), page);
            });
  }

  @GET
  @Path("/broken")
  @PermitAll
  public Uni<String> broken() {
    return Uni.createFrom().failure(new IllegalStateException("password=hunter2 in com.example"));
  }

  @GET
  @Path("/secret")
  @RolesAllowed(Roles.ADMIN)
  public Uni<String> secret() {
    return Uni.createFrom().item("secret");
  }
}
