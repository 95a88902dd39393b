import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react';
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
} from 'react';
import { useText } from '../i18n/text.ts';
import { useListMemory } from '../state/lists.ts';
import { IconButton } from './button.tsx';
import { classes } from './classes.ts';
import './data-table.css';
import { Menu } from './menu.tsx';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** A CSS grid track: `96px` or `minmax(160px, 2fr)`. */
  readonly width: string;
  readonly align?: 'end';
  render(row: Row): ReactNode;
  /** Shown in the footer below the column. */
  readonly total?: ReactNode;
  /** What clicking the heading asks for. */
  readonly sort?: { readonly state: 'ascending' | 'descending' | 'none'; toggle(): void };
  /** Cannot be hidden. */
  readonly fixed?: boolean;
}

interface Props<Row> {
  /** The name the list is remembered by. */
  readonly listKey: string;
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly count: number;
  rowAt(index: number): Row | undefined;
  rowKey(row: Row): string;
  /** Which rows are in sight, so that their windows are asked for. */
  onRange(first: number, last: number): void;
  onOpen(row: Row): void;
  /** The row whose document is open beside the list. */
  readonly openKey?: string | null;
  /** Several rows can be ticked (Space); the screen reads them by useListMemory(listKey). */
  readonly selectable?: boolean;
  /** Text of the first footer cell, such as the number of rows. */
  readonly footer?: ReactNode;
  readonly autoFocus?: boolean;
}

const ROW_PX = 32;
const PADDING_PX = 12;
/** The least width of a track: `96px` or the first part of `minmax(160px, 2fr)`. */
const leastPx = (track: string): number => Number.parseInt(/\d+/.exec(track)?.[0] ?? '0', 10);
/** The `aria-rowindex` of the first row: it counts from 1, and the heading is 1. */
const FIRST_PLACE = 2;
/** Heading and footer lie over the first and last rows of the scroller. */
const COVERED_PX = 2 * ROW_PX;

/**
 * A list of any length: only the rows in sight are in the document. One tab stop; arrows, Page, Home and End move, Enter opens, Space ticks.
 * The focus stays on the grid and the active row is named to screen readers (aria-activedescendant).
 */
export function DataTable<Row>(props: Props<Row>) {
  const { listKey, columns, count, rowAt, rowKey, onRange, selectable = false } = props;
  const [memory, remember] = useListMemory(listKey);
  const scroller = useRef<HTMLDivElement>(null);
  const base = useId();
  const { hiddenColumns } = memory;
  const visible = useMemo(() => columns.filter((column) => !hiddenColumns.has(column.id)), [columns, hiddenColumns]);
  const active = Math.min(memory.active, Math.max(0, count - 1));

  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
    initialOffset: memory.scrollTop,
    scrollPaddingEnd: COVERED_PX,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onRange(first, last), [first, last, onRange]);

  // The place is restored once, when the list appears, and remembered when it goes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    element.scrollTop = memory.scrollTop;
    if (props.autoFocus === true) element.focus({ preventScroll: true });
    let at = element.scrollTop;
    const scrolled = (): void => {
      at = element.scrollTop;
    };
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      element.removeEventListener('scroll', scrolled);
      remember({ scrollTop: at });
    };
  }, [listKey]);

  const move = (to: number): void => {
    const index = Math.max(0, Math.min(count - 1, to));
    remember({ active: index });
    virtual.scrollToIndex(index, { align: 'auto' });
  };
  const toggle = (index: number): void => {
    const row = rowAt(index);
    if (row === undefined) return;
    const selected = new Set(memory.selected);
    if (!selected.delete(rowKey(row))) selected.add(rowKey(row));
    remember({ selected, active: index });
  };
  const open = (index: number): void => {
    const row = rowAt(index);
    if (row === undefined) return;
    remember({ active: index });
    props.onOpen(row);
  };
  const onClick = ({ target }: MouseEvent): void => {
    if (!(target instanceof Element)) return;
    const place = target.closest('[role="row"]')?.getAttribute('aria-rowindex');
    if (place === null || place === undefined) return;
    const index = Number(place) - FIRST_PLACE;
    if (target.closest('.data-tick') === null) open(index);
    else toggle(index);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - COVERED_PX) / ROW_PX) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: count - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      if (event.shiftKey && selectable) toggle(active);
      move(to);
    } else if (event.key === ' ' && selectable) toggle(active);
    else if (event.key === 'Enter') open(active);
    else return;
    event.preventDefault();
  };

  const widths = [...(selectable ? ['36px'] : []), ...visible.map((column) => column.width)];
  const least = widths.reduce((sum, width) => sum + leastPx(width), 2 * PADDING_PX);
  return (
    <div
      ref={scroller}
      className="data-table"
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={count + 1}
      aria-multiselectable={selectable || undefined}
      aria-activedescendant={count > 0 ? `${base}-${active}` : undefined}
      onKeyDown={onKeyDown}
      style={{ '--tracks': widths.join(' '), '--least': `${least}px` } as CSSProperties}
    >
      <HeadRow columns={visible} selectable={selectable} />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the grid holds the focus and hears the keys. */}
      <div className="data-rows" role="rowgroup" style={{ height: `${virtual.getTotalSize()}px` }} onClick={onClick}>
        {items.map(({ index, start }) => {
          const row = rowAt(index);
          const key = row === undefined ? null : rowKey(row);
          const ticked = key !== null && memory.selected.has(key);
          return (
            <BodyRow
              key={index}
              id={`${base}-${index}`}
              index={index}
              top={start}
              row={row}
              columns={visible}
              selectable={selectable}
              active={index === active}
              open={key !== null && key === props.openKey}
              ticked={ticked}
            />
          );
        })}
      </div>
      <FootRow columns={visible} selectable={selectable} footer={props.footer} />
    </div>
  );
}

interface BodyRowProps {
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly row: unknown;
  readonly columns: readonly Column<unknown>[];
  readonly selectable: boolean;
  readonly active: boolean;
  readonly open: boolean;
  readonly ticked: boolean;
}

/** One row. It is drawn again only when something of it changed, so that scrolling draws just the rows that come into sight. */
const BodyRow = memo(function BodyRow(props: BodyRowProps) {
  const { row, selectable, open, ticked } = props;
  return (
    <div
      id={props.id}
      role="row"
      aria-rowindex={props.index + FIRST_PLACE}
      aria-selected={selectable ? ticked : open}
      className={classes('data-row', props.active && 'is-active', open && 'is-open', ticked && 'is-ticked')}
      style={{ transform: `translateY(${props.top}px)` }}
    >
      {selectable && <TickCell ticked={ticked} />}
      {props.columns.map((column) => {
        const content = row === undefined ? <span className="data-waiting" /> : column.render(row);
        return (
          <div
            key={column.id}
            role="gridcell"
            className={classes('data-cell', column.align === 'end' && 'number')}
            // Words may end in an ellipsis; what is more than words has to fit.
            title={typeof content === 'string' ? content : undefined}
          >
            {content}
          </div>
        );
      })}
    </div>
  );
});

function TickCell({ ticked }: { readonly ticked: boolean }) {
  const text = useText();
  return (
    <div role="gridcell" className="data-cell data-tick">
      <input type="checkbox" tabIndex={-1} checked={ticked} readOnly aria-label={text('table.tick')} />
    </div>
  );
}

function HeadRow<Row>({
  columns,
  selectable,
}: {
  readonly columns: readonly Column<Row>[];
  readonly selectable: boolean;
}) {
  const text = useText();
  return (
    <div role="rowgroup" className="data-head">
      <div className="data-row" role="row" aria-rowindex={1}>
        {selectable && (
          <div role="columnheader" className="data-cell">
            <span className="visually-hidden">{text('table.tick')}</span>
          </div>
        )}
        {columns.map((column) => (
          <div
            key={column.id}
            role="columnheader"
            title={column.title}
            aria-sort={column.sort?.state}
            className={classes('data-cell', column.align === 'end' && 'number')}
          >
            {column.sort === undefined ? (
              column.title
            ) : (
              <button type="button" className="data-sort" tabIndex={-1} onClick={column.sort.toggle}>
                {column.title}
                {column.sort.state === 'ascending' && <ArrowUp size={12} aria-hidden="true" />}
                {column.sort.state === 'descending' && <ArrowDown size={12} aria-hidden="true" />}
              </button>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

interface FootProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly selectable: boolean;
  readonly footer: ReactNode;
}

function FootRow<Row>({ columns, selectable, footer }: FootProps<Row>) {
  if (footer === undefined && columns.every((column) => column.total === undefined)) return null;
  // The words of the footer take the room of all columns before the first one with a total.
  const firstTotal = columns.findIndex((column) => column.total !== undefined);
  const span = (selectable ? 1 : 0) + (firstTotal < 0 ? columns.length : firstTotal);
  return (
    <div role="rowgroup" className="data-foot">
      <div className="data-row" role="row">
        {span > 0 && (
          <div role="gridcell" className="data-cell" style={{ gridColumn: `span ${span}` }}>
            {footer}
          </div>
        )}
        {columns.slice(firstTotal < 0 ? columns.length : firstTotal).map((column) => (
          <div key={column.id} role="gridcell" className={classes('data-cell', column.align === 'end' && 'number')}>
            {column.total}
          </div>
        ))}
      </div>
    </div>
  );
}

/** The button that chooses which columns show; what was hidden is remembered with the list. */
export function ColumnChooser<Row>({
  listKey,
  columns,
}: {
  readonly listKey: string;
  readonly columns: readonly Column<Row>[];
}) {
  const text = useText();
  const [memory, remember] = useListMemory(listKey);
  const items = columns
    .filter((column) => column.fixed !== true)
    .map((column) => ({
      id: column.id,
      label: column.title,
      checked: !memory.hiddenColumns.has(column.id),
      stays: true,
      run: () => {
        const hiddenColumns = new Set(memory.hiddenColumns);
        if (!hiddenColumns.delete(column.id)) hiddenColumns.add(column.id);
        remember({ hiddenColumns });
      },
    }));
  return (
    <Menu align="end" groups={[{ items }]} trigger={<IconButton icon={Columns3} label={text('table.columns')} />} />
  );
}
