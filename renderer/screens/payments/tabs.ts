import type { Role } from '../../../shared/domain/rows.ts';
import type { OrderStage } from '../../../shared/ipc/contract/payments.ts';

/** The parts of the screen, in their order and with the word that stands in the address. */
export const paymentTabs = ['pay', 'release', 'way', 'person', 'done', 'details', 'accounts'] as const;
export type PaymentTab = (typeof paymentTabs)[number];

export const isPaymentTab = (text: string): text is PaymentTab => paymentTabs.some((tab) => tab === text);

/** Where a person begins: who releases sees first what waits for him. */
export const firstTab = (role: Role): PaymentTab => (role === 'principal' ? 'release' : 'pay');

const tabOfStage: Readonly<Record<OrderStage, PaymentTab>> = {
  check: 'release',
  under_way: 'way',
  person: 'person',
  done: 'done',
};
/** The address at which an order of the stage is found. */
export const placeOf = (stage: OrderStage): string => `/payments/${tabOfStage[stage]}`;
