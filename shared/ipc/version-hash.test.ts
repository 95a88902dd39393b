import { expect, test } from 'vitest';
import type { Plain } from '../kernel/canonical.ts';
import { formOf, hashOfForms } from '../testing/wire-form.ts';
import { contract, events } from './contract.ts';

/**
 * The form of everything between the screens and the desk. Both come in one package, but a page that was left open may be older than
 * the desk behind it: a change ought to be one on purpose. When this test fails, look at what changed and write the new hash down.
 */
const hash = '4e4225b3c9f1a0db0aa50231890af32f2cf07fbc47a102904715bd2e67ad978e';

function contractForm(): Record<string, Plain> {
  const forms: Record<string, Plain> = {};
  for (const [name, { input, output }] of Object.entries(contract)) {
    forms[name] = { input: formOf(input), output: formOf(output) };
  }
  for (const [name, schema] of Object.entries(events)) forms[`event ${name}`] = formOf(schema);
  return forms;
}

test('the form of the contract is the one that was written down', () => {
  expect(hashOfForms(contractForm())).toBe(hash);
});
