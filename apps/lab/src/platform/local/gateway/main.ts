import { once } from 'node:events';
import { whenParentEnds } from '../when-parent-ends.js';
import { Gateway } from './gateway.js';
import type { FromGateway, ToGateway } from './messages.js';

// The gateway's own process: the port as its argument, the table over the channel to the lab, whose end is its end.
const gateway = new Gateway();
const report = (message: FromGateway) => process.send?.(message);

whenParentEnds(() => process.exit(0));
process.on('message', (message: ToGateway) => {
  if (message.kind === 'close') void gateway.close().then(() => process.exit(0));
  else {
    gateway.route(message.routes);
    report({ kind: 'applied', version: message.version });
  }
});

try {
  // Else the first clients after a restart would be told that there is no route for them.
  await once(process, 'message');
  report({ kind: 'listening', port: await gateway.listen(Number(process.argv[2])) });
} catch (error) {
  const { code = 'unknown', message } = error as NodeJS.ErrnoException;
  report({ kind: 'failed', code, message });
}
