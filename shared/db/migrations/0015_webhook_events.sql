CREATE TABLE "server"."webhook_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider" text NOT NULL,
	"event_key" text NOT NULL,
	"college_id" uuid,
	"secret_colleges" uuid[] NOT NULL,
	"body" text NOT NULL,
	"headers" text NOT NULL,
	"news" text,
	"status" text NOT NULL,
	"attempts" integer NOT NULL,
	"next_at" bigint NOT NULL,
	"code" text,
	"details" text,
	"received_at" bigint NOT NULL,
	"settled_at" bigint
);
--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_events_provider_event_key_index" ON "server"."webhook_events" USING btree ("provider","event_key");--> statement-breakpoint
CREATE INDEX "webhook_events_due" ON "server"."webhook_events" USING btree ("next_at") WHERE "status" = 'waiting';--> statement-breakpoint
CREATE INDEX "webhook_events_dead" ON "server"."webhook_events" USING btree ("college_id") WHERE "status" = 'dead';
--> statement-breakpoint
-- Nothing that came is ever deleted, and what came is never changed; only what became of it is.
GRANT SELECT, INSERT ON "server"."webhook_events" TO "munim_app";
--> statement-breakpoint
GRANT UPDATE ("college_id", "news", "status", "attempts", "next_at", "code", "details", "settled_at") ON "server"."webhook_events" TO "munim_app";
--> statement-breakpoint
ALTER TABLE "server"."webhook_events" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "college" ON "server"."webhook_events" FOR ALL TO "munim_app"
  USING ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[]) OR ("college_id" IS NULL AND (SELECT "munim_named"()) = 'webhooks'))
  WITH CHECK ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[]) OR ("college_id" IS NULL AND (SELECT "munim_named"()) = 'webhooks'));
