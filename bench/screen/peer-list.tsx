import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { createRoot } from 'react-dom/client';

/** The peer of the desk's list: the same virtual list and as many rows and columns, but plain text that is in memory before it is asked for. */
const count = Number(new URLSearchParams(location.search).get('rows'));
const ROW_PX = 32;
const COLUMNS = 8;
const rows = Array.from({ length: count }, (_, row) =>
  Array.from({ length: COLUMNS }, (_, column) => `row ${row}, column ${column}`),
);

function PlainList() {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
  });
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label="Plain list"
      aria-rowcount={count + 1}
      style={{ height: '600px', overflow: 'auto', contain: 'strict' }}
      onKeyDown={(event) => {
        const page = (scroller.current?.clientHeight ?? 0) - 2 * ROW_PX;
        if (event.key === 'PageDown') scroller.current?.scrollBy(0, page);
        else return;
        event.preventDefault();
      }}
    >
      <div role="rowgroup" style={{ position: 'relative', height: `${virtual.getTotalSize()}px` }}>
        {virtual.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            role="row"
            aria-rowindex={index + 2}
            style={{
              position: 'absolute',
              display: 'grid',
              gridTemplateColumns: `repeat(${COLUMNS}, 1fr)`,
              width: '100%',
              height: `${ROW_PX}px`,
              transform: `translateY(${start}px)`,
            }}
          >
            {rows[index]?.map((cell) => (
              <div key={cell} role="gridcell">
                {cell}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
createRoot(root).render(<PlainList />);
