import type { Paise } from '../../kernel/money.ts';
import type { ReportCell, ReportCells, ReportLink, ReportRow, RowRange } from './document.ts';

/** The rows of a report as they are put down one under the other, with totals that are made from the rows they name. */
export class ReportSheet {
  readonly rows: ReportRow[] = [];

  heading(depth: number, label: string): void {
    this.rows.push({ kind: 'heading', depth, label });
  }

  /** @returns the place of the line, as totals name it */
  line(depth: number, cells: ReportCells, link?: ReportLink): RowRange {
    this.rows.push({ kind: 'line', depth, cells, ...(link === undefined ? {} : { link }) });
    return this.#last();
  }

  /** A total over these columns. `stated` are figures that were found in another way and must agree with the rows. */
  total(
    depth: number,
    label: string,
    columns: readonly string[],
    ranges: { readonly adds: readonly RowRange[]; readonly subtracts?: readonly RowRange[]; readonly strong?: boolean },
    stated: ReportCells = {},
  ): RowRange {
    const { adds, subtracts = [], strong } = ranges;
    const made = columns.map((key): [string, ReportCell] => [key, this.sum(key, adds) - this.sum(key, subtracts)]);
    this.rows.push({
      ...{ kind: 'total', depth, label, cells: { ...Object.fromEntries(made), ...stated }, adds: joined(adds) },
      ...(subtracts.length === 0 ? {} : { subtracts: joined(subtracts) }),
      ...(strong === undefined ? {} : { strong }),
    });
    return this.#last();
  }

  sum(key: string, ranges: readonly RowRange[]): Paise {
    let sum = 0n;
    for (const [from, to] of ranges) {
      for (let index = from; index <= to; index += 1) {
        const row = this.rows[index];
        const cell = row === undefined || row.kind === 'heading' ? null : row.cells[key];
        if (typeof cell === 'bigint') sum += cell;
      }
    }
    return sum;
  }

  #last(): RowRange {
    return [this.rows.length - 1, this.rows.length - 1];
  }
}

/** Ranges that follow one upon the other become one, so that a workbook's formula stays short. */
export function joined(ranges: readonly RowRange[]): readonly RowRange[] {
  const all: RowRange[] = [];
  for (const [from, to] of ranges) {
    const last = all.at(-1);
    if (last !== undefined && last[1] + 1 === from) all[all.length - 1] = [last[0], to];
    else all.push([from, to]);
  }
  return all;
}
