import { type Refusal, refusal } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { ImportedRow, VendorFields } from '../command/args.ts';
import type { BooksReader, CommandContext } from '../command/command.ts';
import { nameOf } from '../command/context.ts';
import type { Change, Vendor } from '../rows.ts';
import { newVendor } from './create.ts';
import { readVendorFields } from './fields.ts';
import { nameKey } from './name-key.ts';

/**
 * The vendors of one imported file: those the books know, found by GSTIN and then by folded name, and those made from its rows. A new
 * vendor's id follows from its folded name, so that two desks that import the same vendor offline make the same row.
 */
export class VendorsOfImport {
  readonly #context: CommandContext;
  readonly #books: BooksReader;
  readonly #byKey = new Map<string, Vendor>();
  readonly #byGstin = new Map<string, Vendor>();
  readonly #written = new Map<Id, Vendor>();

  constructor(context: CommandContext, books: BooksReader) {
    this.#context = context;
    this.#books = books;
  }

  /** New and completed vendors, each once. */
  changes(): readonly Change[] {
    return [...this.#written.values()].map((row) => ({ table: 'vendors', row }));
  }

  /** Refusal: VENDOR_INVALID. */
  async find(row: ImportedRow): Promise<Result<Vendor, Refusal>> {
    const read = readVendorFields({ ...noFields, name: row.vendorName, gstin: row.vendorGstin, pan: row.vendorPan });
    if (!read.ok) return read;
    const fields = read.value;
    const vendor = await this.#match(fields);
    if (vendor !== undefined && !vendor.isActive) {
      return err(refusal('VENDOR_INVALID', { field: 'name', reason: 'inactive' }));
    }
    return ok(vendor === undefined ? await this.#make(fields) : this.#complete(vendor, fields));
  }

  async #match(fields: VendorFields): Promise<Vendor | undefined> {
    const { gstin } = fields;
    const mark = gstin ?? fields.pan;
    const byGstin = gstin === null ? undefined : (this.#byGstin.get(gstin) ?? (await this.#books.vendorByGstin(gstin)));
    if (byGstin !== undefined) return this.#newest(byGstin);
    const byName = await this.#named(nameKey(fields.name));
    if (byName !== undefined && fits(byName, fields)) return byName;
    return mark === null ? undefined : this.#named(nameKey(markedName(fields.name, mark)));
  }

  async #named(key: string): Promise<Vendor | undefined> {
    const found = this.#byKey.get(key) ?? (await this.#books.vendorByNameKey(key));
    return found === undefined ? undefined : this.#newest(found);
  }

  /** The books answer with a vendor as it was before this file. */
  #newest(vendor: Vendor): Vendor {
    return this.#written.get(vendor.id) ?? vendor;
  }

  /** Keeps what the file knows of a vendor and the books do not yet; what the books have stays as it is. */
  #complete(vendor: Vendor, fields: VendorFields): Vendor {
    const gstin = vendor.gstin ?? fields.gstin;
    const pan = vendor.pan ?? fields.pan;
    if (gstin === vendor.gstin && pan === vendor.pan) return vendor;
    const fresh = this.#written.has(vendor.id);
    return this.#keep({ ...vendor, gstin, pan, revision: fresh ? vendor.revision : vendor.revision + 1 });
  }

  async #make(given: VendorFields): Promise<Vendor> {
    const taken = (await this.#named(nameKey(given.name))) !== undefined;
    const mark = given.gstin ?? given.pan;
    // Another one under the same name, such as a branch in another state, is told apart by its GSTIN or PAN.
    const name = taken && mark !== null ? markedName(given.name, mark) : given.name;
    const key = nameKey(name);
    const id = this.#context.namedId(nameOf('vendor', key));
    // The id is in use when that vendor was renamed since; the new one then gets an id of its own.
    const renamed = this.#written.has(id) || (await this.#books.get('vendors', id)) !== undefined;
    const own = renamed ? this.#context.derivedId(nameOf('vendor', key)) : id;
    return this.#keep(newVendor(own, { ...given, name }, this.#context));
  }

  #keep(vendor: Vendor): Vendor {
    this.#written.set(vendor.id, vendor);
    this.#byKey.set(vendor.nameKey, vendor);
    if (vendor.gstin !== null) this.#byGstin.set(vendor.gstin, vendor);
    return vendor;
  }
}

/** Whether the row can mean this vendor: it names no other GSTIN and no other PAN. */
function fits(vendor: Vendor, fields: VendorFields): boolean {
  const sameGstin = vendor.gstin === null || fields.gstin === null || vendor.gstin === fields.gstin;
  const samePan = vendor.pan === null || fields.pan === null || vendor.pan === fields.pan;
  return sameGstin && samePan;
}

const markedName = (name: string, mark: string): string => `${name} (${mark})`;

const noFields = { ifsc: null, accountNumber: null, accountName: null, email: null, phone: null };
