--liquibase formatted sql

-- Behind row-level security a search asks for the owner of every piece of evidence that it looks at. Who may see a
-- case is asked once for each case here, and its evidence is read once, however many words are looked for.

--changeset faultmaven:cases-search-evidence splitStatements:false
--comment: How well the evidence of each case answers a search, which of the words it has (a bit for each), and its best three pieces.
CREATE FUNCTION evidence_with_words(case_ids TEXT[], words TSQUERY[], any_word TSQUERY)
    RETURNS TABLE (of_case TEXT, score REAL, found BIGINT, best TEXT[])
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
BEGIN
    RETURN QUERY
        SELECT cases.case_id, max(answer.rank), bit_or(answer.words),
            (array_agg(piece.evidence_id ORDER BY answer.rank DESC, piece.evidence_id))[1:3]
        FROM cases
            -- OFFSET 0: from each case to its evidence. The index on words would be asked for all users' evidence, and
            -- once for each case.
            CROSS JOIN LATERAL (
                SELECT evidence.evidence_id, evidence.search FROM evidence
                WHERE evidence.case_id = cases.case_id OFFSET 0) AS piece
            CROSS JOIN LATERAL (
                SELECT ts_rank(piece.search, any_word) AS rank,
                    (SELECT bit_or(1::BIGINT << (asked.place - 1)::INTEGER)
                     FROM unnest(words) WITH ORDINALITY AS asked (word, place)
                     WHERE piece.search @@ asked.word) AS words
                OFFSET 0) AS answer
        WHERE cases.case_id = ANY (case_ids) AND piece.search @@ any_word
            AND (sees_every_case() OR cases.user_id = current_setting('faultmaven.user_id', true))
        GROUP BY cases.case_id;
END $$;
REVOKE EXECUTE ON FUNCTION evidence_with_words(TEXT[], TSQUERY[], TSQUERY) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION evidence_with_words(TEXT[], TSQUERY[], TSQUERY) TO ${service_role};
--rollback DROP FUNCTION evidence_with_words(TEXT[], TSQUERY[], TSQUERY);
