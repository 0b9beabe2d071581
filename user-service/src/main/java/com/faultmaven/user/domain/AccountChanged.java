package com.faultmaven.user.domain;

/**
 * Said within this replica when a transaction that has written to an account has ended.
 *
 * @param userId id of the account
 */
public record AccountChanged(String userId) {}
