import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { serveDashboard, type Dashboard } from '../src/dashboard/dashboard.js';
import { changed } from '../src/protocol/changes.js';
import type { BankSnapshot, SnapshotChange } from '../src/protocol/snapshots.js';
import type { LocalPlatform } from '../src/platform/local/local-platform.js';
import { startLocalPlatform } from '../src/bank/local/start-local-platform.js';
import { EventReader } from './event-reader.js';
import { Journal } from '../src/journal/journal.js';

const startMs = 90_000;
const numberOf = (id: string): number => Number(/(\d+)$/.exec(id)?.[1]);
const problem = async (reply: Response) => {
  expect(reply.headers.get('content-type')).toContain('application/problem+json');
  return (await reply.json()) as { type: string; status: number };
};

describe('the live page of a bank', () => {
  let platform: LocalPlatform;
  let dashboard: Dashboard;
  const options = {
    host: '127.0.0.1',
    bank: 'the bank here',
    portRemedy: 'with --port',
    everyMs: 200,
    journal: new Journal(),
  };

  beforeAll(async () => {
    const workloads = { auth: 1, account: 1, 'session-sticky': 1 };
    platform = await startLocalPlatform({ port: 0, workloads });
    dashboard = await serveDashboard({
      ...options,
      platform,
      workloads: ['auth', 'account', 'session-sticky'],
      port: 0,
    });
  }, startMs);
  afterAll(async () => {
    await dashboard?.close();
    await platform?.close();
  }, startMs);

  const call = (path: string, init?: RequestInit) => fetch(`${dashboard.url}${path}`, init);
  const follow = (lastEventId?: string) => new EventReader(`${dashboard.url}/events`, lastEventId);

  it.each(['203.0.113.1', 'nowhere.invalid'])(
    'says that it cannot listen on what is no address of this machine: %s',
    async (host) => {
      const served = serveDashboard({ ...options, host, platform, workloads: ['auth'], port: 0 });
      await expect(served).rejects.toThrow(new RegExp(`^Nobody can listen on port 0 of ${host} here: `));
    },
  );

  it('says that it is alive and ready', async () => {
    for (const path of ['/livez', '/readyz']) expect(await (await call(path)).json()).toEqual({ status: 'ok' });
  });

  it('serves a page that needs nothing of any other host', async () => {
    const page = await call('/');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    const html = await page.text();
    expect(html).not.toMatch(/https?:|<style|onload|<script>/);
    const parts = [...html.matchAll(/(?:src|href)="([^"#][^"]*)"/g)].map(([, path]) => `/${path}`);
    expect(parts.toSorted()).toEqual(['/icon.svg', '/page.css', '/state', '/web/page.js']);
    const script = await call('/web/page.js');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await script.text()).not.toMatch(/^import |\bimport\(/m);
    for (const path of parts) {
      const reply = await call(path);
      expect([path, reply.status]).toEqual([path, 200]);
      expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('tells the state as JSON, read from the pods', async () => {
    const reply = await call('/state');
    const state = (await reply.json()) as BankSnapshot;
    expect(state).toMatchObject({ bank: 'the bank here', fault: null });
    expect(state.workloads.map(({ workload, pods }) => [workload, pods.map(({ name }) => name)])).toEqual([
      ['auth', ['auth-1']],
      ['account', ['account-1']],
      ['session-sticky', ['session-sticky-0']],
    ]);
    expect(state.workloads[2]!.pods[0]).toMatchObject({ phase: 'ready', sessions: 0, failed: 0 });
    expect(state.workloads[2]!.pods[0]!.memoryBytes).toBeGreaterThan(1e7);
  });

  it.each([
    ['an unknown path', '/nowhere', {}, 404, 'not-found'],
    ['a path out of the folder', '/web/..%2f..%2fdashboard.js', {}, 404, 'not-found'],
    ['a change', '/state', { method: 'POST' }, 405, 'method-not-allowed'],
    ['a path that cannot be decoded', '/web/%ff', {}, 400, 'bad-request'],
  ])('refuses %s', async (_what, path, init, status, code) => {
    const reply = await call(path, init);
    expect(reply.status).toBe(status);
    expect(await problem(reply)).toMatchObject({ type: `urn:tellers:problem:${code}`, status });
    expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'");
    for (const name of ['x-content-type-options', 'x-frame-options']) expect(reply.headers.has(name)).toBe(true);
  });

  it('refuses a HEAD of what never ends', async () => {
    expect((await call('/events', { method: 'HEAD' })).status).toBe(405);
  });

  it('streams a snapshot, then each second what has changed, with rates', async () => {
    const reader = follow();
    await reader.until(() => reader.messages.length >= 4);
    expect(reader.type).toContain('text/event-stream');
    expect(reader.messages.slice(0, 4).map(({ event }) => event)).toEqual(['snapshot', 'change', 'change', 'change']);
    const numbers = reader.messages.map(({ id }) => numberOf(id));
    expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index));
    const [snapshot, ...changes] = reader.messages.map(({ data }) => data);
    const now = changes.reduce(
      (state: BankSnapshot, change) => changed(state, change as SnapshotChange),
      snapshot as BankSnapshot,
    );
    expect(now.workloads).toHaveLength(3);
    expect(now.workloads[0]!.pods[0]!.cpu).toBeGreaterThanOrEqual(0);
    reader.cut();
  });

  it('goes on after a break where a reader was, and tells what happened meanwhile', async () => {
    const reader = follow();
    await reader.until(() => reader.messages.length >= 2);
    reader.cut();
    await platform.stop('session-sticky-0');
    await platform.settled(30_000);
    const { id } = reader.last!;
    const again = follow(id);
    await again.until(() => again.messages.length >= 2);
    expect(again.messages[0]).toMatchObject({ event: 'change' });
    expect(numberOf(again.messages[0]!.id)).toBe(numberOf(id) + 1);
    // A pod that is going away may also be told not to answer.
    const sentences = (): string[] =>
      again.messages
        .flatMap(({ data }) => ((data as SnapshotChange).events ?? []).map(({ sentence }) => sentence))
        .filter((sentence) => sentence.startsWith('session-sticky-0 is '));
    await again.until(() => sentences().includes('session-sticky-0 is ready'));
    expect(sentences()).toEqual([
      'session-sticky-0 is draining (stopped)',
      'session-sticky-0 is gone (stopped)',
      'session-sticky-0 is starting',
      'session-sticky-0 is ready',
    ]);
    again.cut();
  });

  it.each(['another-5', 'nonsense', ''])('begins with a snapshot after an id that is not its own: %j', async (id) => {
    const reader = follow(id);
    await reader.until(() => reader.messages.length >= 1);
    expect(reader.messages[0]!.event).toBe('snapshot');
    reader.cut();
  });

  it('follows no more readers than it can serve, and says when to come again', async () => {
    const readers: EventReader[] = [];
    const deadline = Date.now() + 10_000;
    // Those of the test before may not be gone yet.
    while (readers.length < 64 && Date.now() < deadline) {
      const reader = follow();
      await reader.until(() => reader.messages.length > 0 || reader.ended !== undefined);
      if (reader.ended === undefined) readers.push(reader);
    }
    expect(readers).toHaveLength(64);
    const reply = await call('/events');
    expect(reply.headers.get('retry-after')).toBe('5');
    expect(await problem(reply)).toMatchObject({ type: 'urn:tellers:problem:too-many-readers', status: 503 });
    readers.forEach((reader) => reader.cut());
    let later = follow();
    await later.until(() => {
      if (later.ended !== undefined) later = follow();
      return later.messages.length > 0;
    });
    later.cut();
  });

  it('says that its port is taken, and how to choose another', async () => {
    const port = Number(new URL(dashboard.url).port);
    await expect(serveDashboard({ ...options, platform, workloads: ['auth'], port })).rejects.toThrow(
      `Port ${port} is taken. Choose another one with --port.`,
    );
  });

  it('ends every stream when it is closed, also of one who reads nothing', async () => {
    const own = await serveDashboard({ ...options, platform, workloads: ['auth'], port: 0 });
    const idle = connect(Number(new URL(own.url).port), '127.0.0.1').pause();
    idle.write('GET /events HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
    const reader = new EventReader(`${own.url}/events`);
    await reader.until(() => reader.messages.length > 0);
    await own.close();
    await reader.until(() => reader.ended !== undefined);
    expect(reader.ended).toBe('ended');
    idle.destroy();
  });
});
