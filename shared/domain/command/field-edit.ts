/** One field of an edit: what it was when the person saw it and what it shall be. Disjoint edits merge, the same field is a conflict. */
export interface FieldEdit<T> {
  readonly from: T;
  readonly to: T;
}
export type Edits<Fields> = { readonly [K in keyof Fields]?: FieldEdit<Fields[K]> };
