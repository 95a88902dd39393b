import { afterEach, describe, expect, it } from 'vitest';
import type { BankConnector } from './bank.ts';
import { conformOfConnection } from './conformance-connection.ts';
import { type ConformanceSamples, type Conforming, Rig, samplePayment } from './conformance-harness.ts';
import { conformOfPayments } from './conformance-payments.ts';
import { conformOfReading } from './conformance-reading.ts';
import { conformOfWebhooks } from './conformance-webhooks.ts';
import type { EmulatorKind } from './emulator.ts';

/**
 * The cases that every connector has to stand, over real TLS with client certificates and the real transport, against its own emulator. Call it in
 * `connector.test.ts`.
 */
export function conformance(
  connector: BankConnector,
  kind: EmulatorKind,
  samples: Partial<ConformanceSamples> = {},
): void {
  const rigs: Rig[] = [];
  afterEach(async () => {
    for (const rig of rigs) await rig.stop();
    for (const rig of rigs.splice(0)) rig.expectNothingTold();
  });
  const conforming: Conforming = {
    connector,
    kind,
    samples: {
      ends: ['paid', 'failed', 'returned'],
      webhookSecret: 'webhookSecret',
      hasWebhookTime: true,
      payment: (number) => samplePayment(kind, number),
      fixtures: [],
      ...samples,
    },
    async rig(options = {}) {
      const rig = new Rig(connector, kind, options);
      rigs.push(rig);
      return rig.start(options.emulator?.settings ?? kind.settings);
    },
  };
  describe(`${connector.manifest.name} conforms`, () => {
    describeManifest(conforming);
    conformOfConnection(conforming);
    conformOfReading(conforming);
    conformOfPayments(conforming);
    conformOfWebhooks(conforming);
    describeFixtures(conforming);
  });
}

function describeManifest({ connector, kind }: Conforming): void {
  const { manifest } = connector;

  it('has in its manifest what it offers, and an emulator that is set up as the manifest asks', () => {
    const offered = {
      balance: connector.balance,
      statement: connector.statement,
      payment: connector.pay,
      bulk_payment: connector.payBulk,
      enquiry: connector.enquire,
      webhook: connector.webhook,
    };
    const names = Object.entries(offered).flatMap(([name, part]) => (part === undefined ? [] : [name]));
    expect([...manifest.capabilities].sort()).toEqual(names.sort());
    expect(connector.token !== undefined).toBe(manifest.auth === 'oauth2');
    // Who can pay must be able to ask what became of it.
    if (connector.pay !== undefined || connector.payBulk !== undefined) expect(connector.enquire).toBeDefined();
    const given = { ...kind.settings, ...kind.secrets };
    const fields = [...manifest.settings, ...manifest.secrets];
    for (const { name, pattern, isOptional } of fields) {
      if (!isOptional || given[name] !== undefined) expect(given[name]).toMatch(new RegExp(`^(?:${pattern})$`));
    }
    const unknown = Object.keys(given).filter((name) => !fields.some((field) => field.name === name));
    expect(unknown).toEqual([]);
  });
}

function describeFixtures({ samples }: Conforming): void {
  if (samples.fixtures.length === 0) return;
  it.each(samples.fixtures)('reads the fixture $name', async ({ read, meaning }) => {
    expect(await read()).toEqual(meaning);
  });
}
