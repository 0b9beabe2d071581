package com.faultmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.e2e.Api.Answer;
import com.faultmaven.local.LocalStack;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is created is found where the answer says, by a client that knows the gateway alone. */
@ExtendWith(RunningStack.class)
class LocationTest {
  private final LocalStack stack;

  LocationTest(LocalStack stack) {
    this.stack = stack;
  }

  @Test
  void leadsThroughTheGateway() {
    Api api = new Api(stack.gatewayUrl(), Person.register(stack.gatewayUrl()).token());
    Answer created = api.post("/api/v1/cases", "{\"title\": \"Where?\"}").expect(201);

    String location = created.http().headers().firstValue("Location").orElse("");
    assertThat(location).startsWith(stack.gatewayUrl().toString());
    String path = URI.create(location).getPath();
    assertThat(api.get(path).expect(200).text("case_id")).isEqualTo(created.text("case_id"));
  }
}
