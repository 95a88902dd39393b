CREATE TABLE "bill_allocations" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"voucher_id" uuid NOT NULL,
	"line_no" integer NOT NULL,
	"account_code" text NOT NULL,
	"vendor_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text,
	"date" date NOT NULL,
	"bill_date" date,
	"due_on" date,
	"debit_paise" bigint NOT NULL,
	"credit_paise" bigint NOT NULL,
	CONSTRAINT "bill_allocations_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "ledger_days" (
	"college_id" uuid NOT NULL,
	"account_code" text NOT NULL,
	"date" date NOT NULL,
	"debit_paise" bigint NOT NULL,
	"credit_paise" bigint NOT NULL,
	"line_count" integer NOT NULL,
	CONSTRAINT "ledger_days_pkey" PRIMARY KEY("college_id","date","account_code")
);
--> statement-breakpoint
CREATE TABLE "periods" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"is_closed" boolean NOT NULL,
	"closed_by" uuid NOT NULL,
	"closed_by_name" text NOT NULL,
	"closed_at" bigint NOT NULL,
	"figures" text,
	"asked_by" uuid,
	"asked_by_name" text,
	"asked_at" bigint,
	"reason" text,
	"revision" integer NOT NULL,
	CONSTRAINT "periods_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
DROP INDEX "voucher_lines_by_account";--> statement-breakpoint
ALTER TABLE "receipts" ALTER COLUMN "expense_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "receipts" ADD COLUMN "voucher_id" uuid;--> statement-breakpoint
CREATE INDEX "bill_allocations_college_id_voucher_id_index" ON "bill_allocations" USING btree ("college_id","voucher_id");--> statement-breakpoint
CREATE INDEX "bill_allocations_by_bill" ON "bill_allocations" USING btree ("college_id","vendor_id","name");--> statement-breakpoint
CREATE INDEX "bill_allocations_college_id_version_index" ON "bill_allocations" USING btree ("college_id","version");--> statement-breakpoint
CREATE INDEX "ledger_days_by_account" ON "ledger_days" USING btree ("college_id","account_code","date");--> statement-breakpoint
CREATE UNIQUE INDEX "periods_college_id_kind_name_index" ON "periods" USING btree ("college_id","kind","name");--> statement-breakpoint
CREATE INDEX "periods_college_id_version_index" ON "periods" USING btree ("college_id","version");--> statement-breakpoint
CREATE INDEX "receipts_college_id_voucher_id_index" ON "receipts" USING btree ("college_id","voucher_id");--> statement-breakpoint
CREATE INDEX "voucher_lines_by_fund" ON "voucher_lines" USING btree ("college_id","fund_code","date") WHERE "voucher_lines"."fund_code" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "vouchers_by_date" ON "vouchers" USING btree ("college_id","date","id");--> statement-breakpoint
CREATE INDEX "voucher_lines_by_account" ON "voucher_lines" USING btree ("college_id","account_code","date","voucher_id","line_no");
--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_one_document" CHECK (num_nonnulls("expense_id", "voucher_id") = 1);
--> statement-breakpoint
ALTER TABLE "bill_allocations" ADD CONSTRAINT "bill_allocations_one_side" CHECK (
  ("debit_paise" > 0 AND "credit_paise" = 0) OR ("credit_paise" > 0 AND "debit_paise" = 0)
);
--> statement-breakpoint
-- The sums of days follow from the lines, whoever writes them, with the rights and within the wall of who does.
CREATE FUNCTION "ledger_days_follow"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    DELETE FROM "ledger_days";
    RETURN NULL;
  END IF;
  IF TG_OP IN ('DELETE', 'UPDATE') THEN
    UPDATE "ledger_days" d SET "debit_paise" = d."debit_paise" - g."debit", "credit_paise" = d."credit_paise" - g."credit",
        "line_count" = d."line_count" - g."count"
      FROM (SELECT "college_id", "account_code", "date", sum("debit_paise")::int8 AS "debit", sum("credit_paise")::int8 AS "credit",
          count(*)::int4 AS "count" FROM "gone" GROUP BY 1, 2, 3) g
      WHERE d."college_id" = g."college_id" AND d."account_code" = g."account_code" AND d."date" = g."date";
    DELETE FROM "ledger_days" d USING (SELECT DISTINCT "college_id", "account_code", "date" FROM "gone") g
      WHERE d."college_id" = g."college_id" AND d."account_code" = g."account_code" AND d."date" = g."date" AND d."line_count" = 0;
  END IF;
  IF TG_OP IN ('INSERT', 'UPDATE') THEN
    INSERT INTO "ledger_days" AS d ("college_id", "account_code", "date", "debit_paise", "credit_paise", "line_count")
      SELECT "college_id", "account_code", "date", sum("debit_paise")::int8, sum("credit_paise")::int8, count(*)::int4
      FROM "come" GROUP BY 1, 2, 3
      ON CONFLICT ("college_id", "date", "account_code") DO UPDATE SET "debit_paise" = d."debit_paise" + excluded."debit_paise",
        "credit_paise" = d."credit_paise" + excluded."credit_paise", "line_count" = d."line_count" + excluded."line_count";
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "ledger_days_insert" AFTER INSERT ON "voucher_lines" REFERENCING NEW TABLE AS "come"
  FOR EACH STATEMENT EXECUTE FUNCTION "ledger_days_follow"();
--> statement-breakpoint
CREATE TRIGGER "ledger_days_delete" AFTER DELETE ON "voucher_lines" REFERENCING OLD TABLE AS "gone"
  FOR EACH STATEMENT EXECUTE FUNCTION "ledger_days_follow"();
--> statement-breakpoint
CREATE TRIGGER "ledger_days_update" AFTER UPDATE ON "voucher_lines" REFERENCING OLD TABLE AS "gone" NEW TABLE AS "come"
  FOR EACH STATEMENT EXECUTE FUNCTION "ledger_days_follow"();
--> statement-breakpoint
CREATE TRIGGER "ledger_days_truncate" AFTER TRUNCATE ON "voucher_lines" FOR EACH STATEMENT EXECUTE FUNCTION "ledger_days_follow"();
--> statement-breakpoint
INSERT INTO "ledger_days" ("college_id", "account_code", "date", "debit_paise", "credit_paise", "line_count")
  SELECT "college_id", "account_code", "date", sum("debit_paise")::int8, sum("credit_paise")::int8, count(*)::int4
  FROM "voucher_lines" GROUP BY 1, 2, 3;
--> statement-breakpoint
-- Allocations are posted and never change; a period is closed and opened again.
GRANT SELECT, INSERT ON "bill_allocations" TO "munim_app";
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "periods" TO "munim_app";
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "ledger_days" TO "munim_app";
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['bill_allocations', 'periods', 'ledger_days'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY "college" ON %I FOR ALL TO "munim_app" USING ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[])) WITH CHECK ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[]))', name);
  END LOOP;
END $$;
