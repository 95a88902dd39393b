import type { PaymentInstruction } from '../bank.ts';

/** A payment with invented names, to be changed where a test is about something else. */
export const somePayment = (change: Partial<PaymentInstruction> = {}): PaymentInstruction => ({
  orderId: '0199b1c2-7f00-7a11-8b22-5c3d4e5f6a70',
  reference: 'MN0000000001',
  debitAccount: '012345678901',
  debitIfsc: 'ICIC0000104',
  beneficiaryName: 'Deccan Lab Supplies',
  beneficiaryAccount: '000987654321',
  beneficiaryIfsc: 'SBIN0000300',
  amountPaise: 1_25_000_50n,
  mode: 'neft',
  purpose: 'Glassware',
  ...change,
});
