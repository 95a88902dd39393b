import { parseArgs } from 'node:util';
import { deskTemplate } from '../../electron/composition/testing.ts';
import { testFolder } from '../../shared/engine/testing.ts';
import { type BankId, bankIds, strikes } from './plan.ts';
import { torturePayments } from './run.ts';

/**
 * Shows that nothing is paid twice and nothing gets lost between desks, server and banks, whatever falls while it is under way.
 * `npm run torture:payments -- [--intents 10000] [--seed n] [--desks 2] [--minutes 60] [--bank icici|neft|hdfc|axis|mixed] [--pace 10]
 * [--kills n] [--kill-every seconds] [--strike 'part of what falls'] [--calm minutes] [--faults 0.2] [--keep]`;
 * ends with code 1 when anything is found.
 */
const { values } = parseArgs({
  options: {
    intents: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    desks: { type: 'string', default: '2' },
    minutes: { type: 'string', default: '60' },
    bank: { type: 'string', default: 'mixed' },
    pace: { type: 'string', default: '10' },
    kills: { type: 'string' },
    strike: { type: 'string', default: '' },
    'kill-every': { type: 'string', default: '20' },
    calm: { type: 'string', default: '20' },
    faults: { type: 'string', default: '0.2' },
    keep: { type: 'boolean', default: false },
  },
});
const banks = bankIds.filter((id): id is BankId => values.bank === 'mixed' || values.bank === id);
const [intents, seed, desks, minutes, factor, killEvery] = [
  ...[values.intents, values.seed, values.desks, values.minutes, values.pace, values['kill-every']],
].map(Number) as [number, number, number, number, number, number];
const kills = values.kills === undefined ? null : Number(values.kills);
if (banks.length === 0 || !(intents > 0 && desks > 0 && minutes > 0 && factor >= 1)) {
  console.error(
    'usage: torture:payments [--intents N] [--seed N] [--desks N] [--minutes N] [--bank icici|neft|hdfc|axis|mixed]',
  );
  process.exit(2);
}
const { folder, remove } = testFolder();
const from = Date.now();
console.log(`payments torture with --seed ${seed} --intents ${intents} --bank ${values.bank}`);
try {
  const report = await torturePayments({
    ...{ folder, template: await deskTemplate(), intents, desks, seed, banks, pace: { from, factor }, kills },
    strikes: strikes.filter((strike) => strike.includes(values.strike)),
    faults: Number(values.faults),
    killEveryMs: killEvery * 1_000,
    stormMs: minutes * 60_000,
    calmMs: Number(values.calm) * 60_000,
    progress: (line) => console.log(`${((Date.now() - from) / 1_000).toFixed(0)} s  ${line}`),
  });
  const { figures, findings, heard, seconds } = report;
  const list = (counts: ReadonlyMap<string, number>): string =>
    [...counts].map(([what, times]) => `${what} ${times}`).join(', ') || 'none';
  console.log(`orders: ${list(figures.orders)}; sendings taken ${figures.sendings}, heard by the banks ${heard}`);
  console.log(
    `payments at the banks: ${list(figures.instructions)}; ${report.foundByPerson} returns found by a person`,
  );
  console.log(`kills: ${list(report.kills)}`);
  console.log(`faults: ${list(report.faults)}`);
  console.log(`webhooks: ${list(report.webhooks)}`);
  console.log(`commands: ${list(report.commands)}`);
  console.log(`refused by the server and let go: ${list(report.refused)}`);
  console.log(`audit entries ${figures.auditEntries}; seconds: ${JSON.stringify(seconds)}`);
  for (const finding of findings) console.error(finding.startsWith(' ') ? finding : `FINDING ${finding}`);
  const verdict = findings.length === 0 ? 'sound: every bill was paid once or not at all' : 'NOT SOUND';
  console.log(`torture:payments seed=${seed} intents=${intents} findings=${findings.length} ${verdict}`);
  process.exitCode = findings.length === 0 ? 0 : 1;
} finally {
  if (values.keep) console.log(`kept in ${folder}`);
  else remove();
}
