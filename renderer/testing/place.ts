import type { Page } from 'playwright-core';
import type { Role } from '../../shared/domain/rows.ts';

/** A screen or dialog whose layout is tried, and the way to it. */
export interface Place {
  readonly role: Role;
  readonly path: string;
  readonly answers?: Readonly<Record<string, unknown>>;
  /** What goes on from there, such as a key that opens a dialog. */
  go?(page: Page): Promise<void>;
  /** What has to stand there in the end. */
  readonly shown: string;
}
