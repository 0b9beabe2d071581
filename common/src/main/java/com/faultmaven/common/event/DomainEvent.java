package com.faultmaven.common.event;

/**
 * Something that has happened to an aggregate (decisions, section 6): the data of a CloudEvent, in
 * snake_case JSON. Fields may be added; a consumer passes over those that it does not know.
 */
public sealed interface DomainEvent
    permits ArtifactDeleted,
        ArtifactProcessed,
        CaseArchived,
        CaseCreated,
        CaseDeleted,
        CaseRestored,
        CaseStatusChanged,
        CaseUpdated,
        DocumentIndexed,
        EvidenceAdded,
        HypothesisStatusChanged,
        SessionEnded,
        SolutionApplied,
        UserDataErased,
        UserDeactivated,
        UserDeleted,
        UserErasureRequested,
        UserLoggedIn,
        UserLoggedOut,
        UserRegistered,
        UserRolesChanged,
        UserUpdated {
  /** {@code com.faultmaven.<aggregate>.<what-happened>.v1}. */
  String type();

  /**
   * The aggregate's id: the CloudEvent's subject and Kafka's key, which keeps its events in order.
   */
  String aggregateId();

  /** Where it is published. */
  EventTopic topic();
}
