import { expect, it } from '@jest/globals';
import { createServer, type AddressInfo } from 'node:net';
import { listeningOn, listeningSockets, parseLsof } from './listening-processes.js';

it('finds the process that listens on a port, and nobody once it has closed', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const found = await listeningOn('127.0.0.1', port);
  await new Promise((resolve) => server.close(resolve));
  expect(found).toEqual([{ pid: process.pid, program: expect.stringMatching(/node|jest|MainThread/) }]);
  expect(await listeningOn('127.0.0.1', port)).toEqual([]);
});

it('takes one that listens on every address for one that listens on this one, too', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  const found = await listeningOn('127.0.0.1', port);
  await new Promise((resolve) => server.close(resolve));
  expect(found.map(({ pid }) => pid)).toEqual([process.pid]);
});

it('reads from the table of the kernel those alone that listen at that address', () => {
  const line = (local: string, state: string, inode: number) =>
    `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0000`;
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    line('0100007F:0BB9', '0A', 11),
    line('0100007F:0BB9', '01', 12),
    line('0100007F:0BBA', '0A', 13),
    line('0200007F:0BB9', '0A', 14),
    line('00000000:0BB9', '0A', 15),
  ].join('\n');
  expect(listeningSockets(table, '127.0.0.1', 3001)).toEqual(['11', '15']);
});

it('reads what lsof prints', () => {
  const text =
    'p501\ncnode\nf21\nn127.0.0.1:3001\np502\ncPython\nf3\nn192.168.1.5:3001\np503\ncnode\nf4\nn*:3001\nf5\nn*:3001\n';
  expect(parseLsof(text, '127.0.0.1').map(({ pid }) => pid)).toEqual([501, 503]);
});
