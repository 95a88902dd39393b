import { postToParent } from './fork-port.ts';
import { startHeartbeat } from './heartbeat.ts';

/** A child for the supervisor's tests; the first argument says how it misbehaves. */
const [mode = 'well'] = process.argv.slice(2);

const spin = (ms: number): void => {
  const end = Date.now() + ms;
  while (Date.now() < end); // holds the event loop, as a spinning database would
};

if (mode === 'crash') process.exit(3);
if (mode !== 'mute') {
  const heartbeat = startHeartbeat(postToParent);
  process.on('message', (message) => {
    if (message === 'spin') spin(60_000);
    else if (message === 'announced') {
      heartbeat.expectSilence(20_000);
      setImmediate(() => {
        spin(2_500);
        postToParent({ pid: process.pid, value: 'done' });
      });
    } else if (message === 'end') process.exit(0);
    else postToParent({ pid: process.pid, value: message });
  });
}
setInterval(() => {}, 60_000);
