import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumArgs, chromiumPath } from './chromium.ts';
import { projectRoot } from './run.ts';

/** Draws `resources/icons/icon.png` (512) and `icon.ico` (256, for Windows) from `icon.svg`: `node tools/make-icons.ts`. */
const folder = join(projectRoot, 'resources', 'icons');
const svg = readFileSync(join(folder, 'icon.svg'), 'utf8');
const browser = await chromium.launch({ executablePath: await chromiumPath(), args: chromiumArgs() });

async function draw(size: number): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  return await page.screenshot({ omitBackground: true });
}

/** An icon file with one picture: the header names its place, the picture itself stays PNG (Windows Vista and later). */
function iconFile(png: Buffer): Buffer {
  const header = Buffer.alloc(22);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(1, 4);
  // Width and height of 256 are written as 0.
  header.writeUInt16LE(1, 10);
  header.writeUInt16LE(32, 12);
  header.writeUInt32LE(png.length, 14);
  header.writeUInt32LE(header.length, 18);
  return Buffer.concat([header, png]);
}

writeFileSync(join(folder, 'icon.png'), await draw(512));
writeFileSync(join(folder, 'icon.ico'), iconFile(await draw(256)));
await browser.close();
