import { describe, expect, it } from 'vitest';
import { gstLimit, isGstRate, isHsnSplit, reverseChargeOn, supplyRule } from './gst-rules.ts';
import { isUnionTerritory, placeOfSupply, type Recipient, type SupplyPlace, supplyKind } from './place-of-supply.ts';

describe('the rates', () => {
  it.each([
    [1_200n, '2025-09-21', true],
    [1_200n, '2025-09-22', false],
    [4_000n, '2025-09-21', false],
    [4_000n, '2025-09-22', true],
    [1_800n, '2017-06-30', false],
    [1_801n, '2026-04-01', false],
  ] as const)('%s basis points on %s: %s', (basisPoints, date, isRate) => {
    expect(isGstRate(basisPoints, date)).toBe(isRate);
  });
});

it('has limits and tables by their day', () => {
  expect([gstLimit('b2c_large', '2024-07-31'), gstLimit('b2c_large', '2024-08-01')]).toEqual([
    2_50_000_00n,
    1_00_000_00n,
  ]);
  expect(gstLimit('hostel_month', '2024-07-14')).toBeUndefined();
  expect([isHsnSplit('2025-04-30'), isHsnSplit('2025-05-01')]).toEqual([false, true]);
});

describe('what a college supplies', () => {
  it.each([
    ['tuition', '2026-11-29', 'exempt', 0n],
    ['research_grant', '2024-10-09', 'taxable', 1_800n],
    ['research_grant', '2024-10-10', 'exempt', 0n],
    ['affiliation', '2026-11-29', 'contested', 1_800n],
    ['catering', '2026-11-29', 'taxable', 1_800n],
  ] as const)('%s on %s is %s', (supply, date, treatment, basisPoints) => {
    expect(supplyRule(supply, date)).toMatchObject({ treatment, basisPoints });
  });

  it('has no rule before there was one', () => {
    expect(supplyRule('hostel_of_others_within_limit', '2024-07-14')).toBeUndefined();
  });
});

describe('reverse charge', () => {
  const company = { isBodyCorporate: true, isRegistered: true, isAbroad: false };
  const landlord = { isBodyCorporate: false, isRegistered: false, isAbroad: false };
  const foreign = { isBodyCorporate: true, isRegistered: false, isAbroad: true };
  it.each([
    ['advocate', '2026-11-29', landlord, 1_800n],
    ['advocate', '2026-11-29', company, 1_800n],
    ['goods_transport', '2026-11-29', landlord, 500n],
    ['security', '2026-11-29', company, undefined],
    ['security', '2026-11-29', landlord, 1_800n],
    ['security', '2018-12-31', landlord, undefined],
    ['sponsorship', '2025-01-15', company, 1_800n],
    ['sponsorship', '2025-01-16', company, undefined],
    ['commercial_rent', '2024-10-09', landlord, undefined],
    ['commercial_rent', '2024-10-10', landlord, 1_800n],
    ['commercial_rent', '2024-10-10', company, undefined],
    ['import_of_services', '2026-11-29', foreign, 1_800n],
    ['import_of_services', '2026-11-29', company, undefined],
    ['advocate', '2026-11-29', foreign, undefined],
  ] as const)('%s on %s', (service, date, supplier, basisPoints) => {
    expect(reverseChargeOn(service, date, supplier)?.basisPoints).toBe(basisPoints);
  });
});

describe('the place of supply', () => {
  const registered: Recipient = { isRegistered: true, stateCode: '29', isAbroad: false };
  const person: Recipient = { isRegistered: false, stateCode: null, isAbroad: false };
  const abroad: Recipient = { isRegistered: false, stateCode: null, isAbroad: true };
  it.each<readonly [string, SupplyPlace, Recipient, string]>([
    ['goods where they are delivered', { of: 'goods', deliveredIn: '33', orderedFrom: null }, registered, '33'],
    [
      'goods sent on to another where they were ordered',
      { of: 'goods', deliveredIn: '33', orderedFrom: '09' },
      registered,
      '09',
    ],
    ['goods that leave India', { of: 'goods', deliveredIn: '33', orderedFrom: null }, abroad, '96'],
    ['a service where the recipient is registered', { of: 'service' }, registered, '29'],
    ['a service to somebody of whom nothing is known where the college is', { of: 'service' }, person, '27'],
    ['a service to somebody whose address is known there', { of: 'service' }, { ...person, stateCode: '24' }, '24'],
    ['a service abroad', { of: 'service' }, abroad, '96'],
    ['a hall where it stands', { of: 'property', propertyIn: '30' }, registered, '30'],
    ['a training of a registered one where he is', { of: 'training', performedIn: '30' }, registered, '29'],
    ['a training of others where it is held', { of: 'training', performedIn: '30' }, person, '30'],
    ['an event where it is held', { of: 'event', heldIn: '07' }, registered, '07'],
  ])('of %s', (_what, supply, recipient, place) => {
    expect(placeOfSupply('27', supply, recipient)).toBe(place);
  });

  it('makes a supply one within a state or between states', () => {
    expect([supplyKind('27', '27', false), supplyKind('27', '29', false)]).toEqual(['intra', 'inter']);
    expect([supplyKind('27', '27', true), supplyKind('27', '96', false)]).toEqual(['inter', 'inter']);
    expect([isUnionTerritory('04'), isUnionTerritory('07'), isUnionTerritory('34')]).toEqual([true, false, false]);
  });
});
