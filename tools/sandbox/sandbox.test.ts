import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { openSession } from '../../electron/adapters/transport/open-session.ts';
import { MemoryTokens, questionOf, samplePayment } from '../../shared/connectors/_kit/conformance-harness.ts';
import { neft } from '../../shared/connectors/gateway/neft/connector.ts';
import { emulator } from '../../shared/connectors/gateway/neft/emulator.ts';
import { webhook } from '../../shared/connectors/gateway/neft/webhook.ts';
import { bankConnectors, manifests } from '../../shared/connectors/registry.gen.ts';
import { systemClock } from '../../shared/ports/clock.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import { projectRoot } from '../run.ts';
import { Control } from './control.ts';
import { serveControl } from './control-server.ts';
import { Sandbox } from './sandbox.ts';
import type { SandboxEntry } from './sandbox-files.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'munim-sandbox-'));
  closers.push(() => rmSync(dir, { recursive: true }));
  return dir;
}

/** A desk that knows nothing but what the folder says. */
function desk(dir: string) {
  const { url, settings, secrets, files } = JSON.parse(readFileSync(join(dir, 'neft.json'), 'utf8')) as SandboxEntry;
  const read = (file: string): string => readFileSync(file, 'utf8');
  const opened = openSession({
    connection: 'rehearsal',
    connector: neft,
    settings,
    secrets: async () => secrets,
    tokens: new MemoryTokens(),
    clock: systemClock,
    random: systemRandom,
    log: () => undefined,
    baseUrl: url,
    credentials: async () => ({ cert: read(files.cert), key: read(files.key), ca: read(files.ca) }),
  });
  closers.push(() => opened.transport.close());
  const { signal } = new AbortController();
  const { pay, enquire, statement } = neft;
  if (pay === undefined || enquire === undefined || statement === undefined) throw new Error('the gateway offers less');
  return {
    pay: (number: number) => opened.session.call(pay, samplePayment(emulator, number), signal),
    ask: (number: number) => opened.session.call(enquire, questionOf(samplePayment(emulator, number)), signal),
    lines: async (account: string) => {
      const asked = { accountNumber: account, from: '2026-01-01', to: '2099-12-31', page: null };
      return opened.session.call(statement, asked, signal);
    },
  };
}

const options = { port: 0, settleAfterMs: null };
const { reference } = samplePayment(emulator, 1);

describe('a sandbox', () => {
  it('has every bank and gateway of the registry', async () => {
    const sandbox = await Sandbox.start({ ...options, dataDir: folder() });
    closers.push(() => sandbox.stop());
    expect(sandbox.banks.map(({ id }) => id).sort()).toEqual([...bankConnectors.keys()].sort());
    for (const { id } of manifests) expect(sandbox.table()).toContain(id);
    for (const { entry } of sandbox.banks) {
      const { pkcs12 } = entry.files;
      expect(() => createSecureContext({ pfx: readFileSync(pkcs12), passphrase: entry.passphrase })).not.toThrow();
    }
  });

  it('lets a payment be rehearsed to its end, and tells the server', async () => {
    const dir = folder();
    const sandbox = await Sandbox.start({ ...options, dataDir: dir });
    closers.push(() => sandbox.stop());
    const verdicts: unknown[] = [];
    let isAway = true;
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const key = { secret: emulator.secrets.webhookSecret ?? '', allowsNoTime: false };
      const headers = request.headers as Record<string, string>;
      const verdict = await webhook.verify(new Uint8Array(Buffer.concat(chunks)), headers, [key], Date.now());
      if (!isAway) verdicts.push(verdict.ok ? `${request.url} ${verdict.value.news.state}` : verdict.error.code);
      response.writeHead(isAway ? 503 : 200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => server.close(resolve)));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const control = new Control(sandbox, { server: address, serverCa: null });
    const { pay, ask, lines } = desk(dir);

    await control.run('trouble neft line-breaks-but-done');
    expect(await pay(1)).toMatchObject({ ok: false, error: { kind: 'in_doubt' } });
    expect(await ask(1)).toMatchObject({ value: { state: 'accepted' } });
    expect(await control.run(`settle neft ${reference}`)).toContain('server said 503');
    expect(await ask(1)).toMatchObject({ value: { state: 'paid' } });
    await control.run(`return neft ${reference}`);
    isAway = false;
    // The one that was not taken waits too.
    expect(await control.run('deliver all twice backwards')).toContain('server said 200');
    const path = '/api/v1/webhooks/payment-status';
    expect(verdicts).toEqual([`${path} returned`, `${path} returned`, `${path} paid`, `${path} paid`]);
    expect(await control.run('deliver all')).toBe('nothing waits');

    const account = emulator.accounts[0]?.number ?? '';
    await control.run(`line neft ${account} +1250.50 FEES OF NOVEMBER on 2026-11-20`);
    await control.run('refuse neft 50200012345678 bank_offline');
    expect(await pay(2)).toMatchObject({ ok: false, error: { code: 'BANK_OFFLINE' } });
    const read = await lines(account);
    const amounts = read.ok ? read.value.entries.map(({ debitPaise, creditPaise }) => creditPaise - debitPaise) : [];
    const paid = samplePayment(emulator, 1).amountPaise;
    expect(amounts.sort()).toEqual([-paid, paid, 1_250_50n].sort());
    for (const line of ['settle neft nobody', 'fail neft', 'settle nobank all', 'dance', `line neft ${account} x`]) {
      await expect(control.run(line)).rejects.toThrow();
    }
  });

  it('takes lines over HTTP from this machine, not from pages in a browser', async () => {
    const sandbox = await Sandbox.start({ ...options, dataDir: folder() });
    closers.push(() => sandbox.stop());
    const door = await serveControl(new Control(sandbox, { server: null, serverCa: null }), 0);
    closers.push(() => door.close());
    const say = (body: string, headers: Record<string, string> = { 'x-munim-sandbox': '1' }) =>
      fetch(door.url, { method: 'POST', body, headers });
    expect(await (await say('list')).text()).toBe('no payments yet\n');
    expect((await say('dance')).status).toBe(400);
    expect((await say('list', {})).status).toBe(403);
  });
});

describe('the process', () => {
  async function start(dir: string): Promise<ChildProcess> {
    const file = join(projectRoot, 'tools/sandbox/main.ts');
    const child = spawn(process.execPath, [file, '--data', dir, '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    closers.push(() => child.kill('SIGKILL'));
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on('data', (data) => (/^ready /m.test(String(data)) ? resolve() : undefined));
      child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
    });
    return child;
  }
  const ended = (child: ChildProcess) =>
    new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));

  it('that is killed in the middle has forgotten nothing of what it said it took, and takes nothing twice', async () => {
    const dir = folder();
    const child = await start(dir);
    const { pay } = desk(dir);
    const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
    const taken = new Set<number>();
    const killed = ended(child);
    await Promise.all(
      numbers.map(async (number) => {
        if ((await pay(number)).ok) taken.add(number);
        if (taken.size === 10) child.kill('SIGKILL');
      }),
    );
    expect(await killed).toBe('SIGKILL');
    expect(taken.size).toBeGreaterThanOrEqual(10);
    expect(taken.size).toBeLessThan(numbers.length);
    // What a power cut in the middle of a line leaves.
    appendFileSync(join(dir, 'neft.state.jsonl'), '{"kind":"instruction","instr');

    const again = await start(dir);
    const desk2 = desk(dir);
    for (const number of numbers) {
      const asked = await desk2.ask(number);
      expect(asked).toMatchObject({ ok: true });
      if (taken.has(number)) expect(asked).toMatchObject({ value: { state: 'accepted' } });
    }
    expect(await desk2.pay(1)).toMatchObject({ ok: false, error: { code: 'BANK_DUPLICATE_REFERENCE' } });
    const over = ended(again);
    again.kill('SIGTERM');
    expect(await over).toBe(0);
  });
});
