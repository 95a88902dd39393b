import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeskWindow, System } from './support/system.ts';

/**
 * `npm run screenshots [folder]`: every screen in light and dark, at the two sizes offices have, from real desks with the demonstration
 * group. For looking at, not for comparing: nothing fails here but what cannot be opened.
 */
const folder = process.argv[2] ?? join('.data', 'screenshots');
const sizes = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const;
const themes = ['light', 'dark'] as const;

async function shoot(desk: DeskWindow, name: string): Promise<void> {
  for (const size of sizes) {
    await desk.page.setViewportSize(size);
    for (const colorScheme of themes) {
      await desk.page.emulateMedia({ colorScheme });
      await desk.page.waitForTimeout(400);
      await desk.page.screenshot({ path: join(folder, `${name}-${colorScheme}-${size.width}.png`) });
    }
  }
}

async function visit(desk: DeskWindow, name: string, path: string): Promise<void> {
  await desk.goTo(path);
  await desk.page.waitForTimeout(900);
  await shoot(desk, name);
}

await mkdir(folder, { recursive: true });
const system = await System.start();
try {
  const accounts = await system.desk('Accounts PC');
  await shoot(accounts, 'enrol');
  await accounts.enrol(['SCE']);
  await shoot(accounts, 'sign-in');
  await accounts.signIn('college_accounts_admin', 'SCE');
  await accounts.synced();
  const { rows } = await accounts.ask((client) =>
    client.call('expenses.page', {
      filter: {
        collegeId: null,
        text: '',
        status: ['approved'],
        category: [],
        accountCode: null,
        vendorId: null,
        from: null,
        to: null,
        minPaise: null,
        maxPaise: null,
        pendingOnly: false,
      },
      sort: 'amount_desc',
      offset: 0,
      limit: 1,
    }),
  );
  const vouchers = await accounts.ask((client) =>
    client.call('vouchers.page', {
      filter: { collegeId: null, text: '', kind: [], accountCode: null, vendorId: null, from: null, to: null },
      offset: 0,
      limit: 1,
    }),
  );
  for (const [name, path] of [
    ['vouchers', '/vouchers'],
    ['voucher', `/vouchers/${vouchers.rows[0]?.id ?? ''}`],
    ['voucher-payment', '/vouchers/new/payment'],
    ['voucher-purchase', '/vouchers/new/purchase'],
    ['chart', '/chart'],
    ['expenses', '/expenses'],
    ['expense', `/expenses/${rows[0]?.id ?? ''}`],
    ['expense-form', '/expenses/new'],
    ['import', '/import'],
    ['reconciliation', '/reconciliation'],
    ['budgets', '/budgets'],
    ['vendors', '/vendors'],
    ['sync', '/sync'],
    ['backup', '/backup'],
    ['audit', '/audit'],
  ] as const) {
    await visit(accounts, name, path);
  }
  const principal = await system.desk('Principal PC');
  await principal.enrol(['SCE']);
  await principal.signIn('principal', 'SCE');
  await principal.synced();
  await visit(principal, 'approvals', '/approvals');
  const group = await system.desk('Group PC');
  await group.enrol(['KAS', 'NIM', 'SCE']);
  await group.signIn('super_accountant', 'SCE');
  await group.synced();
  await visit(group, 'consolidated', '/consolidated');
  process.stdout.write(`screenshots are in ${folder}\n`);
} finally {
  await system.stop();
}
