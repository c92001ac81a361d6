import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { addressesTarget, addressTarget } from './addresses.js';
import { behindGateway } from './behind-gateway.js';

const children: ChildProcess[] = [];
const servers: Server[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) server.close();
});

/** A server in a process of its own, with what it is to do when it is asked to stop. */
async function running(onStop = ''): Promise<string> {
  const program = `
    const server = require('node:http').createServer((_, response) => response.end(String(process.pid)));
    server.listen(0, '127.0.0.1', () => console.log(server.address().port));
    ${onStop}`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const port = await new Promise<string>((resolve) =>
    child.stdout.once('data', (line) => resolve(String(line).trim())),
  );
  return `http://127.0.0.1:${port}`;
}

const listening = async () => {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

describe('a service of which one address is known', () => {
  it('says of all that it cannot what would let it', async () => {
    const target = addressTarget('http://127.0.0.1:3000/');
    expect(target).toMatchObject({ name: 'http://127.0.0.1:3000', frontDoor: 'http://127.0.0.1:3000' });
    expect(await target.replicas()).toEqual([]);
    expect(target).not.toHaveProperty('kill');
    expect(Object.keys(target.cannot).toSorted()).toEqual(['kill', 'memory', 'replicas', 'roll', 'scale', 'stop']);
  });

  it.each([
    ['127.0.0.1:3000', 'Write it as http://127.0.0.1:3000.'],
    ['shop', 'Write it as http://127.0.0.1:3000.'],
    ['ftp://127.0.0.1', 'not by ftp://'],
    ['http://127.0.0.1:3000/login', 'Give http://127.0.0.1:3000 alone.'],
    ['http://ada:secret@127.0.0.1:3000', 'Give them in the journey'],
  ])('refuses %s and says what to write', (url, sentence) => {
    expect(() => addressTarget(url)).toThrow(sentence);
    expect(() => addressTarget(url)).not.toThrow('secret@');
  });

  it('settles when somebody takes connections there, and says so when nobody does', async () => {
    const address = await listening();
    await addressTarget(address).settled(1_000);
    await new Promise((resolve) => servers[0]?.close(resolve));
    await expect(addressTarget(address).settled(200)).rejects.toThrow(
      `Nobody takes connections at ${address}, for 0.2 s.`,
    );
  });
});

describe('a service whose replicas are known by their addresses', () => {
  it('kills the process behind one of them, and no other', async () => {
    const [one, two] = [await running(), await running()];
    const target = addressesTarget([one, two], { mayKill: true });
    const [replica] = await target.replicas();
    expect(replica).toEqual({ name: new URL(one).host, address: one });
    await target.kill?.(replica!.name);
    await expect(target.settled(300)).rejects.toThrow(`Nobody takes connections at ${one},`);
    expect(children.map(({ signalCode }) => signalCode)).toEqual(['SIGKILL', null]);
  });

  it('stops one in order', async () => {
    const target = addressesTarget([await running(`process.on('SIGTERM', () => process.exit(7))`)], { mayKill: true });
    await target.stop?.((await target.replicas())[0]!.name);
    expect(children[0]?.exitCode).toBe(7);
  });

  it('measures the memory of each', async () => {
    const [one, two] = [await running(), await running()];
    const memory = await addressesTarget([one, two]).memory?.();
    expect([...(memory?.keys() ?? [])]).toEqual([one, two].map((address) => new URL(address).host));
    for (const bytes of memory?.values() ?? []) expect(bytes).toBeGreaterThan(10_000_000);
  });

  it('ends nothing unless it may, and nothing elsewhere', () => {
    const local = addressesTarget(['http://127.0.0.1:3001', 'http://127.0.0.1:3002']);
    expect(local).not.toHaveProperty('kill');
    expect(local.cannot.kill).toContain('--may-kill');
    const away = addressesTarget(['http://127.0.0.1:3001', 'http://10.255.255.254:3002'], { mayKill: true });
    expect(away).not.toHaveProperty('kill');
    expect(away).not.toHaveProperty('memory');
    expect(away.cannot.kill).toContain('http://10.255.255.254:3002 is not on this machine');
  });

  it('leaves its own process alone', async () => {
    const target = addressesTarget([await listening()], { mayKill: true });
    await expect(target.kill?.((await target.replicas())[0]!.name)).rejects.toThrow('is left alone');
  });

  it('puts those of this machine behind a gateway of its own, which asks another when one is gone', async () => {
    const known = addressesTarget([await running(), await running()], { mayKill: true });
    expect(known.cannot.frontDoor).toContain('--url');
    const target = await behindGateway(known);
    try {
      expect(target.cannot.frontDoor).toBeUndefined();
      const ask = async () => (await fetch(target.frontDoor!)).text();
      const pids = children.map(({ pid }) => String(pid));
      expect(new Set([await ask(), await ask()])).toEqual(new Set(pids));
      await target.affinity?.('cookie');
      expect((await fetch(target.frontDoor!)).headers.getSetCookie()[0]).toMatch(/^tellers-affinity=/);
      await target.kill?.((await target.replicas())[0]!.name);
      expect([await ask(), await ask()]).toEqual([pids[1], pids[1]]);
    } finally {
      await target.close();
    }
  });

  it('leaves those elsewhere without a front door', async () => {
    const away = addressesTarget(['http://127.0.0.1:1', 'http://10.255.255.254:3002']);
    expect(await behindGateway(away)).toBe(away);
  });

  it('says so of one replica, and of one that is named twice', () => {
    expect(addressesTarget(['http://127.0.0.1:3001']).cannot.replicas).toContain('Only one replica');
    const twice = ['http://127.0.0.1:3001', 'http://127.0.0.1:3001/'];
    expect(() => addressesTarget(twice)).toThrow('--replicas names http://127.0.0.1:3001 twice.');
  });
});
