import { limits } from '../../kernel/limits.ts';
import type { Account, Category } from '../rows.ts';
import { foldText } from './clean-text.ts';
import { type RowCells, shortened } from './row-cells.ts';

type ListedCategory = Pick<Category, 'code' | 'label' | 'labelHi' | 'defaultAccountCode'>;
type ListedAccount = Pick<Account, 'code' | 'name' | 'category'>;

export interface ExpenseHead {
  readonly category: string;
  readonly categoryLabel: string;
  readonly accountCode: string;
}

/** Finds category and GL code by code, by label in either language, or by the words colleges use for them. */
export class HeadLookup {
  readonly #categories = new Map<string, ListedCategory>();
  readonly #accounts = new Map<string, ListedAccount>();

  constructor(categories: readonly ListedCategory[], accounts: readonly ListedAccount[]) {
    for (const category of categories) {
      // Own names come before other words, so that a college's own category of that name is found.
      for (const name of [category.code, category.label, category.labelHi])
        this.#categories.set(foldText(name), category);
    }
    for (const category of categories) {
      for (const alias of ALIASES[category.code] ?? []) {
        const key = foldText(alias);
        if (!this.#categories.has(key)) this.#categories.set(key, category);
      }
    }
    for (const account of accounts) {
      for (const name of [account.code, account.name, `${account.code} ${account.name}`])
        this.#accounts.set(foldText(name), account);
    }
  }

  /** One of both suffices: the category gives its usual GL code, the GL code gives its category. Undefined when refused. */
  read(cells: RowCells): ExpenseHead | undefined {
    const before = cells.problems.length;
    const categoryText = cells.text('category', limits.text.nameMax);
    const accountText = cells.text('accountCode', limits.text.nameMax);
    const category = categoryText === null ? undefined : this.#categories.get(foldText(categoryText));
    const account = accountText === null ? undefined : this.#accounts.get(foldText(accountText));
    if (categoryText !== null && category === undefined) {
      cells.refuse('category', 'IMPORT_ROW_CATEGORY_UNKNOWN', { text: shortened(categoryText) });
    }
    if (accountText !== null && account === undefined) {
      cells.refuse('accountCode', 'IMPORT_ROW_GL_UNKNOWN', { text: shortened(accountText) });
    }
    if (cells.problems.length > before) return undefined;
    return this.#join(cells, category, account);
  }

  #join(
    cells: RowCells,
    named: ListedCategory | undefined,
    account: ListedAccount | undefined,
  ): ExpenseHead | undefined {
    const ofAccount = account?.category == null ? undefined : this.#categories.get(foldText(account.category));
    const category = named ?? ofAccount;
    if (category === undefined) {
      cells.refuse('category', 'IMPORT_ROW_REQUIRED');
      return undefined;
    }
    if (account !== undefined && ofAccount !== undefined && ofAccount.code !== category.code) {
      cells.refuse('accountCode', 'IMPORT_ROW_GL_OTHER_CATEGORY', {
        glCode: account.code,
        expected: ofAccount.label,
        category: category.label,
      });
      return undefined;
    }
    return {
      category: category.code,
      categoryLabel: category.label,
      accountCode: account?.code ?? category.defaultAccountCode,
    };
  }
}

const ALIASES: Readonly<Record<string, readonly string[]>> = {
  salaries: ['salary', 'wages', 'salaries and wages', 'वेतन', 'मजदूरी'],
  utilities: ['utility', 'electricity', 'water', 'internet', 'telephone', 'बिजली', 'बिजली पानी'],
  supplies: ['supply', 'stationery', 'office supplies', 'consumables', 'स्टेशनरी'],
  maintenance: ['repairs', 'repair and maintenance', 'repairs maintenance', 'amc', 'मरम्मत', 'रखरखाव'],
  infrastructure: ['building', 'construction', 'civil works', 'furniture', 'निर्माण'],
  travel: ['travelling', 'traveling', 'conveyance', 'travel and conveyance', 'transport', 'यात्रा'],
  events: ['event', 'functions', 'programme', 'कार्यक्रम'],
  library: ['books', 'library books', 'journals', 'पुस्तकालय'],
  laboratory: ['lab', 'laboratories', 'lab equipment', 'प्रयोगशाला'],
  professional_fees: ['professional', 'professional charges', 'consultancy', 'audit fees', 'legal fees'],
  rent: ['lease', 'hire charges', 'किराया'],
  insurance: ['बीमा'],
  printing: ['printing and stationery', 'photocopy', 'xerox', 'मुद्रण', 'छपाई'],
  security: ['security services', 'सुरक्षा'],
  housekeeping: ['cleaning', 'sanitation', 'सफाई'],
  miscellaneous: ['misc', 'other', 'others', 'sundry', 'विविध', 'अन्य'],
};
