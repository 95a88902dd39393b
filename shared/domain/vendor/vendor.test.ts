import { describe, expect, it } from 'vitest';
import { CollegeWorld, expectOk, expectRefused, noVendor } from '../../testing/college-world.ts';
import type { VendorFields } from '../command/args.ts';
import { nameKey } from './name-key.ts';

const create = (world: CollegeWorld, fields: Partial<VendorFields>) =>
  world.run('vendor.create', { vendorId: world.newId(), fields: { ...noVendor, ...fields } }, world.accountant);

describe('the folded name', () => {
  it.each([
    ['M/s. ABC Traders Pvt. Ltd.', 'Abc  Traders Private Limited'],
    ['Ravi & Sons', 'RAVI and sons'],
    ["St. Mary's Press", 'St Marys Press'],
    ['ＡＢＣ Traders', 'abc traders'],
    ['श्री गणेश ट्रेडर्स', ' श्री  गणेश ट्रेडर्स '],
    ['M/S Om Stores', 'om stores'],
  ])('is one for %j and %j', (a, b) => {
    expect(nameKey(a)).toBe(nameKey(b));
  });

  it.each([
    ['Ms Kavita Rao', 'Kavita Rao'],
    ['ABC Traders', 'ABC Traders 2'],
    ['श्री गणेश', 'श्री गणेशा'],
    ['!!', '??'],
  ])('tells %j from %j', (a, b) => {
    expect(nameKey(a)).not.toBe(nameKey(b));
    expect(nameKey(a)).not.toBe('');
  });
});

describe('a new vendor', () => {
  it('is kept in clean form, the PAN taken from the GSTIN', async () => {
    const world = await CollegeWorld.create();
    const given = {
      name: '  Deccan   Paper Mart ',
      gstin: '27aapfu0939f1zv',
      ifsc: 'hdfc0001234',
      accountNumber: '5010 0012 3456',
    };
    const applied = expectOk(await create(world, { ...given, email: ' a@b.in ', phone: '+91 98200 12345' }));
    expect(applied.changes.map(({ table }) => table)).toEqual(['vendors', 'beneficiaries']);
    expect(world.books.rows('vendors')[0]).toMatchObject({
      name: 'Deccan Paper Mart',
      nameKey: 'deccan paper mart',
      gstin: '27AAPFU0939F1ZV',
      pan: 'AAPFU0939F',
      ifsc: 'HDFC0001234',
      accountNumber: '501000123456',
      email: 'a@b.in',
      isActive: true,
      revision: 1,
      createdBy: world.accountant.id,
    });
  });

  it.each([
    [{ name: '   ' }, 'name', 'empty'],
    [{ gstin: '27AAPFU0939F1ZX' }, 'gstin', 'check_digit'],
    [{ pan: 'AAPDU0939F' }, 'pan', 'holder'],
    [{ gstin: '27AAPFU0939F1ZV', pan: 'AAPFU0938F' }, 'pan', 'gstin_pan'],
    [{ ifsc: 'HDFCO001234', accountNumber: '501000123456' }, 'ifsc', 'fifth'],
    [{ ifsc: 'HDFC0001234', accountNumber: '12' }, 'accountNumber', 'length'],
    [{ ifsc: 'HDFC0001234' }, 'accountNumber', 'pair'],
    [{ accountNumber: '501000123456' }, 'ifsc', 'pair'],
    [{ email: 'nobody' }, 'email', 'format'],
    [{ phone: 'call me' }, 'phone', 'format'],
  ] as const)('with %j is refused', async (fields, field, reason) => {
    const world = await CollegeWorld.create();
    expect(expectRefused(await create(world, { name: 'Om Stores', ...fields }))).toEqual({
      code: 'VENDOR_INVALID',
      details: { field, reason },
    });
  });

  it('is refused when its GSTIN or its name is there already', async () => {
    const world = await CollegeWorld.create();
    const vendorId = await world.vendor({ name: 'M/s Om Stores', gstin: '27AAPFU0939F1ZV' });
    const byName = expectRefused(await create(world, { name: 'OM STORES' }));
    expect(byName).toEqual({ code: 'VENDOR_DUPLICATE', details: { field: 'name', name: 'M/s Om Stores', vendorId } });
    const byGstin = expectRefused(await create(world, { name: 'Another', gstin: '27AAPFU0939F1ZV' }));
    expect(byGstin.details).toMatchObject({ field: 'gstin', name: 'M/s Om Stores' });
    const sameId = await world.run(
      'vendor.create',
      { vendorId, fields: { ...noVendor, name: 'Third' } },
      world.accountant,
    );
    expect(expectRefused(sameId).code).toBe('INPUT_INVALID');
  });
});

describe('a vendor in the books', () => {
  it('takes edits of two people to different fields and refuses a second one to the same', async () => {
    const world = await CollegeWorld.create();
    const vendorId = await world.vendor({ name: 'Om Stores', phone: '020 1234567' });
    const edit = (edits: Parameters<typeof world.run<'vendor.edit'>>[1]['edits']) =>
      world.run('vendor.edit', { vendorId, edits }, world.secondAccountant);
    expectOk(await edit({ phone: { from: '020 1234567', to: '020 7654321' } }));
    expectOk(
      await edit({ email: { from: null, to: 'om@stores.in' }, name: { from: 'Om Stores', to: 'Om Stores Pune' } }),
    );
    expect(world.books.rows('vendors')[0]).toMatchObject({
      name: 'Om Stores Pune',
      nameKey: 'om stores pune',
      phone: '020 7654321',
      email: 'om@stores.in',
      revision: 3,
    });
    const refused = expectRefused(await edit({ phone: { from: '020 1234567', to: '999999' } }));
    expect(refused).toEqual({
      code: 'COMMAND_CONFLICT',
      details: { fields: 'phone', mine: '{"phone":"999999"}', theirs: '{"phone":"020 7654321"}' },
    });
    expect(expectRefused(await edit({ gstin: { from: null, to: '27X' } })).code).toBe('VENDOR_INVALID');
  });

  it('keeps its own GSTIN through an edit, and cannot take that of another', async () => {
    const world = await CollegeWorld.create();
    const vendorId = await world.vendor({ name: 'First', gstin: '27AAPFU0939F1ZV' });
    const second = await world.vendor({ name: 'Second' });
    const phone = { phone: { from: null, to: '020 7654321' } };
    expectOk(await world.run('vendor.edit', { vendorId, edits: phone }, world.accountant));
    expect(world.books.rows('vendors')[0]).toMatchObject({ gstin: '27AAPFU0939F1ZV', phone: '020 7654321' });
    const gstin = { gstin: { from: null, to: '27AAPFU0939F1ZV' } };
    const refused = expectRefused(await world.run('vendor.edit', { vendorId: second, edits: gstin }, world.accountant));
    expect(refused.details).toMatchObject({ field: 'gstin', name: 'First' });
  });

  it('cannot take the name of another', async () => {
    const world = await CollegeWorld.create();
    await world.vendor({ name: 'First' });
    const vendorId = await world.vendor({ name: 'Second' });
    const edits = { name: { from: 'Second', to: 'FIRST' } };
    expect(expectRefused(await world.run('vendor.edit', { vendorId, edits }, world.accountant)).code).toBe(
      'VENDOR_DUPLICATE',
    );
    const unknown = await world.run('vendor.edit', { vendorId: world.newId(), edits }, world.accountant);
    expect(expectRefused(unknown)).toEqual({ code: 'NOT_FOUND', details: { what: 'vendor' } });
  });
});
