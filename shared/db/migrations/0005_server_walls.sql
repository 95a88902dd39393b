-- The tables of the server stand behind the wall between colleges too. What has to be found before a college is known (a desk by its
-- id, a code by its hash, a credential by its e-mail address) is shown to who names that very row, and to nobody who asks for all.
CREATE FUNCTION "munim_named"() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('munim.named', true), '')
$$;
--> statement-breakpoint
ALTER TABLE "server"."devices" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "college" ON "server"."devices" FOR ALL TO "munim_app"
  USING ("college_ids" && (SELECT "munim_colleges"())::uuid[] OR "id"::text = (SELECT "munim_named"()))
  WITH CHECK ("college_ids" && (SELECT "munim_colleges"())::uuid[] OR "id"::text = (SELECT "munim_named"()));
--> statement-breakpoint
-- A policy cannot compare a row with what it was: a device gets no college that is not in the scope, and keeps those it has.
CREATE FUNCTION "server"."device_colleges"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before uuid[] := '{}';
BEGIN
  IF NOT row_security_active('server.devices') THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN before := OLD."college_ids"; END IF;
  IF NOT NEW."college_ids" @> before OR NOT before || "munim_colleges"() @> NEW."college_ids" THEN
    RAISE EXCEPTION 'the colleges of device % violate row-level security', NEW."id" USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER "device_colleges" BEFORE INSERT OR UPDATE OF "college_ids" ON "server"."devices"
  FOR EACH ROW EXECUTE FUNCTION "server"."device_colleges"();
--> statement-breakpoint
-- As far as the device is shown; and nobody is bound to a desk who is in none of the colleges of the scope.
ALTER TABLE "server"."device_people" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "college" ON "server"."device_people" FOR ALL TO "munim_app"
  USING (EXISTS (SELECT FROM "server"."devices" AS d WHERE d."id" = "device_id"))
  WITH CHECK (EXISTS (SELECT FROM "server"."devices" AS d WHERE d."id" = "device_id")
    AND EXISTS (SELECT FROM "people" AS p WHERE p."id" = "person_id"));
--> statement-breakpoint
ALTER TABLE "server"."enrol_codes" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "named" ON "server"."enrol_codes" FOR ALL TO "munim_app"
  USING ("code_hash" = (SELECT "munim_named"()))
  WITH CHECK ("college_ids" <> '{}' AND "college_ids" <@ (SELECT "munim_colleges"())::uuid[]);
--> statement-breakpoint
ALTER TABLE "server"."credentials" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "named" ON "server"."credentials" FOR ALL TO "munim_app"
  USING ("email" = (SELECT "munim_named"()) OR "person_id"::text = (SELECT "munim_named"()))
  WITH CHECK ("person_id"::text = (SELECT "munim_named"()));
--> statement-breakpoint
-- Nothing here is ever deleted, and of most rows only what has to change can be changed.
REVOKE DELETE ON ALL TABLES IN SCHEMA "server" FROM "munim_app";
--> statement-breakpoint
REVOKE UPDATE ON "server"."enrol_codes", "server"."device_people", "server"."facts", "server"."command_log" FROM "munim_app";
--> statement-breakpoint
GRANT UPDATE ("used_by") ON "server"."enrol_codes" TO "munim_app";
--> statement-breakpoint
GRANT UPDATE ("document_id", "status", "code", "details", "version") ON "server"."command_log" TO "munim_app";
