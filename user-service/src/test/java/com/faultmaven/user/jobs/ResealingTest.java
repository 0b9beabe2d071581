package com.faultmaven.user.jobs;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.job.JobContext;
import com.faultmaven.common.security.AtRestEncryption;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.Authenticator;
import com.faultmaven.user.Database;
import com.faultmaven.user.Mailbox;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.OpenIdProviderResource;
import com.faultmaven.user.SsoBrowser;
import com.faultmaven.user.TestAccount;
import com.faultmaven.user.domain.Resealing;
import com.faultmaven.user.domain.SealedRows;
import com.faultmaven.user.domain.SigningKeySettings;
import com.faultmaven.user.domain.SigningKeyStore;
import com.faultmaven.user.domain.SigningKeys;
import com.faultmaven.user.domain.mail.MailComposer;
import com.faultmaven.user.domain.mail.MailKind;
import com.faultmaven.user.domain.mail.MailSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The service under test knows today's key alone: what a former one has encrypted is lost to it.
 */
@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
@WithTestResource(OpenIdProviderResource.class)
class ResealingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String FORMER = key('f');
  private static final int BATCH = 2;

  @Inject SealedRows rows;
  @Inject SigningKeys keys;
  @Inject SigningKeyStore keyStore;
  @Inject MailSettings mailSettings;
  @Inject Pool pool;

  @ConfigProperty(name = "faultmaven.encryption-key")
  String today;

  private record Settings(int batch) implements SigningKeySettings {
    @Override
    public String schedule() {
      return "off";
    }
  }

  @AfterEach
  void leaveNothingOfTheFormerKey() {
    run(new Resealing(rows, new AtRestEncryption(today, Optional.of(List.of(FORMER)))));
  }

  @Test
  void keepsAuthenticatorApplicationsWhenTheKeyIsRotated() {
    List<TestAccount> accounts = new ArrayList<>();
    List<Authenticator> authenticators = new ArrayList<>();
    for (int i = 0; i < 2 * BATCH + 1; i++) {
      TestAccount account = TestAccount.register();
      accounts.add(account);
      authenticators.add(Authenticator.enrol(account));
    }
    sealWithFormerKey();
    String former = keyId(FORMER);
    assertThat(accounts).allMatch(account -> totpKeyId(account).equals(former));
    // What the job is for: without the former key nobody gets in with a code.
    login(accounts.getFirst(), authenticators.getFirst().nextCode()).then().statusCode(500);

    Map<String, Long> counts = run(withFormerKey());

    assertThat(counts.get("resealed")).isGreaterThanOrEqualTo(accounts.size());
    assertThat(counts).containsEntry("unreadable", 0L);
    assertThat(run(withFormerKey())).containsEntry("sealed_before", 0L);
    for (int i = 0; i < accounts.size(); i++) {
      login(accounts.get(i), authenticators.get(i).nextCode()).then().statusCode(200);
    }
  }

  @Test
  void keepsWaitingMailsAndSingleSignOns() {
    TestAccount account = TestAccount.register();
    String mailId = Ids.next();
    String token = "t".repeat(43);
    queue(account, mailId, token);
    SsoBrowser browser = SsoBrowser.start(OpenIdProviderResource.ACME, null);
    sealWithFormerKey();
    assertThat(keyIds("mail_queue WHERE mail_id = '" + mailId + "'")).containsOnly(keyId(FORMER));
    assertThat(keyIds("sso_logins")).isNotEmpty().containsOnly(keyId(FORMER));

    run(withFormerKey());

    browser
        .comeBack(browser.signInThere(SsoBrowser.person(SsoBrowser.newEmail()), new JsonObject()))
        .then()
        .statusCode(200);
    Database.run(pool, "UPDATE mail_queue SET next_attempt_at = now() WHERE mail_id = $1", mailId);
    assertThat(Mailbox.token(account.email(), "Set a new password", 1)).isEqualTo(token);
  }

  @Test
  void leavesRowsWhoseKeyIsGoneAndGoesOnWithTheOthers() {
    TestAccount lost = TestAccount.register();
    Authenticator.enrol(lost);
    TestAccount account = TestAccount.register();
    Authenticator authenticator = Authenticator.enrol(account);
    sealWithFormerKey();
    Database.run(
        pool,
        "UPDATE totp_secrets SET encryption_key_id = '00000000' WHERE user_id = $1",
        lost.userId());

    Map<String, Long> counts = run(withFormerKey());

    assertThat(counts).containsEntry("unreadable", 1L);
    assertThat(totpKeyId(lost)).isEqualTo("00000000");
    login(account, authenticator.nextCode()).then().statusCode(200);
    Database.run(pool, "DELETE FROM totp_secrets WHERE user_id = $1", lost.userId());
  }

  @Test
  void doesTheSameInTwoReplicasAtOnce() {
    TestAccount account = TestAccount.register();
    Authenticator authenticator = Authenticator.enrol(account);
    sealWithFormerKey();
    assertThat(totpKeyId(account)).isEqualTo(keyId(FORMER));

    List<Resealing.Batch> batches =
        got(
            Uni.join()
                .all(
                    withFormerKey().next("totp_secrets", null, 1000),
                    withFormerKey().next("totp_secrets", null, 1000))
                .usingConcurrencyOf(2)
                .andFailFast());

    assertThat(batches).allMatch(batch -> batch.unreadable() == 0);
    assertThat(totpKeyId(account)).isEqualTo(keyId(today));
    login(account, authenticator.nextCode()).then().statusCode(200);
  }

  /** As if all that is there had been encrypted before the rotation. */
  private void sealWithFormerKey() {
    run(new Resealing(rows, new AtRestEncryption(FORMER, Optional.of(List.of(today)))));
  }

  private Resealing withFormerKey() {
    return new Resealing(rows, new AtRestEncryption(today, Optional.of(List.of(FORMER))));
  }

  private Map<String, Long> run(Resealing resealing) {
    SigningKeysJob job = new SigningKeysJob(keys, keyStore, resealing, new Settings(BATCH));
    return got(job.run(new JobContext(Ids.next(), Instant.now()))).counts();
  }

  private void queue(TestAccount account, String mailId, String token) {
    MailComposer composer =
        new MailComposer(mailSettings, new AtRestEncryption(today, Optional.empty()));
    var sealed = composer.seal(mailId, token);
    got(
        pool.preparedQuery(
                """
                INSERT INTO mail_queue (mail_id, kind, user_id, recipient, sealed_token,
                  encryption_key_id, created_at, next_attempt_at)
                VALUES ($1, $2, $3, $4, decode($5, 'base64'), $6, now(), now() + interval '1 h')
                """)
            .execute(
                Tuple.of(
                    mailId,
                    MailKind.PASSWORD_RESET.wireName(),
                    account.userId(),
                    account.email(),
                    sealed.sealed(),
                    sealed.keyId())));
  }

  private List<String> keyIds(String rows) {
    List<String> ids = new ArrayList<>();
    got(pool.query("SELECT encryption_key_id FROM " + rows).execute())
        .forEach(row -> ids.add(row.getString(0)));
    return ids;
  }

  private String totpKeyId(TestAccount account) {
    return Database.text(
        pool, "SELECT encryption_key_id FROM totp_secrets WHERE user_id = $1", account.userId());
  }

  private static Response login(TestAccount account, String code) {
    String challenge =
        TestAccount.tryLogin(account.username(), TestAccount.PASSWORD, null).path("challenge");
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("challenge", challenge, "code", code))
        .post("/api/v1/auth/login/second-factor");
  }

  private static String keyId(String key) {
    return new AtRestEncryption(key, Optional.empty()).keyId();
  }

  private static String key(char fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return Base64.getEncoder().encodeToString(key);
  }

  private static <T> T got(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }
}
