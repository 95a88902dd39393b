ALTER TABLE "voucher_lines" ADD COLUMN "department_code" text;--> statement-breakpoint
ALTER TABLE "voucher_lines" ADD COLUMN "fund_code" text;--> statement-breakpoint
ALTER TABLE "vouchers" ADD COLUMN "reference" text;--> statement-breakpoint
ALTER TABLE "vouchers" ADD COLUMN "reference_date" date;--> statement-breakpoint
CREATE UNIQUE INDEX "vouchers_by_reversed" ON "vouchers" USING btree ("college_id","reverses_id") WHERE "vouchers"."reverses_id" IS NOT NULL;
--> statement-breakpoint
-- What comes back by a voucher may be more than was spent of a category in a year; the ledger says so, and so does the budget.
ALTER TABLE "budgets" DROP CONSTRAINT "budgets_not_negative";
--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_not_negative" CHECK ("allocated_paise" >= 0 AND "committed_paise" >= 0);
