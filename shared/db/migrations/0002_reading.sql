-- Lists in the order they are read, so that a page of a million rows never sorts them. Names compare by code point, without regard
-- to the case of Latin letters, on every machine.
CREATE INDEX "expenses_by_amount" ON "expenses" USING btree ("college_id", "total_paise" DESC NULLS LAST, "id" DESC NULLS LAST);
--> statement-breakpoint
CREATE INDEX "expenses_by_vendor_name" ON "expenses" USING btree ("college_id", (lower("vendor_name" COLLATE "C") COLLATE "C"), "id" DESC NULLS LAST) INCLUDE ("vendor_name");
--> statement-breakpoint
-- What a vendor has billed and is still owed, answered from the index alone.
CREATE INDEX "expenses_by_vendor" ON "expenses" USING btree ("college_id", "vendor_id", "status") INCLUDE ("total_paise", "tds_paise");
--> statement-breakpoint
CREATE INDEX "expenses_waiting" ON "expenses" USING btree ("college_id", "due_at", "id") INCLUDE ("maker_id", "total_paise") WHERE "status" = 'submitted';
--> statement-breakpoint
CREATE INDEX "vendors_by_name" ON "vendors" USING btree ("college_id", (lower("name" COLLATE "C") COLLATE "C"), "id");
--> statement-breakpoint
CREATE INDEX "audit_entries_of_imports" ON "audit_entries" USING btree ("college_id", "occurred_at") WHERE "command_name" = 'expense.import';
--> statement-breakpoint

-- Count and sum of the expenses of each month, status and category, kept by the database itself in the transaction of every change,
-- so that the totals under a list of a million rows are there at once and can never lag behind it. Not synced: it follows from the rows.
CREATE TABLE "expense_totals" (
  "college_id" uuid NOT NULL,
  "month" text NOT NULL,
  "status" text NOT NULL,
  "category" text NOT NULL,
  "expense_count" bigint NOT NULL,
  "total_paise" numeric NOT NULL,
  PRIMARY KEY ("college_id", "month", "status", "category")
);
--> statement-breakpoint
INSERT INTO "expense_totals"
  SELECT "college_id", to_char("bill_date", 'YYYY-MM'), "status", "category", count(*), sum("total_paise")
  FROM "expenses" GROUP BY 1, 2, 3, 4;
--> statement-breakpoint
CREATE FUNCTION "expense_totals_follow"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "expense_totals" AS t
      SELECT "college_id", to_char("bill_date", 'YYYY-MM'), "status", "category", count(*), sum("total_paise")
      FROM "fresh" GROUP BY 1, 2, 3, 4
    ON CONFLICT ("college_id", "month", "status", "category") DO UPDATE
      SET "expense_count" = t."expense_count" + excluded."expense_count", "total_paise" = t."total_paise" + excluded."total_paise";
  ELSIF TG_OP = 'TRUNCATE' THEN
    DELETE FROM "expense_totals";
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO "expense_totals" AS t
      SELECT "college_id", to_char("bill_date", 'YYYY-MM'), "status", "category", -count(*), -sum("total_paise")
      FROM "stale" GROUP BY 1, 2, 3, 4
    ON CONFLICT ("college_id", "month", "status", "category") DO UPDATE
      SET "expense_count" = t."expense_count" + excluded."expense_count", "total_paise" = t."total_paise" + excluded."total_paise";
  ELSE
    INSERT INTO "expense_totals" AS t
      SELECT "college_id", "month", "status", "category", sum("one"), sum("paise") FROM (
        SELECT "college_id", to_char("bill_date", 'YYYY-MM') AS "month", "status", "category", 1 AS "one", "total_paise"::numeric AS "paise" FROM "fresh"
        UNION ALL
        SELECT "college_id", to_char("bill_date", 'YYYY-MM'), "status", "category", -1, -"total_paise"::numeric FROM "stale"
      ) AS moved GROUP BY 1, 2, 3, 4 HAVING sum("one") <> 0 OR sum("paise") <> 0
    ON CONFLICT ("college_id", "month", "status", "category") DO UPDATE
      SET "expense_count" = t."expense_count" + excluded."expense_count", "total_paise" = t."total_paise" + excluded."total_paise";
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "expense_totals_insert" AFTER INSERT ON "expenses" REFERENCING NEW TABLE AS "fresh"
  FOR EACH STATEMENT EXECUTE FUNCTION "expense_totals_follow"();
--> statement-breakpoint
CREATE TRIGGER "expense_totals_update" AFTER UPDATE ON "expenses" REFERENCING OLD TABLE AS "stale" NEW TABLE AS "fresh"
  FOR EACH STATEMENT EXECUTE FUNCTION "expense_totals_follow"();
--> statement-breakpoint
CREATE TRIGGER "expense_totals_delete" AFTER DELETE ON "expenses" REFERENCING OLD TABLE AS "stale"
  FOR EACH STATEMENT EXECUTE FUNCTION "expense_totals_follow"();
--> statement-breakpoint
CREATE TRIGGER "expense_totals_truncate" AFTER TRUNCATE ON "expenses" FOR EACH STATEMENT EXECUTE FUNCTION "expense_totals_follow"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "expense_totals" TO "munim_app";
--> statement-breakpoint
ALTER TABLE "expense_totals" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "college" ON "expense_totals" FOR ALL TO "munim_app"
  USING ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[]))
  WITH CHECK ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[]));
