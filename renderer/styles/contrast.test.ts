/// <reference types="node" />
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const tokensCss = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const themes = ['light', 'dark'] as const;
type Theme = (typeof themes)[number];

/** Reads `--name: light-dark(#…, #…)` out of the tokens. */
function colour(name: string, theme: Theme): string {
  const match = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(tokensCss);
  const found = match?.[theme === 'light' ? 1 : 2];
  if (found === undefined) throw new Error(`no colour --${name}`);
  return found;
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['bg', 'surface', 'surface-raised', 'surface-sunken', 'row-hover'];

/** Text on what it stands on: AA asks for 4.5. */
const texts: readonly (readonly [string, string])[] = [
  ...['text', 'text-muted', 'accent-text'].flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ...['accent-soft', 'quiet-soft', 'ok-soft', 'warn-soft', 'bad-soft'].map((ground) => ['text', ground] as const),
  ...['accent-soft', 'quiet-soft'].map((ground) => ['text-muted', ground] as const),
  ['accent-text', 'accent-soft'],
  ['ok', 'ok-soft'],
  ['warn', 'warn-soft'],
  ['bad', 'bad-soft'],
  ['bad', 'bg'],
  ['bad', 'surface'],
  ['bad', 'surface-raised'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-danger', 'danger'],
  ['bg', 'text'],
];

/** Edges of controls, focus rings and bars: AA asks for 3. */
const shapes: readonly (readonly [string, string])[] = [
  ...grounds.map((ground) => ['line-strong', ground] as const),
  ...grounds.map((ground) => ['focus', ground] as const),
  ...['chart-1', 'chart-2', 'chart-3', 'chart-4'].map((bar) => [bar, 'surface'] as const),
  ['accent', 'quiet-soft'],
  ['danger', 'quiet-soft'],
  ['warn', 'quiet-soft'],
  ['ok', 'quiet-soft'],
];

for (const theme of themes) {
  test.each(texts)(`${theme}: %s can be read on %s`, (text, ground) => {
    expect(contrast(colour(text, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });
  test.each(shapes)(`${theme}: %s can be seen on %s`, (shape, ground) => {
    expect(contrast(colour(shape, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3);
  });
}

test('every colour of the tokens is in one of the pairs, so that a new one cannot slip by', () => {
  const all = [...tokensCss.matchAll(/--([\w-]+): light-dark\(#/g)].map(([, name = '']) => name);
  const paired = new Set([...texts, ...shapes].flat());
  // A hairline separates what also has space between; it carries no meaning of its own.
  expect(all.filter((name) => !paired.has(name))).toEqual(['line']);
});
