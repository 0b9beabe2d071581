package com.faultmaven.user.api;

import com.faultmaven.common.model.WireName;
import com.faultmaven.common.model.user.Role;
import com.faultmaven.common.web.Problem;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The roles of an account.
 *
 * @param roles at least one of user, analyst, admin
 */
@Schema(
    name = "RolesRequest",
    examples =
        """
        {"roles": ["user", "analyst"]}""")
public record RolesRequest(
    @NotEmpty(message = "must name at least one role")
        @Size(max = 3, message = "must name at most 3 roles")
        List<@NotNull(message = "must be one of user, analyst, admin") String> roles) {
  Set<Role> toRoles() {
    Set<Role> parsed = EnumSet.noneOf(Role.class);
    for (int i = 0; i < roles.size(); i++) {
      String field = "roles." + i;
      parsed.add(
          WireName.parse(Role.class, roles.get(i))
              .orElseThrow(
                  () -> Problem.invalid(field, "must be one of " + WireName.names(Role.class))));
    }
    return parsed;
  }
}
