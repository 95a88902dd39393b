import { type CallExpression, type Expression, type NewExpression, Visitor } from 'oxc-parser';
import { isBelow, isTestFile } from './layers.ts';
import type { SourceFile } from './source-file.ts';
import type { Violation } from './violation.ts';

/** Where the clock and chance may be asked directly; everything else gets them through a port. */
const ambientFolders = ['shared/ports', 'electron/adapters', 'sync-server/adapters', 'tools', 'bench', 'e2e'];
const ambientFiles = ['renderer/host/system.ts', 'shared/testing/seed.ts', 'vitest.config.ts'];
const ambientCalls = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'crypto.randomUUID',
  'crypto.getRandomValues',
]);

/** Folders in which amounts are worked with. */
const moneyFolders = [
  'shared/kernel',
  'shared/domain',
  'shared/connectors',
  'shared/db',
  'electron/services',
  'electron/host',
  'electron/adapters',
  'sync-server',
  'renderer',
];
/** Hand amounts to something that knows floats only; each keeps the exact figure beside it or refuses what does not fit. */
const floatBorders = [
  // Lengths on the screen.
  'renderer/components/chart.tsx',
  // The cells of a workbook are doubles by its format.
  'electron/adapters/workbook/money-value.ts',
];
const moneyWords = /paise|rupee|amount|total|balance|taxable|[csi]gst|\btds|debit|credit|budget|spent|committed/i;

/** Calls that would make the program depend on when and where it runs, or money inexact. */
export function checkCalls(file: SourceFile): Violation[] {
  if (isTestFile(file.path)) return [];
  const found: Violation[] = [];
  const add = (rule: string, node: { readonly start: number }, problem: string): void => {
    found.push({ rule, path: file.path, line: file.lineAt(node.start), problem });
  };
  const mayAskWorld = ambientFolders.some((folder) => isBelow(file.path, folder)) || ambientFiles.includes(file.path);
  const money = moneyFolders.some((folder) => isBelow(file.path, folder)) && !floatBorders.includes(file.path);
  new Visitor({
    CallExpression: (node) => {
      const name = calleeName(node.callee);
      if (!mayAskWorld && ambientCalls.has(name.replace(/^(globalThis|window)\./, ''))) {
        add('ambient', node, `${name}() comes through a port (shared/ports)`);
      }
      if (money) checkMoneyCall(file, node, name, add);
    },
    NewExpression: (node) => {
      if (!mayAskWorld && isNow(node)) add('ambient', node, 'new Date() comes through the clock port');
    },
  }).visit(file.program);
  return found;
}

const isNow = (node: NewExpression): boolean => calleeName(node.callee) === 'Date' && node.arguments.length === 0;

function checkMoneyCall(
  file: SourceFile,
  node: CallExpression,
  name: string,
  add: (rule: string, node: { readonly start: number }, problem: string) => void,
): void {
  if (name === 'parseFloat' || name === 'Number.parseFloat') add('exact-money', node, 'amounts are never floats');
  if (name.endsWith('.toFixed')) add('exact-money', node, 'amounts are written by shared/kernel/money.ts');
  const [argument] = node.arguments;
  if (name !== 'Number' || argument === undefined) return;
  const text = file.text.slice(argument.start, argument.end);
  if (moneyWords.test(text)) add('exact-money', node, `Number(${text}) makes an amount a float`);
}

/** `a.b.c` for a plain chain of names, with `?` for what is not one. */
function calleeName(node: Expression | { readonly type: string }): string {
  if (node.type === 'Identifier' && 'name' in node) return String(node.name);
  if (node.type !== 'MemberExpression' || !('object' in node) || !('property' in node)) return '?';
  const { object, property } = node;
  if (property.type !== 'Identifier') return '?';
  return `${calleeName(object)}.${property.name}`;
}

/** Attributes that people read or hear. */
const spokenAttributes = new Set([
  'title',
  'alt',
  'label',
  'placeholder',
  'aria-label',
  'aria-description',
  'description',
]);
const WORD = /\p{L}{2,}/u;

/** Text on the screen comes from the message catalogue, in both languages. The names on keys (`<kbd>`) are the same in all. */
export function checkScreenText(file: SourceFile): Violation[] {
  if (!isBelow(file.path, 'renderer') || isBelow(file.path, 'renderer/i18n') || isTestFile(file.path)) return [];
  const found: Violation[] = [];
  const keys: { readonly start: number; readonly end: number }[] = [];
  const add = (node: { readonly start: number }, text: string): void => {
    if (keys.some(({ start, end }) => start <= node.start && node.start < end)) return;
    const problem = `"${text.trim().slice(0, 40)}" belongs in the message catalogue`;
    found.push({ rule: 'screen-text', path: file.path, line: file.lineAt(node.start), problem });
  };
  new Visitor({
    JSXElement: (node) => {
      const { name } = node.openingElement;
      if (name.type === 'JSXIdentifier' && /^kbd$/i.test(name.name)) keys.push(node);
      for (const child of node.children) {
        if (child.type === 'JSXExpressionContainer' && isText(child.expression)) add(child, child.expression.value);
      }
    },
    JSXText: (node) => {
      if (WORD.test(node.value)) add(node, node.value);
    },
    JSXAttribute: (node) => {
      const name = node.name.type === 'JSXIdentifier' ? node.name.name : '';
      if (!spokenAttributes.has(name) || node.value === null) return;
      const value = node.value.type === 'JSXExpressionContainer' ? node.value.expression : node.value;
      if (isText(value)) add(node, value.value);
    },
  }).visit(file.program);
  return found;
}

const isText = (node: { readonly type: string }): node is { readonly type: 'Literal'; readonly value: string } =>
  node.type === 'Literal' && 'value' in node && typeof node.value === 'string' && WORD.test(node.value);
