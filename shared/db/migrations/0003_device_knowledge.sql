ALTER TABLE "server"."command_log" DROP CONSTRAINT "command_log_commandId_unique";--> statement-breakpoint
ALTER TABLE "server"."devices" ADD COLUMN "acked_seq" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "command_log_college_id_command_id_index" ON "server"."command_log" USING btree ("college_id","command_id");--> statement-breakpoint
CREATE INDEX "command_log_device_id_college_id_version_index" ON "server"."command_log" USING btree ("device_id","college_id","version");