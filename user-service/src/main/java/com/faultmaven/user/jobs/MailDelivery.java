package com.faultmaven.user.jobs;

import com.faultmaven.user.domain.mail.MailComposer;
import com.faultmaven.user.domain.mail.MailQueue;
import com.faultmaven.user.domain.mail.MailSettings;
import com.faultmaven.user.domain.mail.MailTransport;
import com.faultmaven.user.domain.mail.Mails;
import com.faultmaven.user.domain.mail.QueuedMail;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Delivers queued mails, and tries again with growing pauses while the mail server is away. A mail
 * is removed after its delivery: when a replica dies between the two, another one sends it again.
 */
@ApplicationScoped
public class MailDelivery {
  private static final Logger LOG = Logger.getLogger(MailDelivery.class);

  private final MailQueue queue;
  private final MailComposer composer;
  private final MailTransport transport;
  private final MailSettings settings;
  private final Vertx vertx;
  private final Clock clock;
  private final Counter delivered;
  private final Counter failures;
  private final Counter abandoned;
  private final AtomicBoolean running = new AtomicBoolean();
  private final AtomicBoolean wanted = new AtomicBoolean();
  private volatile boolean stopped = true;

  /** Wires the bean. */
  @Inject
  public MailDelivery(
      MailQueue queue,
      MailComposer composer,
      MailTransport transport,
      MailSettings settings,
      Vertx vertx,
      Clock clock,
      MeterRegistry metrics) {
    this.queue = queue;
    this.composer = composer;
    this.transport = transport;
    this.settings = settings;
    this.vertx = vertx;
    this.clock = clock;
    delivered = metrics.counter("faultmaven.mail.delivered");
    failures = metrics.counter("faultmaven.mail.failures");
    abandoned = metrics.counter("faultmaven.mail.abandoned");
  }

  void start(@Observes StartupEvent event) {
    stopped = false;
    vertx.setPeriodic(settings.pollInterval().toMillis(), timer -> wake());
    wake();
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
  }

  void waiting(@Observes Mails.Waiting event) {
    wake();
  }

  /** Sees to it that a run begins after this call; returns at once. */
  private void wake() {
    wanted.set(true);
    if (!stopped && running.compareAndSet(false, true)) {
      wanted.set(false);
      run();
    }
  }

  private void run() {
    deliverBatch()
        .subscribe()
        .with(
            count -> next(count == settings.batchSize()),
            failure -> {
              LOG.warnf("Mails wait: %s", failure.toString());
              next(false);
            });
  }

  private void next(boolean more) {
    if (!stopped && (more || wanted.getAndSet(false))) {
      run();
      return;
    }
    running.set(false);
    // Somebody may have asked between the question above and the line before.
    if (wanted.get()) {
      wake();
    }
  }

  /** Delivers what is due, at most one batch, and gives how many mails that were. */
  Uni<Integer> deliverBatch() {
    return Uni.createFrom()
        .deferred(
            () ->
                queue.take(
                    clock.instant(),
                    // Longer than all of them may take, one after the other.
                    clock
                        .instant()
                        .plus(settings.deliveryTimeout().multipliedBy(settings.batchSize() + 1L)),
                    settings.batchSize()))
        .call(this::deliverAll)
        .map(List::size);
  }

  private Uni<Void> deliverAll(List<QueuedMail> mails) {
    return Multi.createFrom()
        .iterable(mails)
        .onItem()
        .transformToUniAndConcatenate(this::deliver)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> deliver(QueuedMail mail) {
    return Uni.createFrom()
        .deferred(() -> transport.deliver(composer.compose(mail)))
        .ifNoItem()
        .after(settings.deliveryTimeout())
        .fail()
        .onItemOrFailure()
        .transformToUni(
            (done, failure) -> failure == null ? delivered(mail) : failed(mail, failure));
  }

  private Uni<Void> delivered(QueuedMail mail) {
    delivered.increment();
    LOG.infof("Mail %s (%s) delivered", mail.mailId(), mail.kind().wireName());
    return queue.remove(mail.mailId());
  }

  private Uni<Void> failed(QueuedMail mail, Throwable failure) {
    failures.increment();
    if (mail.attempts() >= settings.attempts()) {
      abandoned.increment();
      LOG.errorf(
          "Mail %s (%s) given up after %d attempts: %s",
          mail.mailId(), mail.kind().wireName(), mail.attempts(), failure.getClass().getName());
      return queue.remove(mail.mailId());
    }
    Duration pause = pause(mail.attempts());
    // The failure's class alone: mail servers repeat addresses in what they say.
    LOG.warnf(
        "Mail %s (%s) not delivered, next attempt in %d s: %s",
        mail.mailId(), mail.kind().wireName(), pause.toSeconds(), failure.getClass().getName());
    return queue.postpone(mail.mailId(), clock.instant().plus(pause));
  }

  private Duration pause(int attempts) {
    Duration pause = settings.firstPause().multipliedBy(1L << Math.min(attempts - 1, 20));
    return pause.compareTo(settings.longestPause()) < 0 ? pause : settings.longestPause();
  }
}
