CREATE TABLE "bank_lines" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"bank_account_id" uuid NOT NULL,
	"statement_id" uuid NOT NULL,
	"line_no" integer NOT NULL,
	"date" date NOT NULL,
	"value_date" date,
	"narration" text NOT NULL,
	"reference" text,
	"cheque_no" text,
	"debit_paise" bigint NOT NULL,
	"credit_paise" bigint NOT NULL,
	"balance_paise" bigint,
	"match_id" uuid,
	CONSTRAINT "bank_lines_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "bank_matches" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"bank_account_id" uuid NOT NULL,
	"pass" text NOT NULL,
	"because" text NOT NULL,
	"cleared_on" date NOT NULL,
	"matched_by" uuid NOT NULL,
	"matched_by_name" text NOT NULL,
	"matched_at" bigint NOT NULL,
	"is_active" boolean NOT NULL,
	"undone_by_name" text,
	"undone_reason" text,
	"revision" integer NOT NULL,
	CONSTRAINT "bank_matches_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "bank_rules" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"bank_account_id" uuid,
	"words" text NOT NULL,
	"direction" text NOT NULL,
	"account_code" text NOT NULL,
	"narration" text NOT NULL,
	"is_active" boolean NOT NULL,
	"revision" integer NOT NULL,
	CONSTRAINT "bank_rules_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "bank_statements" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"bank_account_id" uuid NOT NULL,
	"format" text NOT NULL,
	"file_name" text,
	"sha256" text,
	"from" date NOT NULL,
	"to" date NOT NULL,
	"opening_paise" bigint,
	"closing_paise" bigint,
	"line_count" integer NOT NULL,
	"imported_by" uuid NOT NULL,
	"imported_by_name" text NOT NULL,
	"imported_at" bigint NOT NULL,
	CONSTRAINT "bank_statements_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "cleared_entries" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"bank_account_id" uuid NOT NULL,
	"voucher_id" uuid NOT NULL,
	"match_id" uuid,
	"cleared_on" date,
	"revision" integer NOT NULL,
	CONSTRAINT "cleared_entries_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "fee_reconciliations" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"month" text NOT NULL,
	"bank_account_id" uuid NOT NULL,
	"collections_paise" bigint NOT NULL,
	"deposits_paise" bigint NOT NULL,
	"statement_paise" bigint,
	"books_paise" bigint NOT NULL,
	"status" text NOT NULL,
	"discrepancies" text NOT NULL,
	"reported_by" uuid NOT NULL,
	"reported_by_name" text NOT NULL,
	"verified_at" bigint NOT NULL,
	CONSTRAINT "fee_reconciliations_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE INDEX "bank_lines_by_account" ON "bank_lines" USING btree ("college_id","bank_account_id","date","line_no");--> statement-breakpoint
CREATE INDEX "bank_lines_open" ON "bank_lines" USING btree ("college_id","bank_account_id","date","id") WHERE "bank_lines"."match_id" IS NULL;--> statement-breakpoint
CREATE INDEX "bank_lines_by_match" ON "bank_lines" USING btree ("college_id","match_id") WHERE "bank_lines"."match_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "bank_lines_college_id_version_index" ON "bank_lines" USING btree ("college_id","version");--> statement-breakpoint
CREATE INDEX "bank_matches_by_day" ON "bank_matches" USING btree ("college_id","bank_account_id","cleared_on","id");--> statement-breakpoint
CREATE INDEX "bank_matches_college_id_version_index" ON "bank_matches" USING btree ("college_id","version");--> statement-breakpoint
CREATE INDEX "bank_rules_college_id_version_index" ON "bank_rules" USING btree ("college_id","version");--> statement-breakpoint
CREATE INDEX "bank_statements_by_account" ON "bank_statements" USING btree ("college_id","bank_account_id","to");--> statement-breakpoint
CREATE INDEX "bank_statements_college_id_version_index" ON "bank_statements" USING btree ("college_id","version");--> statement-breakpoint
CREATE INDEX "cleared_entries_by_match" ON "cleared_entries" USING btree ("college_id","match_id") WHERE "cleared_entries"."match_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "cleared_entries_by_day" ON "cleared_entries" USING btree ("college_id","bank_account_id","cleared_on") WHERE "cleared_entries"."match_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "cleared_entries_college_id_version_index" ON "cleared_entries" USING btree ("college_id","version");--> statement-breakpoint
CREATE INDEX "fee_reconciliations_by_month" ON "fee_reconciliations" USING btree ("college_id","bank_account_id","month");--> statement-breakpoint
CREATE INDEX "fee_reconciliations_college_id_version_index" ON "fee_reconciliations" USING btree ("college_id","version");
--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_one_side" CHECK (
  ("debit_paise" > 0 AND "credit_paise" = 0) OR ("credit_paise" > 0 AND "debit_paise" = 0)
);
--> statement-breakpoint
ALTER TABLE "cleared_entries" ADD CONSTRAINT "cleared_entries_day" CHECK (("match_id" IS NULL) = ("cleared_on" IS NULL));
--> statement-breakpoint
-- What a bank said and what was matched is changed, never deleted; what a portal told stays as it was.
GRANT SELECT, INSERT, UPDATE ON "bank_statements", "bank_lines", "bank_matches", "cleared_entries", "bank_rules" TO "munim_app";
--> statement-breakpoint
GRANT SELECT, INSERT ON "fee_reconciliations" TO "munim_app";
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['bank_statements', 'bank_lines', 'bank_matches', 'cleared_entries', 'bank_rules', 'fee_reconciliations'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY "college" ON %I FOR ALL TO "munim_app" USING ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[])) WITH CHECK ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[]))', name);
  END LOOP;
END $$;
