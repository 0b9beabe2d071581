package com.faultmaven.user.api;

import com.faultmaven.user.domain.passkey.PasskeySummary;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * All passkeys of an account.
 *
 * @param items oldest first
 */
@Schema(name = "PasskeyList")
public record PasskeyList(List<PasskeySummary> items) {
  public PasskeyList {
    items = List.copyOf(items);
  }
}
