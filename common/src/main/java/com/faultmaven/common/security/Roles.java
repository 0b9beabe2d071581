package com.faultmaven.common.security;

/** Names of the roles (specification 8.2), as they stand in a token's {@code groups} claim. */
public final class Roles {
  /** Own data only. */
  public static final String USER = "user";

  /** Reads every case and its evidence, changes nothing. */
  public static final String ANALYST = "analyst";

  /** Full access. */
  public static final String ADMIN = "admin";

  /** Another service of the suite. */
  public static final String SERVICE = "service";

  private Roles() {}
}
