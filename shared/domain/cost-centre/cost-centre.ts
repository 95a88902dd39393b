import { type Refusal, refusal } from '../../kernel/errors.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { isChartCode } from '../chart/code.ts';
import type { CommandArgs, CostCentreFields } from '../command/args.ts';
import type { CommandDefinition } from '../command/command.ts';
import { line } from '../command/line.ts';
import { mergeEdits } from '../command/merge-edits.ts';
import type { CostCentre } from '../rows.ts';

/** Reasons in COST_CENTRE_INVALID. grant_only: only a grant has this; order: it ends before it starts; negative: not above zero. */
export type CostCentreReason = 'empty' | 'format' | 'grant_only' | 'order' | 'negative';

/** Adds a department, a fund or a grant. */
export const createCostCentre: CommandDefinition<CommandArgs['costCentre.create']> = {
  name: 'costCentre.create',
  schemaVersion: 1,
  roles: ['college_accounts_admin', 'super_accountant'],
  documentId: (args) => args.costCentreId,
  audit: 'rows',
  async decide({ costCentreId, fields }, { collegeId }, books) {
    if ((await books.get('cost_centres', costCentreId)) !== undefined) {
      return err(refusal('INPUT_INVALID', { where: 'costCentreId: in use' }));
    }
    if (!isChartCode(fields.code)) return invalid('code', 'format');
    const before = await books.costCentreByCode(fields.code);
    if (before !== undefined) return err(refusal('COST_CENTRE_DUPLICATE', { code: before.code, name: before.name }));
    const read = readCostCentre({ ...fields, collegeId, id: costCentreId, isActive: true, revision: 1 });
    return read.ok ? ok([{ table: 'cost_centres', row: read.value }]) : read;
  },
};

/** Changes a cost centre or takes it out of use. */
export const editCostCentre: CommandDefinition<CommandArgs['costCentre.edit']> = {
  name: 'costCentre.edit',
  schemaVersion: 1,
  roles: createCostCentre.roles,
  documentId: (args) => args.costCentreId,
  audit: 'rows',
  async decide({ costCentreId, edits }, _context, books) {
    const centre = await books.get('cost_centres', costCentreId);
    if (centre === undefined) return err(refusal('NOT_FOUND', { what: 'cost centre' }));
    const { name, agency, sanctionNo, sanctionedPaise, startsOn, endsOn, isActive } = centre;
    const merged = mergeEdits({ name, agency, sanctionNo, sanctionedPaise, startsOn, endsOn, isActive }, edits);
    if (!merged.ok) return merged;
    const read = readCostCentre({ ...centre, ...merged.value, revision: centre.revision + 1 });
    return read.ok ? ok([{ table: 'cost_centres', row: read.value }]) : read;
  },
};

/** The cost centre as the books keep it. Refusal: COST_CENTRE_INVALID with `field` and `reason` (a `CostCentreReason`). */
function readCostCentre(centre: CostCentre): Result<CostCentre, Refusal> {
  const name = line(centre.name);
  if (name === null) return invalid('name', 'empty');
  const read: CostCentre = { ...centre, name, agency: line(centre.agency), sanctionNo: line(centre.sanctionNo) };
  if (read.kind !== 'grant') {
    const given = grantFields.find((field) => read[field] !== null);
    if (given !== undefined) return invalid(given, 'grant_only');
  }
  if (read.sanctionedPaise !== null && read.sanctionedPaise <= 0n) return invalid('sanctionedPaise', 'negative');
  if (read.startsOn !== null && read.endsOn !== null && read.endsOn < read.startsOn) return invalid('endsOn', 'order');
  return ok(read);
}

const grantFields = ['agency', 'sanctionNo', 'sanctionedPaise', 'startsOn', 'endsOn'] as const;

const invalid = (field: keyof CostCentreFields, reason: CostCentreReason) =>
  err(refusal('COST_CENTRE_INVALID', { field, reason }));
