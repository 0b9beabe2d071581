package com.faultmaven.common.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
  private final Redactor redactor = Redactor.of(RedactionLevel.STANDARD);
  private final FakeSecrets fake = new FakeSecrets(7);

  @Test
  void replacesEachKindOfPersonalDataByItsTag() {
    fake.personal()
        .forEach(
            (type, value) -> {
              Redaction redaction = redactor.redact("contact: " + value + ", seen today");
              assertThat(redaction.text())
                  .isEqualTo("contact: [REDACTED:" + type + ":1], seen today");
              assertThat(redaction.counts()).isEqualTo(Map.of(type, 1));
              assertThat(redaction.piiDetected()).isTrue();
              assertThat(redaction.secretsDetected()).isFalse();
            });
  }

  @Test
  void replacesEachVendorsTokenByItsTag() {
    fake.tokens()
        .forEach(
            (type, value) -> {
              Redaction redaction = redactor.redact("using " + value + " now");
              assertThat(redaction.text()).isEqualTo("using [REDACTED:" + type + ":1] now");
              assertThat(redaction.secretsDetected()).isTrue();
              assertThat(redaction.piiDetected()).isFalse();
            });
  }

  @Test
  void givesTheSameValueTheSameTagAndOthersOtherNumbers() {
    assertThat(redactor.redact("ann@a.example bob@b.example ann@a.example").text())
        .isEqualTo("[REDACTED:email:1] [REDACTED:email:2] [REDACTED:email:1]");
  }

  @Test
  void sharesTagsBetweenTheTextsOfOneFile() {
    FileRedaction file = redactor.forFile();
    assertThat(file.redact("by ann@a.example").text()).isEqualTo("by [REDACTED:email:1]");
    assertThat(file.redact("bob@b.example, ann@a.example").text())
        .isEqualTo("[REDACTED:email:2], [REDACTED:email:1]");
  }

  @Test
  void doesNotReuseTheNumberOfATagThatIsThereAlready() {
    assertThat(redactor.redact("[REDACTED:email:1] and bob@b.example").text())
        .isEqualTo("[REDACTED:email:1] and [REDACTED:email:2]");
  }

  /** SECRET stands for a value that must not survive; what is around it has to. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password=SECRET",
        "password=SECRET user=bob",
        "2024-11-02 10:00:00 INFO connecting with user=bob password=SECRET, retries=3",
        "  password: SECRET  # rotate",
        "password: \"SECRET\"",
        "db.password = SECRET",
        "DB_PASSWORD='SECRET'",
        "export DB_PASSWORD=SECRET",
        "spring.datasource.password=SECRET",
        "{\"user\":\"bob\",\"password\":\"SECRET\",\"n\":1}",
        "{\"password\":\n   \"SECRET\"}",
        "msg=\"{\\\"password\\\":\\\"SECRET\\\",\\\"n\\\":1}\"",
        "<password>SECRET</password>",
        "<db:password type=\"plain\">SECRET</db:password>",
        "<password><![CDATA[SECRET]]></password>",
        "<user name=\"bob\" password=\"SECRET\"/>",
        "<property name=\"password\" value=\"SECRET\"/>",
        "<add key='ApiKey' value='SECRET' />",
        "<entry key=\"db.password\">SECRET</entry>",
        "- name: DB_PASSWORD\n  value: SECRET\n",
        "- name: DB_PASSWORD\n  value: \"SECRET\"\n",
        "{\"name\": \"DB_PASSWORD\", \"value\": \"SECRET\"}",
        "password: |\n  SECRET\nuser: bob",
        "${DB_PASSWORD:SECRET}",
        "password := \"SECRET\"",
        "'password' => 'SECRET',",
        "password: str = \"SECRET\"",
        "const apiKey = \"SECRET\";",
        "clientSecret: SECRET",
        "API key: SECRET",
        "api_key=SECRET&user=bob",
        "GET /a?access_token=SECRET&b=1",
        "jdbc:postgresql://db:5432/orders?user=bob&password=SECRET",
        "Server=db;User Id=bob;Password=SECRET;Encrypt=true",
        "postgresql://bob:SECRET@db.internal:5432/orders",
        "redis://:SECRET@cache:6379/0",
        "mongodb+srv://bob:SECRET@cluster0.example.net/?retryWrites=true",
        "amqp://guest:SECRET@rabbit:5672",
        "jdbc:oracle:thin:scott/SECRET@//db:1521/x",
        "DefaultEndpointsProtocol=https;AccountName=logs;AccountKey=SECRET;EndpointSuffix=core",
        "Authorization: Bearer SECRET",
        "Authorization: Basic SECRET",
        "authorization=Bearer SECRET status=200",
        "curl -H 'Authorization: token SECRET' https://api.example",
        "\"Authorization\": \"Bearer SECRET\"",
        "authorization:[Bearer SECRET]",
        "sending bearer token: Bearer SECRET",
        "X-Api-Key: SECRET",
        "Cookie: session=SECRET; theme=dark",
        "Set-Cookie: sid=SECRET; HttpOnly",
        "app --password SECRET --port 80",
        "app --password=SECRET --port 80",
        "[\"--api-key\", \"SECRET\"]",
        "curl -u bob:SECRET https://api.example",
        "CREATE USER bob IDENTIFIED BY 'SECRET'",
        "ALTER ROLE bob PASSWORD 'SECRET'",
        "requirepass SECRET",
        "ENV DB_PASSWORD SECRET",
        "machine api.example login bob password SECRET",
        "the password is SECRET.",
        "aws_secret_access_key = SECRET",
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\ndata:\n  user: SECRET\n",
        "apiVersion: v1\nstringData:\n  anything: SECRET\nkind: Secret\n",
      })
  void redactsTheValueOfASecretLookingName(String template) {
    String value = "Zt7" + fake.alphanumeric(18) + "q9";
    Redaction redaction = redactor.redact(template.replace("SECRET", value));
    assertThat(redaction.text()).doesNotContain(value).contains("[REDACTED:");
    assertThat(redaction.secretsDetected()).isTrue();
    assertThat(redaction.counts().values()).containsExactly(1);
    String around = template.substring(0, template.indexOf("SECRET"));
    assertThat(redaction.text()).startsWith(around.replaceAll("(session|sid)=$", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"p@ss/w0rd", "hunter2", "a,b;c&d", "x'y", "geheim", "12345", "pa ss wd"})
  void redactsPasswordsWithUnusualCharacters(String value) {
    for (String template :
        List.of("password=%s\n", "password: %s\nuser: bob", "  db.password = %s\r\n")) {
      assertThat(redactor.redact(template.formatted(value)).text()).doesNotContain(value);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password:",
        "password=\"\"",
        "password: null",
        "password: ${DB_PASSWORD}",
        "password: $DB_PASSWORD",
        "password: {{ .Values.password }}",
        "password: %DB_PASSWORD%",
        "password: ********",
        "password=<your password>",
        "passwordFile: /run/secrets/db",
        "password_min_length=12",
        "PasswordAuthentication no",
        "Failed password for root from 10.0.0.1 port 22 ssh2",
        "Failed password for invalid user admin from 10.0.0.1",
        "the password is wrong",
        "password = getPassword()",
        "password = config.password;",
        "String password;",
        "max_tokens: 4096",
        "next_page_token: abc",
        "tokens=512",
        "Unexpected token: identifier",
        "token_url: https://login.example/oauth",
        "secretName: db-credentials",
        "secretKeyRef:\n  name: db\n  key: password",
        "public_key_id=1234567890abcdef12345",
        "cache_key=9f86d081884c7d659a2feaa0c55ad015",
        "PWD=/home/app",
        "Authorization: required",
        "Authorization failed for bob",
        "Cookie policy: strict",
        "bearer of bad news",
        "http://host:8080/path?to=1",
        "https://user@host.example:8443/",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "git@github.com:owner/project.git",
        "icon@2x.png lodash@4.17.21 com.acme.Thing@1a2b3c4d",
        "task-scheduler-runs-with-a-very-long-kebab-case-name",
        "kind: ConfigMap\ndata:\n  user: something1234\n",
      })
  void leavesWhatIsNoSecret(String text) {
    String kept = text.contains("user@host") ? text.replace("user@", "") : text;
    assertThat(redactor.redact(kept).text()).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-11-02T10:15:30.123+0100 INFO",
        "2024-11-02 10:15:30,123",
        "081109 203518 143 INFO dfs.DataNode$DataXceiver: Receiving block blk_-1608999687919862906",
        "epoch 1730541330 ms 1730541330123 us 1730541330123456 ns 1730541330123456789",
        "0.4111111111111111 4.111111111111111E15 -4111111111111111.5",
        "id=018f2c9e-1111-7abc-8def-0123456789ab",
        "trace 4bf92f3577b34da6a3ce929d0e0e4736 span 00f067aa0ba902b7",
        "10.251.73.220:42557 dest: /10.251.73.220:50010",
        "size 67108864 of 134217728 bytes, offset 2147483647",
        "p50=12.5 p95=250.75 p99=1999.125",
        "1117838570 2005.06.03 R02-M1-N0-C:J12-U11",
        "version 1.2.3-4567 build 20241102.1 of 2024-11-02",
        "line number 4500840 in file",
        "pool 10 20 30 40 50 60 70 80",
        "+12345678 bytes in 3s",
        "ports 8080-8085, 9000/9001",
      })
  void takesNumbersOfLogsForNothingElse(String line) {
    assertThat(redactor.redact(line).text()).isEqualTo(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(415) 555-2671",
        "415-555-2671",
        "415.555.2671 x123",
        "+44 20 7946 0958",
        "+49 (0)89 1234567",
        "+14155552671",
        "1-800-555-0199",
        "phone=4155552671",
        "Mobile: 0341 8387176",
        "call me on 9472 7916",
        "28-64-66-98 office",
      })
  void findsPhoneNumbersOfManyCountries(String text) {
    assertThat(redactor.redact(text).counts()).isEqualTo(Map.of("phone", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "card %s.", "pan=%s;", "[%s]", "\"%s\","})
  void findsCardsInEveryGrouping(String around) {
    String card = fake.card();
    String spaced = card.replaceAll("(\\d{4})(?=\\d)", "$1 ");
    for (String written : List.of(card, spaced, spaced.replace(' ', '-'))) {
      assertThat(redactor.redact(around.formatted(written)).text())
          .isEqualTo(around.formatted("[REDACTED:credit-card:1]"));
    }
  }

  @Test
  void refusesCardsAndAccountsWithAWrongCheckDigit() {
    String card = fake.card();
    char wrong = (char) ('0' + (card.charAt(15) - '0' + 1) % 10);
    String iban = fake.iban();
    char other = (char) ('0' + (iban.charAt(21) - '0' + 1) % 10);
    String text = card.substring(0, 15) + wrong + " " + iban.substring(0, 21) + other;
    assertThat(redactor.redact(text).text()).isEqualTo(text);
  }

  @Test
  void keepsAddressesUnlessStrict() {
    String text = "from 86.121.97.248:443 and 2001:db8::1 to 127.0.0.1 and ::1 at 10:15:30";
    assertThat(redactor.redact(text).text()).isEqualTo(text);
    assertThat(Redactor.of(RedactionLevel.STRICT).redact(text).text())
        .isEqualTo(
            "from [REDACTED:ip-address:1]:443 and [REDACTED:ip-address:2] to 127.0.0.1 and ::1 at"
                + " 10:15:30");
  }

  @Test
  void redactsSecretsAloneOnTheirLevelAndNothingWhenOff() {
    String text = "mail ann@a.example password=hunter2";
    assertThat(Redactor.of(RedactionLevel.SECRETS).redact(text).text())
        .isEqualTo("mail ann@a.example password=[REDACTED:password:1]");
    assertThat(Redactor.of(RedactionLevel.OFF).redact(text))
        .isEqualTo(new Redaction(text, Map.of(), false, false));
  }

  @Test
  void keepsUserAndHostOfAConnection() {
    assertThat(redactor.redact("postgresql://app:s3cr@t!@db.example.com:5432/orders").text())
        .isEqualTo("postgresql://app:[REDACTED:connection-password:1]@db.example.com:5432/orders");
  }

  @Test
  void takesAKeyThatIsCutOff() {
    String key = fake.privateKey();
    String cut = key.substring(0, key.length() / 2);
    assertThat(redactor.redact("key\n" + cut).text()).isEqualTo("key\n[REDACTED:private-key:1]");
  }

  @Test
  void takesAKeyInAJsonString() {
    String escaped = fake.privateKey().replace("\n", "\\n");
    assertThat(redactor.redact("{\"private_key\": \"" + escaped + "\\n\", \"a\": 1}").text())
        .isEqualTo("{\"private_key\": \"[REDACTED:private-key:1]\", \"a\": 1}");
  }

  @Test
  void changesNothingTheSecondTime() {
    StringBuilder text = new StringBuilder();
    fake.tokens().values().forEach(value -> text.append("token: ").append(value).append('\n'));
    fake.personal().values().forEach(value -> text.append("phone ").append(value).append('\n'));
    String once = redactor.redact(text.toString()).text();
    assertThat(redactor.redact(once)).isEqualTo(new Redaction(once, Map.of(), false, false));
  }
}
