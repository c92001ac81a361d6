import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import type { ExaminedService } from '../src/examine/examine.js';
import { readYaml } from '../src/examine/journey/read-yaml.js';
import { paragraphOf } from '../src/examine/paragraph.js';
import { figureIn, modeOf } from '../src/examine/service-mode.js';
import { addressesTarget } from '../src/examine/target/addresses.js';
import { commandTarget } from '../src/examine/target/command-target.js';
import type { Target } from '../src/examine/target/target.js';
import { examineOnce } from './examined/examine-once.js';
import { frontDoor } from './examined/front-door.js';
import { repositoryRoot } from '../src/repository.js';
import { judgedClaims } from '../src/report/summary.js';

const journey = readYaml(`
requests:
  - get: /prices
  - post: /login
    form: { user: '{{user.name}}', password: '{{user.password}}' }
  - get: /account
  - post: /cart
    form: { item: apple }
  - get: /cart
  - post: /logout
`);
const users = ['annika', 'benedikt'].map((name) => new Map([['user.name', name], ['user.password', `pw of ${name}`]])); // prettier-ignore

const folder = mkdtempSync(join(tmpdir(), 'examined-'));
let target: Target | undefined;

afterEach(() => target?.close());
afterAll(() => rmSync(folder, { recursive: true }));

/** The shop, started twice. */
async function startShop(environment: Readonly<Record<string, string>>): Promise<Target> {
  target = await commandTarget({
    command: 'exec node apps/lab/test/examined/shop.mjs',
    replicas: 2,
    cwd: repositoryRoot,
    environment: { FOLDER: join(folder, Object.values(environment).join('-')), ...environment },
    readyPath: '/prices',
  });
  return target;
}

function examineAt(service: Target, names: readonly string[], sent = journey): Promise<ExaminedService> {
  return examineOnce({ target: service, journey: sent, users }, names);
}

async function examineShop(
  environment: Readonly<Record<string, string>>,
  names: readonly string[],
): Promise<ExaminedService> {
  return examineAt(await startShop(environment), names);
}

/** Asks through a load balancer of the owner's. */
async function examineBehind(shop: Target, ledBack: boolean, names: readonly string[]): Promise<ExaminedService> {
  const addresses = (await shop.replicas()).map(({ address }) => address);
  const door = await frontDoor(addresses, ledBack);
  try {
    return await examineAt(addressesTarget(addresses, { frontDoor: door.url }), names);
  } finally {
    door.server.closeAllConnections();
    door.server.close();
  }
}

/** What each claim was ruled, by its number. */
function rulings({ sections }: ExaminedService): Record<number, string> {
  return Object.fromEntries(judgedClaims({ sections }).map(({ claim }) => [claim.number, claim.verdict.ruling]));
}

const mostTelling = ['client-carries', 'dependencies', 'memory', 'losses'];

describe('a shop that keeps sessions', () => {
  it('in memory is found to need affinity, and to lose its sessions by a crash and by a stop', async () => {
    const found = await examineShop({ STORE: 'memory' }, mostTelling);
    expect(rulings(found)).toMatchObject({
      1: 'does not hold',
      3: 'holds',
      4: 'holds',
      8: 'does not hold',
      9: 'does not hold',
    });
    expect(modeOf(found.sections)).toBe('sticky');
    expect(paragraphOf({ requests: journey.requests.length, mode: 'sticky' }, found.sections)).toMatch(
      /in the replica that answered, its process.*a crash/,
    );
  }, 120_000);

  it('in a store of all replicas is found to be shared, and to lose none', async () => {
    const found = await examineShop({ STORE: 'files' }, mostTelling);
    expect(rulings(found)).toMatchObject({
      1: 'holds',
      3: 'holds',
      8: 'holds',
      9: 'holds',
      10: 'holds',
      11: 'holds',
      12: 'holds',
    });
    expect(modeOf(found.sections)).toBe('shared');
    expect(figureIn(found.sections, 'memory', 'inShared')).toBeGreaterThan(0);
  }, 120_000);

  it('in a signed cookie is found to be stateless', async () => {
    const found = await examineShop({ STORE: 'signed' }, mostTelling);
    expect(rulings(found)).toMatchObject({ 1: 'holds', 3: 'does not hold', 8: 'holds', 9: 'holds' });
    expect(modeOf(found.sections)).toBe('stateless');
    expect(figureIn(found.sections, 'memory', 'inClient')).toBeGreaterThan(0);
    expect(figureIn(found.sections, 'memory', 'inShared')).toBe(0);
  }, 120_000);

  it('in memory until it is stopped is found to lose them by a crash alone', async () => {
    const found = await examineShop({ STORE: 'handoff' }, ['memory', 'losses']);
    expect(rulings(found)).toMatchObject({ 1: 'does not hold', 8: 'does not hold', 9: 'holds' });
    expect(modeOf(found.sections)).toBe('handoff');
  }, 120_000);
});

describe('a shop that is ready before it answers', () => {
  it('loses no session by it, though who asks just then gets no answer', async () => {
    const shop = await startShop({ STORE: 'files', WARM_UP_MS: '2500' });
    await sleep(2_500);
    const found = await examineAt(shop, ['losses']);
    expect(rulings(found)).toMatchObject({ 8: 'holds', 10: 'holds' });
    expect(figureIn(found.sections, 'losses', 'failed', 'unpinned')).toBeGreaterThan(0);
  }, 120_000);
});

describe('a shop whose replicas can be deleted, but not made to crash', () => {
  it.each([
    ['tells nothing of a crash where they hand their sessions over', 'handoff', 'cannot tell here'],
    ['loses nothing by a crash where any replica goes on with a session', 'files', 'holds'],
  ])(
    '%s',
    async (_, STORE, ruling) => {
      const shop = await startShop({ STORE, NAME: 'deleted' });
      const killNote = 'A kill is a quick stop here.';
      const deletable = new Proxy(shop, {
        get: (of, key) => {
          if (key === 'killNote') return killNote;
          const value: unknown = Reflect.get(of, key === 'kill' ? 'stop' : key, of);
          return typeof value === 'function' ? value.bind(of) : value;
        },
      });
      expect(rulings(await examineAt(deletable, ['losses']))).toMatchObject({ 8: ruling, 9: 'holds' });
    },
    120_000,
  );
});

describe('a service that remembers nothing but what is faster or counted', () => {
  it('is found to be stateless, though its replies vary', async () => {
    const quotes = readYaml('requests: [{ get: /quotes/1 }, { get: /quotes/2 }, { get: /quotes/1 }]');
    target = await commandTarget({
      command: 'exec node apps/lab/test/examined/quotes.mjs',
      replicas: 2,
      cwd: repositoryRoot,
      readyPath: '/quotes/0',
    });
    const found = await examineAt(target, [...mostTelling, 'replay'], quotes);
    expect(rulings(found)).toMatchObject({ 1: 'holds', 2: 'holds', 3: 'holds', 5: 'holds', 8: 'holds', 10: 'holds' });
    expect(modeOf(found.sections)).toBe('stateless');
  }, 60_000);
});

describe('a shop behind a front door of its owner', () => {
  it.each([
    ['leads clients back', true, 'header', 'is told by header x-backend', { 13: 'holds', 14: 'holds' }, 'sticky'],
    [
      'sends each request to the next',
      false,
      'header',
      'is told by header x-backend',
      { 13: 'does not hold', 14: 'holds' },
      'unpinned',
    ],
    [
      'leads clients back, and no reply says where,',
      true,
      'counter',
      'told by the counter shop_requests_total at /metrics',
      { 13: 'holds', 14: 'holds' },
      'sticky',
    ],
    [
      'sends each request to the next, and no reply says where,',
      false,
      'counter',
      'told by the counter shop_requests_total at /metrics',
      { 13: 'does not hold', 14: 'holds' },
      'unpinned',
    ],
  ] as const)(
    'that %s is told so',
    async (_, ledBack, TELLS, how, ruled, mode) => {
      const found = await examineBehind(await startShop({ STORE: 'memory', TELLS }), ledBack, ['affinity', 'memory']);
      expect(rulings(found)).toMatchObject({ 1: 'does not hold', ...ruled });
      expect(modeOf(found.sections)).toBe(mode);
      const { notes } = found.sections.find(({ name }) => name === 'affinity')!;
      expect(notes).toContainEqual(expect.stringContaining(how));
    },
    60_000,
  );

  it.each([
    ['until a replica lets them go', { LETS_GO: '/account' }, 'holds'],
    ['though each reply that tells lets them go again', { LETS_GO: '/prices', TELLS: 'counter' }, 'cannot tell here'],
  ])(
    'that leads clients back %s is told so',
    async (_, environment, ruling) => {
      const found = await examineBehind(await startShop({ STORE: 'files', ...environment }), true, ['affinity']);
      expect(rulings(found)).toMatchObject({ 13: ruling });
    },
    60_000,
  );
});

describe('a shop that works', () => {
  it('is found to act once, to sign out, and to show nobody what is another’s', async () => {
    const found = await examineShop({ STORE: 'files' }, ['again', 'sign-out', 'personalisation', 'dependencies']);
    expect(rulings(found)).toMatchObject({ 6: 'holds', 16: 'holds' });
    expect(rulings(found)[7]).not.toBe('does not hold');
    const { notes } = found.sections.find(({ name }) => name === 'dependencies')!;
    expect(notes).toContainEqual(expect.stringMatching(/GET \/cart needs .*POST \/cart/));
    expect(notes).not.toContainEqual(expect.stringMatching(/^1 GET \/prices needs/));
  }, 120_000);
});

describe('a shop that is broken on purpose is caught where', () => {
  it('a request that is sent twice acts twice', async () => {
    expect(rulings(await examineShop({ STORE: 'files', FAULT: 'twice' }, ['again']))[7]).toBe('does not hold');
  }, 60_000);

  it('one replica shows everyone the first user’s page', async () => {
    const found = await examineShop({ STORE: 'files', FAULT: 'others' }, ['personalisation']);
    expect(rulings(found)[6]).toBe('does not hold');
  }, 60_000);

  it('a sign-out at one replica leaves the session open', async () => {
    const found = await examineShop({ STORE: 'files', FAULT: 'signed-in' }, ['sign-out']);
    expect(rulings(found)[16]).toBe('does not hold');
  }, 60_000);
});

describe('a service that cannot be examined as it stands says so:', () => {
  it('sessions that it does not let anybody open count for nothing', async () => {
    const found = await examineShop({ STORE: 'files', SIGN_INS: '12' }, ['losses']);
    const { notes } = found.sections.find(({ name }) => name === 'losses')!;
    expect(notes).toContainEqual(expect.stringMatching(/sessions could not be opened.*POST \/login, .*429/));
    expect(Object.values(rulings(found))).not.toContain('does not hold');
  }, 120_000);

  it('a replica that ends by itself is told of before all else', async () => {
    const { notes } = await examineShop({ STORE: 'files', FAULT: 'ends' }, ['memory']);
    expect(notes[0]).toMatch(/^Replicas ended by themselves, once, .*3/);
  }, 60_000);

  it('an address that takes connections and says nothing ends the examination', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    try {
      await expect(examineAt(addressesTarget([`http://127.0.0.1:${port}`], {}), ['replay'])).rejects.toThrow(
        /does not answer 1 GET \/prices within ten seconds/,
      );
    } finally {
      silent.close();
    }
  }, 60_000);
});
