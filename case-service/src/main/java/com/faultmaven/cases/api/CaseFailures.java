package com.faultmaven.cases.api;

import com.faultmaven.common.model.cases.InvalidStatusTransitionException;
import com.faultmaven.common.repository.MissingRowException;
import com.faultmaven.common.repository.VersionConflictException;
import com.faultmaven.common.web.Problem;
import com.faultmaven.common.web.ProblemAnswers;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What the rules of cases refuse, as problem details. */
public final class CaseFailures {
  @ServerExceptionMapper
  Response forbiddenStep(InvalidStatusTransitionException failure, RoutingContext request) {
    return ProblemAnswers.answer(
        Problem.conflict("invalid-status-transition", String.valueOf(failure.getMessage()))
            .with("from_status", failure.from())
            .with("to_status", failure.to()),
        request);
  }

  @ServerExceptionMapper
  Response changedMeanwhile(VersionConflictException failure, RoutingContext request) {
    return ProblemAnswers.answer(
        Problem.of(
                412,
                "version-conflict",
                "The case was changed since you read it; read it again and repeat your change.")
            .withHeader("ETag", CaseAnswers.etag(failure.actual())),
        request);
  }

  @ServerExceptionMapper
  Response missing(MissingRowException failure, RoutingContext request) {
    return ProblemAnswers.answer(
        failure.what().equals("case")
            ? Problem.notFound("case")
            : Problem.invalid(
                failure.what() + "_id", "there is no such " + failure.what() + " in this case"),
        request);
  }
}
