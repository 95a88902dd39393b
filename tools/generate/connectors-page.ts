import type { Evidence, Field, Manifest } from '../../shared/connectors/_kit/manifest.ts';
import { connectorFolders, manifestOf } from './connector-folders.ts';

const evidenceMeaning: Readonly<Record<Evidence, string>> = {
  'contract-tested': 'tried against a contract or server that others wrote',
  'fixture-tested': 'tried against published examples only',
  'emulator-tested': 'tried against our own reading of the document only',
  'live-verified': 'tried against the real thing',
};

/** `docs/connectors.md`: what Munim can be connected to, how far each is known to be right, and what setting it up asks for. */
export async function connectorsPage(): Promise<string> {
  const manifests = await Promise.all(connectorFolders().map((folder) => manifestOf(folder)));
  return [
    '# Connectors',
    '',
    'Made by `npm run generate` from `shared/connectors/*/*/manifest.ts`; do not edit. `docs/connectors-sandbox.md` tells how to rehearse with them.',
    '',
    '| connector | what it does | signs on with | certificate of ours | requests a minute | amounts | evidence |',
    '|---|---|---|---|---|---|---|',
    ...manifests.map(row),
    '',
    ...Object.entries(evidenceMeaning).map(([evidence, meaning]) => `- \`${evidence}\`: ${meaning}`),
    '',
    ...manifests.flatMap(section),
  ].join('\n');
}

const row = ({ id, family, name, capabilities, auth, mutualTls, limits, units, evidence }: Manifest): string =>
  `| ${[
    `${cell(name)} (\`${family}/${id}\`)`,
    capabilities.map(words).join(', '),
    words(auth),
    mutualTls ? 'yes' : 'no',
    String(limits.requestsPerMinute ?? 'no limit said'),
    units,
    `\`${evidence}\``,
  ].join(' | ')} |`;

function section(manifest: Manifest): string[] {
  const { name, evidenceNote, docs, baseUrls, settings, secrets } = manifest;
  const fields = (list: readonly Field[]): string =>
    list.map((field) => `\`${field.name}\`${field.isOptional ? ' (may be left out)' : ''}`).join(', ') || 'none';
  return [
    `## ${name}`,
    '',
    evidenceNote,
    '',
    `- document: ${docs}`,
    `- address: ${baseUrls.production}${baseUrls.sandbox === null ? '; it has no place for trials' : `, for trials ${baseUrls.sandbox}`}`,
    `- settings: ${fields(settings)}`,
    `- secrets, kept in the vault: ${fields(secrets)}`,
    '',
  ];
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
const words = (text: string): string => text.replaceAll('_', ' ');
