package com.faultmaven.common.repository;

/**
 * Vectors of one model were brought to a collection that another model has filled (decisions,
 * section 5). Nothing was mixed; re-embed the collection, or use its model.
 */
public final class EmbeddingMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Refuses vectors.
   *
   * @param collection name of the collection
   * @param recorded model and dimension that filled it
   * @param given model and dimension that were brought
   */
  public EmbeddingMismatchException(String collection, String recorded, String given) {
    super(
        "collection "
            + collection
            + " was filled by "
            + recorded
            + " and cannot take vectors of "
            + given
            + "; re-embed it first");
  }
}
