package com.faultmaven.knowledge.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.common.testing.ServersResource;
import io.quarkus.liquibase.LiquibaseDataSource;
import io.quarkus.liquibase.LiquibaseFactory;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.exception.LiquibaseException;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(MigrationsTest.OwnDatabase.class)
@WithTestResource(ServersResource.class)
class MigrationsTest {
  /** Tables come and go here: nothing else must use them. */
  public static final class OwnDatabase implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("faultmaven.knowledge.indexing-interval", "PT1H");
    }
  }

  @Inject
  @LiquibaseDataSource("migration")
  LiquibaseFactory migrations;

  @Test
  void canBeTakenBackAndAppliedAgain() throws LiquibaseException {
    try (Liquibase liquibase = migrations.createLiquibase()) {
      Contexts contexts = migrations.createContexts();
      LabelExpression labels = migrations.createLabels();
      int applied = liquibase.getDatabase().getRanChangeSetList().size();
      assertThat(applied).isPositive();

      liquibase.rollback(applied, contexts, labels);
      assertThat(liquibase.listUnrunChangeSets(contexts, labels)).hasSize(applied);

      liquibase.update(contexts, labels);
      assertThat(liquibase.listUnrunChangeSets(contexts, labels)).isEmpty();
    }
  }
}
