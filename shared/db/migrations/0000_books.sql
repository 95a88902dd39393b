CREATE SCHEMA "desk";
--> statement-breakpoint
CREATE SCHEMA "server";
--> statement-breakpoint
CREATE TABLE "accounts" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"category" text,
	"role" text,
	"is_active" boolean NOT NULL,
	CONSTRAINT "accounts_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"position" bigint NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	"command_name" text NOT NULL,
	"actor_id" uuid NOT NULL,
	"actor_name" text NOT NULL,
	"device_id" uuid NOT NULL,
	"occurred_at" bigint NOT NULL,
	"recorded_at" bigint NOT NULL,
	"command" text NOT NULL,
	"signature" text NOT NULL,
	"changes" text NOT NULL,
	"document_id" uuid,
	CONSTRAINT "audit_entries_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "desk"."blob_uploads" (
	"sha256" text PRIMARY KEY NOT NULL,
	"college_id" uuid NOT NULL,
	"size_bytes" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "budgets" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"financial_year" text NOT NULL,
	"category" text NOT NULL,
	"allocated_paise" bigint NOT NULL,
	"committed_paise" bigint NOT NULL,
	"spent_paise" bigint NOT NULL,
	"revision" integer NOT NULL,
	CONSTRAINT "budgets_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "categories" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"code" text NOT NULL,
	"label" text NOT NULL,
	"label_hi" text NOT NULL,
	"requires_approval" boolean NOT NULL,
	"receipt_threshold_paise" bigint NOT NULL,
	"default_account_code" text NOT NULL,
	"is_active" boolean NOT NULL,
	CONSTRAINT "categories_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "server"."college_versions" (
	"college_id" uuid PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "colleges" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"state_code" text NOT NULL,
	"gstin" text,
	"pan" text,
	"address" text NOT NULL,
	"is_active" boolean NOT NULL,
	"approval_above_paise" bigint NOT NULL,
	"approval_sla_hours" integer NOT NULL,
	"budget_warning_bp" integer NOT NULL,
	"budget_critical_bp" integer NOT NULL,
	CONSTRAINT "colleges_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "server"."command_log" (
	"device_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"command_id" uuid NOT NULL,
	"college_id" uuid NOT NULL,
	"document_id" uuid,
	"text" text NOT NULL,
	"signature" text NOT NULL,
	"status" text NOT NULL,
	"code" text,
	"details" text,
	"version" bigint,
	"received_at" bigint NOT NULL,
	CONSTRAINT "command_log_device_id_seq_pk" PRIMARY KEY("device_id","seq"),
	CONSTRAINT "command_log_commandId_unique" UNIQUE("command_id")
);
--> statement-breakpoint
CREATE TABLE "consolidation_totals" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"month" text NOT NULL,
	"financial_year" text NOT NULL,
	"category" text NOT NULL,
	"account_code" text NOT NULL,
	"debit_paise" bigint NOT NULL,
	"credit_paise" bigint NOT NULL,
	"line_count" integer NOT NULL,
	CONSTRAINT "consolidation_totals_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "server"."credentials" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"password_hash" text NOT NULL,
	"changed_at" bigint NOT NULL,
	CONSTRAINT "credentials_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "desk"."facts" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "server"."device_people" (
	"device_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"since" bigint NOT NULL,
	CONSTRAINT "device_people_device_id_person_id_pk" PRIMARY KEY("device_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "server"."devices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"public_key" text NOT NULL,
	"college_ids" uuid[] NOT NULL,
	"last_seq" bigint NOT NULL,
	"enrolled_at" bigint NOT NULL,
	"revoked_at" bigint
);
--> statement-breakpoint
CREATE TABLE "desk"."drafts" (
	"person_id" uuid NOT NULL,
	"form" text NOT NULL,
	"content" text NOT NULL,
	"saved_at" bigint NOT NULL,
	CONSTRAINT "drafts_person_id_form_pk" PRIMARY KEY("person_id","form")
);
--> statement-breakpoint
CREATE TABLE "server"."enrol_codes" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"college_ids" uuid[] NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_by" uuid
);
--> statement-breakpoint
CREATE TABLE "expenses" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"number" text,
	"provisional_ref" text NOT NULL,
	"status" text NOT NULL,
	"category" text NOT NULL,
	"account_code" text NOT NULL,
	"vendor_id" uuid NOT NULL,
	"vendor_name" text NOT NULL,
	"bill_no" text,
	"bill_date" date NOT NULL,
	"financial_year" text NOT NULL,
	"description" text NOT NULL,
	"department" text,
	"taxable_paise" bigint NOT NULL,
	"cgst_paise" bigint NOT NULL,
	"sgst_paise" bigint NOT NULL,
	"igst_paise" bigint NOT NULL,
	"itc_eligible" boolean NOT NULL,
	"tds_paise" bigint NOT NULL,
	"total_paise" bigint NOT NULL,
	"budget_paise" bigint NOT NULL,
	"committed_paise" bigint NOT NULL,
	"over_budget" boolean NOT NULL,
	"over_budget_reason" text,
	"maker_id" uuid NOT NULL,
	"maker_name" text NOT NULL,
	"created_at" bigint NOT NULL,
	"submitted_at" bigint,
	"due_at" bigint,
	"decided_by" uuid,
	"decided_by_name" text,
	"decided_at" bigint,
	"decision_comment" text,
	"voucher_id" uuid,
	"payment_voucher_id" uuid,
	"paid_on" date,
	"payment_reference" text,
	"import_key" text,
	"receipt_count" integer NOT NULL,
	"revision" integer NOT NULL,
	CONSTRAINT "expenses_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "desk"."known_people" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"password_hash" text NOT NULL,
	"confirmed_at" bigint NOT NULL,
	CONSTRAINT "known_people_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "number_series" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"series" text NOT NULL,
	"financial_year" text NOT NULL,
	"next" integer NOT NULL,
	CONSTRAINT "number_series_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "desk"."outbox" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"command_id" uuid NOT NULL,
	"college_id" uuid NOT NULL,
	"name" text NOT NULL,
	"document_id" uuid NOT NULL,
	"command" text NOT NULL,
	"signature" text NOT NULL,
	"actor_name" text NOT NULL,
	"occurred_at" bigint NOT NULL,
	"status" text NOT NULL,
	"code" text,
	"details" text,
	"settled_at" bigint,
	"settled_how" text,
	CONSTRAINT "outbox_commandId_unique" UNIQUE("command_id")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"is_active" boolean NOT NULL,
	CONSTRAINT "people_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "desk"."pull_stage" (
	"college_id" uuid NOT NULL,
	"table_name" text NOT NULL,
	"row_id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"row" text,
	CONSTRAINT "pull_stage_college_id_table_name_row_id_pk" PRIMARY KEY("college_id","table_name","row_id")
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"expense_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"file_name" text NOT NULL,
	"mime" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"added_by" uuid NOT NULL,
	"added_at" bigint NOT NULL,
	CONSTRAINT "receipts_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "server"."facts" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk"."sync_cursors" (
	"college_id" uuid PRIMARY KEY NOT NULL,
	"cursor" bigint NOT NULL,
	"staged_cursor" bigint NOT NULL,
	"pulled_at" bigint
);
--> statement-breakpoint
CREATE TABLE "tombstones" (
	"college_id" uuid NOT NULL,
	"table_name" text NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	CONSTRAINT "tombstones_college_id_table_name_id_pk" PRIMARY KEY("college_id","table_name","id")
);
--> statement-breakpoint
CREATE TABLE "desk"."undo_images" (
	"seq" bigint NOT NULL,
	"ordinal" integer NOT NULL,
	"college_id" uuid NOT NULL,
	"table_name" text NOT NULL,
	"row_id" uuid NOT NULL,
	"before" text,
	CONSTRAINT "undo_images_seq_ordinal_pk" PRIMARY KEY("seq","ordinal")
);
--> statement-breakpoint
CREATE TABLE "vendors" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"gstin" text,
	"pan" text,
	"ifsc" text,
	"account_number" text,
	"account_name" text,
	"email" text,
	"phone" text,
	"is_active" boolean NOT NULL,
	"revision" integer NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "vendors_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "voucher_lines" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"voucher_id" uuid NOT NULL,
	"line_no" integer NOT NULL,
	"account_code" text NOT NULL,
	"category" text,
	"vendor_id" uuid,
	"date" date NOT NULL,
	"debit_paise" bigint NOT NULL,
	"credit_paise" bigint NOT NULL,
	CONSTRAINT "voucher_lines_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "vouchers" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"number" text,
	"kind" text NOT NULL,
	"date" date NOT NULL,
	"financial_year" text NOT NULL,
	"narration" text NOT NULL,
	"expense_id" uuid,
	"reverses_id" uuid,
	"posted_by" uuid NOT NULL,
	"posted_at" bigint NOT NULL,
	CONSTRAINT "vouchers_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_college_id_code_index" ON "accounts" USING btree ("college_id","code");--> statement-breakpoint
CREATE INDEX "accounts_college_id_version_index" ON "accounts" USING btree ("college_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_entries_college_id_position_index" ON "audit_entries" USING btree ("college_id","position");--> statement-breakpoint
CREATE INDEX "audit_entries_college_id_document_id_index" ON "audit_entries" USING btree ("college_id","document_id");--> statement-breakpoint
CREATE INDEX "audit_entries_college_id_version_index" ON "audit_entries" USING btree ("college_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "budgets_college_id_financial_year_category_index" ON "budgets" USING btree ("college_id","financial_year","category");--> statement-breakpoint
CREATE INDEX "budgets_college_id_version_index" ON "budgets" USING btree ("college_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "categories_college_id_code_index" ON "categories" USING btree ("college_id","code");--> statement-breakpoint
CREATE INDEX "categories_college_id_version_index" ON "categories" USING btree ("college_id","version");--> statement-breakpoint
CREATE INDEX "colleges_college_id_version_index" ON "colleges" USING btree ("college_id","version");--> statement-breakpoint
CREATE INDEX "command_log_device_id_document_id_index" ON "server"."command_log" USING btree ("device_id","document_id");--> statement-breakpoint
CREATE UNIQUE INDEX "consolidation_totals_college_id_month_category_account_code_index" ON "consolidation_totals" USING btree ("college_id","month","category","account_code");--> statement-breakpoint
CREATE INDEX "consolidation_totals_college_id_version_index" ON "consolidation_totals" USING btree ("college_id","version");--> statement-breakpoint
CREATE INDEX "expenses_by_date" ON "expenses" USING btree ("college_id","bill_date" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "expenses_by_status" ON "expenses" USING btree ("college_id","status","bill_date" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "expenses_by_category" ON "expenses" USING btree ("college_id","category","bill_date" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "expenses_by_bill" ON "expenses" USING btree ("college_id","vendor_id","bill_no");--> statement-breakpoint
CREATE UNIQUE INDEX "expenses_number" ON "expenses" USING btree ("college_id","number");--> statement-breakpoint
CREATE INDEX "expenses_by_import_key" ON "expenses" USING btree ("college_id","import_key");--> statement-breakpoint
CREATE INDEX "expenses_college_id_version_index" ON "expenses" USING btree ("college_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "number_series_college_id_series_financial_year_index" ON "number_series" USING btree ("college_id","series","financial_year");--> statement-breakpoint
CREATE INDEX "number_series_college_id_version_index" ON "number_series" USING btree ("college_id","version");--> statement-breakpoint
CREATE INDEX "outbox_open" ON "desk"."outbox" USING btree ("status","seq");--> statement-breakpoint
CREATE INDEX "outbox_by_document" ON "desk"."outbox" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "people_college_id_version_index" ON "people" USING btree ("college_id","version");--> statement-breakpoint
CREATE INDEX "receipts_college_id_expense_id_index" ON "receipts" USING btree ("college_id","expense_id");--> statement-breakpoint
CREATE INDEX "receipts_college_id_version_index" ON "receipts" USING btree ("college_id","version");--> statement-breakpoint
CREATE INDEX "tombstones_college_id_version_index" ON "tombstones" USING btree ("college_id","version");--> statement-breakpoint
CREATE INDEX "vendors_college_id_name_key_index" ON "vendors" USING btree ("college_id","name_key");--> statement-breakpoint
CREATE INDEX "vendors_college_id_gstin_index" ON "vendors" USING btree ("college_id","gstin");--> statement-breakpoint
CREATE INDEX "vendors_college_id_version_index" ON "vendors" USING btree ("college_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "voucher_lines_college_id_voucher_id_line_no_index" ON "voucher_lines" USING btree ("college_id","voucher_id","line_no");--> statement-breakpoint
CREATE INDEX "voucher_lines_by_account" ON "voucher_lines" USING btree ("college_id","account_code","date");--> statement-breakpoint
CREATE INDEX "voucher_lines_college_id_version_index" ON "voucher_lines" USING btree ("college_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "vouchers_college_id_number_index" ON "vouchers" USING btree ("college_id","number");--> statement-breakpoint
CREATE INDEX "vouchers_college_id_expense_id_index" ON "vouchers" USING btree ("college_id","expense_id");--> statement-breakpoint
CREATE INDEX "vouchers_college_id_version_index" ON "vouchers" USING btree ("college_id","version");