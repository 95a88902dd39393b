CREATE TABLE "payment_leases" (
	"college_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"fence" integer NOT NULL,
	"is_held" boolean NOT NULL,
	"device_id" uuid NOT NULL,
	"holder_id" uuid NOT NULL,
	"holder_name" text NOT NULL,
	"taken_at" bigint NOT NULL,
	"status_before" text NOT NULL,
	CONSTRAINT "payment_leases_college_id_id_pk" PRIMARY KEY("college_id","id")
);
--> statement-breakpoint
CREATE INDEX "payment_leases_college_id_version_index" ON "payment_leases" USING btree ("college_id","version");--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "payment_leases" TO "munim_app";
--> statement-breakpoint
ALTER TABLE "payment_leases" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "college" ON "payment_leases" FOR ALL TO "munim_app"
  USING ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[])) WITH CHECK ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[]));
