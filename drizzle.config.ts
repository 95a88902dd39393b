import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './shared/db/schema.ts',
    './shared/db/ledger-schema.ts',
    './shared/db/bank-schema.ts',
    './shared/db/statement-schema.ts',
    './shared/db/desk-schema.ts',
    './shared/db/server-schema.ts',
  ],
  out: './shared/db/migrations',
  casing: 'snake_case',
});
