package com.faultmaven.cases.storage;

import com.faultmaven.common.model.cases.Solution;
import com.faultmaven.common.model.cases.SolutionStatus;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;

/** Solutions, beyond what all tables around a case have in common. */
final class SolutionRows {
  private final ChildRows<Solution> rows;

  SolutionRows(Connections connections) {
    rows = new ChildRows<>(connections, CaseTables.SOLUTIONS, Solution::caseId);
  }

  ChildRows<Solution> rows() {
    return rows;
  }

  Uni<List<Solution>> list(String caseId, Set<SolutionStatus> statuses) {
    return rows.list(listed(caseId, statuses));
  }

  private Statement listed(String caseId, Set<SolutionStatus> statuses) {
    Statement statement = rows.ofCase(caseId);
    if (!statuses.isEmpty()) {
      statement.add("AND status = ANY (?)", (Object) CaseRows.names(statuses));
    }
    return statement.add("ORDER BY created_at, solution_id");
  }
}
