import { findNats } from './nats.ts';

/** Test workers inherit the environment, so the program is looked for (or fetched) once per run. Empty: there is none. */
export async function setup(): Promise<void> {
  process.env.MUNIM_NATS_SERVER ??= (await findNats()) ?? '';
}
