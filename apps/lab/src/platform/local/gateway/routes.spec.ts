import { describe, expect, it } from '@jest/globals';
import { type Route, RoutingTable, type Upstream } from './routes.js';

const pod = (name: string, accepting = true, bootId = 'b1'): Upstream => ({
  name,
  bootId,
  accepting,
  port: Number(name.replace(/\D/g, '')) + 1000,
});
const affinityCookie = 'tellers-affinity-sticky';

function tableOf(...routes: Route[]): RoutingTable {
  const table = new RoutingTable();
  table.replace(routes);
  return table;
}

const cookieOf = (setCookie: string | undefined) => setCookie?.split(';', 1)[0];

describe('the routing table', () => {
  const table = tableOf(
    { path: '/session', upstreams: [pod('a1')] },
    { path: '/session/admin', upstreams: [pod('b2')] },
    { path: '/shared/session', upstreams: [] },
  );

  it.each([
    ['/session', '/session'],
    ['/session?x=1', '/session'],
    ['/session/overview', '/session'],
    ['/session/admin/x', '/session/admin'],
    ['/session/administrator', '/session'],
    ['/shared/session', '/shared/session'],
    ['/sessions', undefined],
    ['/Session', undefined],
    ['*', undefined],
    ['http://elsewhere/session', undefined],
  ])('sends %s to %s', (target, path) => {
    expect(table.match(target)?.definition.path).toBe(path);
  });
});

describe('a route without affinity', () => {
  const names = (table: RoutingTable, times: number) =>
    Array.from({ length: times }, () => table.match('/account')?.choose(undefined)?.upstream.name);

  it('takes its ready pods in turn, and goes on in turn when the table is replaced', () => {
    const upstreams = [pod('a1'), pod('a2'), pod('a3')];
    const table = tableOf({ path: '/account', upstreams });
    expect(names(table, 4)).toEqual(['a1', 'a2', 'a3', 'a1']);
    table.replace([{ path: '/account', upstreams }]);
    expect(names(table, 2)).toEqual(['a2', 'a3']);
  });

  it('sends nothing to a pod that is stopping', () => {
    expect(names(tableOf({ path: '/account', upstreams: [pod('a1', false), pod('a2')] }), 2)).toEqual(['a2', 'a2']);
  });

  it('has no choice when no pod is ready', () => {
    expect(names(tableOf({ path: '/account', upstreams: [pod('a1', false)] }), 1)).toEqual([undefined]);
  });

  it('has another pod for a request whose pod failed, unless there is only that one', () => {
    const two = tableOf({ path: '/account', upstreams: [pod('a1'), pod('a2')] }).match('/account');
    expect([two?.chooseNext(pod('a2')), two?.chooseNext(pod('a2'))].map((one) => one?.upstream.name)).toEqual([
      'a1',
      'a1',
    ]);
    const one = tableOf({ path: '/account', upstreams: [pod('a1')] }).match('/account');
    expect(one?.chooseNext(pod('a1'))).toBeUndefined();
  });
});

describe('a route with affinity', () => {
  const upstreams = [pod('s0'), pod('s1')];

  it('gives a new client a cookie, and sends it back to that pod without setting it again', () => {
    const route = tableOf({ path: '/session', affinityCookie, upstreams }).match('/session');
    const first = route?.choose(undefined);
    expect(first?.setCookie).toContain(`${affinityCookie}=`);
    route?.choose(undefined);
    const again = route?.choose(cookieOf(first?.setCookie));
    expect(again).toEqual({ upstream: first?.upstream, setCookie: undefined });
  });

  it('keeps a stopping pod for the clients whose cookie names it, and gives it no new ones', () => {
    const table = tableOf({ path: '/session', affinityCookie, upstreams });
    const first = table.match('/session')?.choose(undefined);
    table.replace([{ path: '/session', affinityCookie, upstreams: [pod('s0', false), pod('s1')] }]);
    const route = table.match('/session');
    expect(route?.choose(cookieOf(first?.setCookie))).toMatchObject({ upstream: { name: 's0' }, setCookie: undefined });
    const newcomers = [route?.choose(undefined), route?.choose(undefined)];
    expect(newcomers.map((choice) => choice?.upstream.name)).toEqual(['s1', 's1']);
  });

  it('gives a client whose pod has gone or started anew another one, and a new cookie', () => {
    const table = tableOf({ path: '/session', affinityCookie, upstreams: [pod('s0')] });
    const cookie = cookieOf(table.match('/session')?.choose(undefined)?.setCookie);
    table.replace([{ path: '/session', affinityCookie, upstreams: [pod('s0', true, 'b2')] }]);
    const choice = table.match('/session')?.choose(cookie);
    expect(choice?.upstream.bootId).toBe('b2');
    expect(cookieOf(choice?.setCookie)).not.toBe(cookie);
  });
});
