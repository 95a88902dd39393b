-- Search by any part of a word.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE INDEX "expenses_search" ON "expenses" USING gin ((
  lower(coalesce("number", '') || ' ' || "provisional_ref" || ' ' || "vendor_name" || ' ' || coalesce("bill_no", '') || ' ' || "description")
) gin_trgm_ops);
--> statement-breakpoint
CREATE INDEX "vendors_search" ON "vendors" USING gin ((lower("name" || ' ' || coalesce("gstin", ''))) gin_trgm_ops);
--> statement-breakpoint

-- Money: one side of a line, and debit equal to credit for each voucher at commit.
ALTER TABLE "voucher_lines" ADD CONSTRAINT "voucher_lines_one_side" CHECK (
  ("debit_paise" > 0 AND "credit_paise" = 0) OR ("credit_paise" > 0 AND "debit_paise" = 0)
);
--> statement-breakpoint
ALTER TABLE "expenses" ADD CONSTRAINT "expenses_total" CHECK (
  "total_paise" = "taxable_paise" + "cgst_paise" + "sgst_paise" + "igst_paise" AND "total_paise" > 0
);
--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_not_negative" CHECK (
  "allocated_paise" >= 0 AND "committed_paise" >= 0 AND "spent_paise" >= 0
);
--> statement-breakpoint
CREATE FUNCTION "voucher_balances"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  line "voucher_lines"%ROWTYPE;
  difference numeric;
BEGIN
  IF TG_OP = 'DELETE' THEN line := OLD; ELSE line := NEW; END IF;
  SELECT coalesce(sum("debit_paise"), 0) - coalesce(sum("credit_paise"), 0) INTO difference
    FROM "voucher_lines" WHERE "college_id" = line."college_id" AND "voucher_id" = line."voucher_id";
  IF difference <> 0 THEN
    RAISE EXCEPTION 'voucher % is out of balance by % paise', line."voucher_id", difference USING ERRCODE = '23514', CONSTRAINT = 'voucher_lines_balance';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "voucher_lines_balance" AFTER INSERT OR UPDATE OR DELETE ON "voucher_lines"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "voucher_balances"();
--> statement-breakpoint

-- The application works under a role that owns nothing and cannot pass row-level security. Roles belong to the whole PostgreSQL
-- cluster, so another database may have made it at the same moment.
DO $$ BEGIN
  CREATE ROLE "munim_app" NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
--> statement-breakpoint
DO $$ BEGIN
  EXECUTE format('GRANT "munim_app" TO %I', current_user);
EXCEPTION WHEN OTHERS THEN NULL; -- A superuser needs no grant, and two databases may grant at once.
END $$;
--> statement-breakpoint
CREATE FUNCTION "munim_colleges"() RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(string_to_array(nullif(current_setting('munim.colleges', true), ''), ',')::uuid[], '{}'::uuid[])
$$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA "public", "server" TO "munim_app";
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "colleges", "people", "accounts", "categories", "vendors", "budgets", "expenses", "receipts",
  "number_series", "consolidation_totals", "tombstones" TO "munim_app";
--> statement-breakpoint
-- What is posted or chained is never changed: a mistake is reversed by a new entry.
GRANT SELECT, INSERT ON "vouchers", "voucher_lines", "audit_entries" TO "munim_app";
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "server" TO "munim_app";
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['colleges', 'people', 'accounts', 'categories', 'vendors', 'budgets', 'expenses', 'receipts', 'vouchers',
    'voucher_lines', 'number_series', 'consolidation_totals', 'audit_entries', 'tombstones'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY "college" ON %I FOR ALL TO "munim_app" USING ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[])) WITH CHECK ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[]))', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['college_versions', 'command_log'] LOOP
    EXECUTE format('ALTER TABLE "server".%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY "college" ON "server".%I FOR ALL TO "munim_app" USING ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[])) WITH CHECK ("college_id" = ANY ((SELECT "munim_colleges"())::uuid[]))', name);
  END LOOP;
END $$;
