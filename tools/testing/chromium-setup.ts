import { chromiumPath } from '../chromium.ts';

/** Test workers inherit the environment, so the browser is looked for (or fetched) once per run. */
export async function setup(): Promise<void> {
  process.env.MUNIM_CHROMIUM = await chromiumPath();
}
