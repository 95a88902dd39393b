import { expect, it } from 'vitest';
import { readTaxFile } from './dated-rows.ts';
import { gstRulesModule } from './gst-rules.ts';

const text = readTaxFile('resources/tax/gst.json');

it.each([
  ['a gap between two rows', '"to": "2024-07-31"', '"to": "2024-07-30"'],
  ['a source that nobody knows', '"source": "CGST s. 51(1)"', '"source": "Somebody said so"'],
  ['a supply that is there twice', '"supply": "coaching"', '"supply": "tuition"'],
  [
    'what is exempt and has a rate',
    '"treatment": "exempt", "percent": "0", "source": "CTR 12/2017 entry 66(a)"',
    '"treatment": "exempt", "percent": "18", "source": "CTR 12/2017 entry 66(a)"',
  ],
  [
    'a rate that was abolished',
    '"code": "9965",\n      "rows": [{ "from": "2017-07-01", "to": null, "percent": "5"',
    '"code": "9965",\n      "rows": [{ "from": "2017-07-01", "to": null, "percent": "12"',
  ],
  ['a code of five digits', '"code": "9983"', '"code": "99831"'],
  ['a state that is none', '["04", "26"', '["25", "26"'],
])('refuses %s', (_what, old, now) => {
  expect(text).toContain(old);
  expect(() => gstRulesModule(text.replace(old, now))).toThrow();
});
