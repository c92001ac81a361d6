import { createServer, type AddressInfo } from 'node:net';
import { CannotListen } from '../../port-taken.js';

/** A port of the loopback address that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server
      .once('error', (error) => reject(new CannotListen('127.0.0.1', 0, error, '')))
      .listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
