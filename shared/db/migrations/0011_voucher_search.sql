ALTER TABLE "vouchers" ADD COLUMN "party" text;
--> statement-breakpoint
ALTER TABLE "vouchers" ADD COLUMN "total_paise" bigint NOT NULL DEFAULT 0;
--> statement-breakpoint
UPDATE "vouchers" v SET "total_paise" = s."total", "party" = s."party" FROM (
  SELECT l."college_id", l."voucher_id", sum(l."debit_paise")::int8 AS "total", string_agg(DISTINCT n."name", ', ') AS "party"
  FROM "voucher_lines" l LEFT JOIN "vendors" n ON n."college_id" = l."college_id" AND n."id" = l."vendor_id" GROUP BY 1, 2
) s WHERE s."college_id" = v."college_id" AND s."voucher_id" = v."id";
--> statement-breakpoint
ALTER TABLE "vouchers" ALTER COLUMN "total_paise" DROP DEFAULT;
--> statement-breakpoint
CREATE INDEX "vouchers_by_amount" ON "vouchers" USING btree ("college_id","total_paise","date","id");
--> statement-breakpoint
CREATE INDEX "voucher_lines_by_amount" ON "voucher_lines" USING btree ("college_id", ("debit_paise" + "credit_paise"));
--> statement-breakpoint
CREATE INDEX "vouchers_search" ON "vouchers" USING gin ((
  lower(coalesce("number", '') || ' ' || coalesce("party", '') || ' ' || coalesce("reference", '') || ' ' || "narration")
) gin_trgm_ops);
