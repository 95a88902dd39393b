CREATE TABLE "bank_accounts" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"name" text NOT NULL,
	"bank_name" text NOT NULL,
	"account_number" text NOT NULL,
	"ifsc" text NOT NULL,
	"account_code" text NOT NULL,
	"connector" text,
	"file_format" text,
	"payment_limit_paise" bigint,
	"daily_limit_paise" bigint,
	"is_active" boolean NOT NULL,
	"revision" integer NOT NULL,
	CONSTRAINT "bank_accounts_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "beneficiaries" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"account_name" text NOT NULL,
	"account_number" text NOT NULL,
	"ifsc" text NOT NULL,
	"changed_by" uuid NOT NULL,
	"changed_by_name" text NOT NULL,
	"changed_at" bigint NOT NULL,
	"approved_by" uuid,
	"approved_by_name" text,
	"approved_at" bigint,
	"usable_from" bigint,
	"revision" integer NOT NULL,
	CONSTRAINT "beneficiaries_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "payment_orders" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"number" text,
	"batch_id" uuid NOT NULL,
	"expense_id" uuid NOT NULL,
	"vendor_id" uuid NOT NULL,
	"bank_account_id" uuid NOT NULL,
	"status" text NOT NULL,
	"status_before" text NOT NULL,
	"mode" text NOT NULL,
	"amount_paise" bigint NOT NULL,
	"beneficiary_name" text NOT NULL,
	"account_number" text NOT NULL,
	"ifsc" text NOT NULL,
	"purpose" text NOT NULL,
	"reference" text NOT NULL,
	"maker_id" uuid NOT NULL,
	"maker_name" text NOT NULL,
	"prepared_at" bigint NOT NULL,
	"checker_id" uuid,
	"checker_name" text,
	"released_at" bigint,
	"released_on" date,
	"not_before" bigint,
	"fence" integer NOT NULL,
	"device_id" uuid,
	"sender_name" text,
	"taken_at" bigint,
	"provider_id" text,
	"utr" text,
	"failure_reason" text,
	"failure_text" text,
	"charges_paise" bigint,
	"paid_on" date,
	"payment_voucher_id" uuid,
	"returned_on" date,
	"return_voucher_id" uuid,
	"attention" text,
	"revision" integer NOT NULL,
	CONSTRAINT "payment_orders_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE INDEX "bank_accounts_by_code" ON "bank_accounts" USING btree ("college_id","account_code");--> statement-breakpoint
CREATE INDEX "bank_accounts_college_id_version_index" ON "bank_accounts" USING btree ("college_id","version");--> statement-breakpoint
CREATE INDEX "beneficiaries_college_id_version_index" ON "beneficiaries" USING btree ("college_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_orders_number" ON "payment_orders" USING btree ("college_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_orders_by_reference" ON "payment_orders" USING btree ("college_id","reference");--> statement-breakpoint
CREATE INDEX "payment_orders_by_expense" ON "payment_orders" USING btree ("college_id","expense_id");--> statement-breakpoint
CREATE INDEX "payment_orders_by_batch" ON "payment_orders" USING btree ("college_id","batch_id");--> statement-breakpoint
CREATE INDEX "payment_orders_by_status" ON "payment_orders" USING btree ("college_id","status");--> statement-breakpoint
CREATE INDEX "payment_orders_by_release" ON "payment_orders" USING btree ("college_id","bank_account_id","released_on");--> statement-breakpoint
CREATE INDEX "payment_orders_by_provider" ON "payment_orders" USING btree ("college_id","provider_id") WHERE "payment_orders"."provider_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "payment_orders_college_id_version_index" ON "payment_orders" USING btree ("college_id","version");
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['bank_accounts', 'beneficiaries', 'payment_orders'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO "munim_app"', name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY "college" ON %I FOR ALL TO "munim_app" USING ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[])) WITH CHECK ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[]))', name);
  END LOOP;
END $$;
