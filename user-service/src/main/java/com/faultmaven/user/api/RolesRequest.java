package com.faultmaven.user.api;

import com.faultmaven.common.model.user.Role;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
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
        List<@NotNull(message = "must be one of user, analyst, admin") Role> roles) {}
