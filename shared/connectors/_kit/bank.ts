import type { PaymentMode, PaymentNews } from '../../domain/payment-order/news.ts';
import type { StatementEntry } from '../../domain/statement/model.ts';
import type { IsoDate } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Paise } from '../../kernel/money.ts';
import type { Manifest } from './manifest.ts';
import type { AccessToken, ConnectorOperation } from './operation.ts';
import type { Webhook } from './webhook.ts';

/** A bank or payment gateway as Munim uses it, whatever its wire looks like. Operations that it does not offer are absent. */
export interface BankConnector {
  readonly manifest: Manifest;
  /** Where the manifest says `oauth2`. */
  readonly token?: ConnectorOperation<null, AccessToken>;
  readonly balance?: ConnectorOperation<AccountQuestion, Balance>;
  readonly statement?: ConnectorOperation<StatementQuestion, StatementPage>;
  readonly pay?: ConnectorOperation<PaymentInstruction, PaymentNews>;
  readonly payBulk?: ConnectorOperation<BulkInstruction, BulkReceipt>;
  /** What became of a payment, asked by our reference or, where the bank wants it, by its own id. */
  readonly enquire?: ConnectorOperation<PaymentQuestion, PaymentNews>;
  readonly webhook?: Webhook;
}

export interface AccountQuestion {
  readonly accountNumber: string;
}

export interface Balance {
  readonly availablePaise: Paise;
  readonly currentPaise: Paise | null;
  /** Milliseconds UTC. */
  readonly at: number;
}

export interface StatementQuestion {
  readonly accountNumber: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** As the page before gave it; null for the first. */
  readonly page: string | null;
}

export interface StatementPage {
  /** Oldest first within the page. */
  readonly entries: readonly StatementEntry[];
  readonly openingPaise: Paise | null;
  readonly closingPaise: Paise | null;
  readonly nextPage: string | null;
}

/** One payment to be made. `orderId` and `reference` name it for ever: whatever is sent again is sent with the same. */
export interface PaymentInstruction {
  readonly orderId: Id;
  /** What the bank is told to call it, at most 20 letters and figures. */
  readonly reference: string;
  readonly debitAccount: string;
  readonly debitIfsc: string;
  readonly beneficiaryName: string;
  readonly beneficiaryAccount: string;
  readonly beneficiaryIfsc: string;
  readonly amountPaise: Paise;
  readonly mode: PaymentMode;
  readonly purpose: string;
}

export interface BulkInstruction {
  readonly batchId: Id;
  readonly debitAccount: string;
  readonly debitIfsc: string;
  readonly paymentDate: IsoDate;
  readonly payments: readonly PaymentInstruction[];
}

export interface BulkReceipt {
  readonly batchId: Id;
  /** The bank's name of the batch. */
  readonly providerId: string | null;
  /** One for each payment, by its reference. */
  readonly rows: readonly PaymentNews[];
}

export interface PaymentQuestion {
  readonly orderId: Id;
  readonly reference: string;
  readonly providerId: string | null;
  readonly batchId: Id | null;
  readonly debitAccount: string;
}
