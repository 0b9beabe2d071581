package com.faultmaven.gateway;

import com.faultmaven.local.AnsweringService;
import java.io.IOException;

/** What the supervisor takes for the gateway in its own tests. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws IOException {
    AnsweringService.serve(System.getenv("FAULTMAVEN_GATEWAY_PORT"));
  }
}
