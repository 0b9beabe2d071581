package com.faultmaven.local;

/** A service that cannot start, as with a broken configuration. */
public final class DyingService {
  private DyingService() {}

  public static void main(String[] arguments) {
    System.err.println("the configuration is broken");
    System.exit(7);
  }
}
