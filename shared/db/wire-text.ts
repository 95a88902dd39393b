import type { TableName } from '../domain/rows.ts';
import { columnsOf } from './tables.ts';

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * The SQL that writes one row as canonical text. The database does it, because taking a hundred thousand rows apart and putting them
 * together again in JavaScript is what makes a new desk wait. `to_json` escapes text exactly as `JSON.stringify` does.
 */
export function wireTextOf(table: TableName): string {
  const parts: string[] = [literal('{"id":"'), '"id"', literal('","row":{')];
  const columns = columnsOf(table)
    .filter(({ key }) => key !== 'version')
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  columns.forEach(({ key, name, type, notNull }, index) => {
    const column = `"${name}"`;
    const before = `${index === 0 ? '' : ','}${JSON.stringify(key)}:`;
    const form = {
      uuid: `'"' || ${column}::text || '"'`,
      bigint: `'{"$n":"' || ${column}::text || '"}'`,
      number: `${column}::text`,
      boolean: `${column}::text`,
      string: `to_json(${column})::text`,
    }[type];
    parts.push(literal(before), notNull ? form : `coalesce(${form}, 'null')`);
  });
  parts.push(literal(`},"table":${JSON.stringify(table)},"version":`), '"version"', literal('}'));
  return `concat(${parts.join(', ')})`;
}
