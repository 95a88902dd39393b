import { expect, test } from 'vitest';
import { editsOf, fieldsOf, typedOf } from './vendor-values.ts';

const fields = {
  name: 'Deccan Scientific Supplies',
  gstin: null,
  pan: 'AAPFU0939F',
  ifsc: 'MAHB0000123',
  accountNumber: '60123456789',
  accountName: null,
  email: null,
  phone: null,
};

test('what was not touched is not sent, also when it is empty', () => {
  expect(editsOf(fields, fieldsOf(typedOf(fields)))).toEqual({});
});

test('a change carries what stood there before; an emptied field becomes nothing', () => {
  const typed = { ...typedOf(fields), name: ' Deccan Scientific ', pan: '  ', phone: '02532345678' };
  expect(editsOf(fields, fieldsOf(typed))).toEqual({
    name: { from: 'Deccan Scientific Supplies', to: 'Deccan Scientific' },
    pan: { from: 'AAPFU0939F', to: null },
    phone: { from: null, to: '02532345678' },
  });
});
