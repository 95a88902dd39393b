import { useEffect, useState } from 'react';
import { nowMs } from '../host/system.ts';

const MINUTE = 60_000;

/** The time, again every minute, for words that depend on it. */
export function useNow(): number {
  const [now, setNow] = useState(nowMs);
  useEffect(() => {
    const timer = setInterval(() => setNow(nowMs()), MINUTE);
    return () => clearInterval(timer);
  }, []);
  return now;
}
