package com.faultmaven.common.repository;

import com.faultmaven.common.model.user.User;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.PageRequest;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Accounts (specification 2.3, 2.4, 6.1).
 *
 * <p>A deleted account is kept (soft delete): only {@link #getIncludingDeleted} and {@link #update}
 * see it, and its user name, address and SSO identity stay taken until it is erased. User names and
 * addresses are compared without regard to case.
 *
 * <p>Every {@code Uni} fails with {@link StorageUnavailableException} when the server is away; a
 * failed write has changed nothing.
 */
public interface UserRepository {
  /**
   * Inserts the account, or replaces the one with the same id.
   *
   * @return the account as stored; fails with {@link DuplicateKeyException} naming {@code
   *     username}, {@code email} or {@code sso_provider_id} when another account has it
   */
  Uni<User> save(User user);

  /**
   * Reads, changes and writes one account in one step, so that no other writer's change is lost.
   * Deleted accounts are seen, which is how one is restored.
   *
   * @param change gives the new account with the same id; may be called more than once
   * @return the account as stored, empty when there is none; fails with what {@code change} throws,
   *     and with {@link DuplicateKeyException} as {@link #save} does
   */
  Uni<Optional<User>> update(String userId, UnaryOperator<User> change);

  /** The account with the id; empty when there is none or it is deleted. */
  Uni<Optional<User>> get(String userId);

  /** The account with the id, deleted or not; empty when there is none. */
  Uni<Optional<User>> getIncludingDeleted(String userId);

  /** The account with the user name, whatever its case; empty when there is none. */
  Uni<Optional<User>> getByUsername(String username);

  /** The account with the address, whatever its case; empty when there is none. */
  Uni<Optional<User>> getByEmail(String email);

  /** The account that signs in at the provider under the id there; empty when there is none. */
  Uni<Optional<User>> getBySso(String provider, String providerId);

  /** Accounts that are not deleted, oldest first, with their total. */
  Uni<Page<User>> list(PageRequest page);

  /**
   * Accounts that are not deleted and whose user name, address or display name begins with the
   * text, whatever its case, oldest first, with their total. The text has no wildcards.
   */
  Uni<Page<User>> search(String text, PageRequest page);

  /**
   * Deletes the account softly.
   *
   * @return false when there is none, or it is deleted already
   */
  Uni<Boolean> delete(String userId);
}
