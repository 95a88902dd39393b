import { expect, it } from 'vitest';
import { commandChannels, zCommandInput } from './commands.ts';

it('tells every command by its name, each once', () => {
  const names = zCommandInput.options.map((option) => option.shape.name.value);
  expect(new Set(names).size).toBe(names.length);
  // The library looks at the names only when the first one is read: a name that is there twice refuses all.
  expect(commandChannels['commands.run'].input.safeParse({ name: 'no.such' }).success).toBe(false);
});

it('takes what a bank said as the word of a person only, and lets no screen take or export a payment', () => {
  const outcomes = [
    {
      ...{ orderId: '0193a0c4-9000-7000-8000-00000000000a', fence: 1, state: 'paid', providerId: null, utr: 'U' },
      ...{ bookedOn: '2026-11-20', failure: null, chargesPaise: null },
    },
  ];
  const said = (source: string) => ({
    ...{ collegeId: '0193a0c4-9000-7000-8000-00000000000b', name: 'order.record' },
    args: { batchId: '0193a0c4-9000-7000-8000-00000000000c', source, outcomes },
  });
  expect(zCommandInput.safeParse(said('person')).success).toBe(true);
  for (const source of ['send', 'enquiry', 'webhook', 'statement']) {
    expect(zCommandInput.safeParse(said(source)).success, source).toBe(false);
  }
  const names: readonly string[] = zCommandInput.options.map((option) => option.shape.name.value);
  expect(names.filter((name) => name === 'order.take' || name === 'order.export')).toEqual([]);
});
