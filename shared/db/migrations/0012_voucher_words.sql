-- The words of vouchers, each once for a college, so that a search that finds nothing can look for what was meant. Letters only: of
-- numbers there are as many as vouchers, and one wrong digit is another number. Follows from the vouchers and is not synced; a word stays
-- when its voucher goes.
CREATE TABLE "voucher_words" (
  "college_id" uuid NOT NULL,
  "word" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("college_id", "word")
);
--> statement-breakpoint
INSERT INTO "voucher_words"
  SELECT DISTINCT v."college_id", w FROM "vouchers" v,
    regexp_split_to_table(lower(coalesce(v."party", '') || ' ' || coalesce(v."reference", '') || ' ' || v."narration"), '[[:space:]!-/:-@[-`{-~]+') w
  WHERE char_length(w) BETWEEN 3 AND 40 AND w !~ '[0-9]';
--> statement-breakpoint
CREATE FUNCTION "voucher_words_follow"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "voucher_words"
    SELECT DISTINCT v."college_id", w FROM "come" v,
      regexp_split_to_table(lower(coalesce(v."party", '') || ' ' || coalesce(v."reference", '') || ' ' || v."narration"), '[[:space:]!-/:-@[-`{-~]+') w
    WHERE char_length(w) BETWEEN 3 AND 40 AND w !~ '[0-9]'
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "voucher_words_insert" AFTER INSERT ON "vouchers" REFERENCING NEW TABLE AS "come"
  FOR EACH STATEMENT EXECUTE FUNCTION "voucher_words_follow"();
--> statement-breakpoint
CREATE TRIGGER "voucher_words_update" AFTER UPDATE ON "vouchers" REFERENCING NEW TABLE AS "come"
  FOR EACH STATEMENT EXECUTE FUNCTION "voucher_words_follow"();
--> statement-breakpoint
GRANT SELECT, INSERT ON "voucher_words" TO "munim_app";
--> statement-breakpoint
ALTER TABLE "voucher_words" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "college" ON "voucher_words" FOR ALL TO "munim_app"
  USING ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[]))
  WITH CHECK ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[]));
