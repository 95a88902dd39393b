import { z } from 'zod';
import { isIsoDate, istDate } from '../../kernel/dates.ts';

/** Years of four figures begin there for the calendar of the language; before it, it takes them for those of another century. */
const EARLIEST = Date.parse('0100-01-01T00:00:00Z');

/** A moment with its zone, as text, whose day in India is a day of the books. A time zone may carry one out of the years that can be written. */
export const zInstantText = z.iso.datetime({ offset: true }).refine((text) => {
  const at = Date.parse(text);
  return at >= EARLIEST && isIsoDate(istDate(at));
});
