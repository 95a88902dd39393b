CREATE TABLE "desk"."unknown_rows" (
	"college_id" uuid NOT NULL,
	"table_name" text NOT NULL,
	"row_id" text NOT NULL,
	"version" bigint NOT NULL,
	"row" text NOT NULL,
	CONSTRAINT "unknown_rows_college_id_table_name_row_id_pk" PRIMARY KEY("college_id","table_name","row_id")
);
--> statement-breakpoint
CREATE INDEX "command_log_parked" ON "server"."command_log" USING btree ("college_id") WHERE "status" = 'parked';--> statement-breakpoint
ALTER TABLE "server"."devices" DROP COLUMN "acked_seq";