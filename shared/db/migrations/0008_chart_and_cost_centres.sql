CREATE TABLE "account_groups" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"name_hi" text,
	"kind" text NOT NULL,
	"parent_code" text,
	"is_active" boolean NOT NULL,
	"revision" integer NOT NULL,
	CONSTRAINT "account_groups_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE TABLE "cost_centres" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"agency" text,
	"sanction_no" text,
	"sanctioned_paise" bigint,
	"starts_on" date,
	"ends_on" date,
	"is_active" boolean NOT NULL,
	"revision" integer NOT NULL,
	CONSTRAINT "cost_centres_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "group_code" text;--> statement-breakpoint
CREATE UNIQUE INDEX "account_groups_college_id_code_index" ON "account_groups" USING btree ("college_id","code");--> statement-breakpoint
CREATE INDEX "account_groups_college_id_version_index" ON "account_groups" USING btree ("college_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "cost_centres_college_id_code_index" ON "cost_centres" USING btree ("college_id","code");--> statement-breakpoint
CREATE INDEX "cost_centres_college_id_version_index" ON "cost_centres" USING btree ("college_id","version");
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "account_groups", "cost_centres" TO "munim_app";
--> statement-breakpoint
ALTER TABLE "account_groups" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "cost_centres" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "college" ON "account_groups" FOR ALL TO "munim_app"
  USING ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[])) WITH CHECK ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[]));
--> statement-breakpoint
CREATE POLICY "college" ON "cost_centres" FOR ALL TO "munim_app"
  USING ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[])) WITH CHECK ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[]));
