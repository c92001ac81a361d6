import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { startIssuer, type TestIssuer } from '#libs/testing';
import { readYaml } from '../src/examine/journey/read-yaml.js';
import { keptBy, modeOf } from '../src/examine/service-mode.js';
import { commandTarget } from '../src/examine/target/command-target.js';
import { repositoryRoot } from '../src/repository.js';
import { examineOnce } from './examined/examine-once.js';

const sessionJourney = `
requests:
  - { post: /session, headers: { authorization: 'Bearer {{user.token}}' } }
  - { get: /session }
  - { get: /session/overview }
  - { get: /session/overview }
  - { delete: /session }
`;
const accountJourney = `
requests:
  - { get: /account/accounts, headers: { authorization: 'Bearer {{user.token}}' } }
  - { get: /account/openapi.json }
`;

const asked = ['memory', 'client-carries', 'losses', 'sign-out'];

describe('the bank, examined as a service that nobody knows', () => {
  let issuer: TestIssuer;
  beforeAll(async () => {
    issuer = await startIssuer();
  });
  afterAll(() => issuer.close());

  async function examined(app: 'account' | 'session', settings: Readonly<Record<string, string>>) {
    const journey = readYaml(app === 'session' ? sessionJourney : accountJourney);
    const users = ['ada', 'bob'].map((name) => new Map([['user.token', issuer.token(name)]]));
    const environment = {
      ADMIN_PORT: '0',
      JWKS_URL: issuer.jwksUrl,
      REDIS_URL: process.env['REDIS_URL']!,
      REDIS_KEY_PREFIX: `examined-${Object.values(settings).join('-')}:`,
      LOG_LEVEL: 'error',
      SESSIONS_PER_MINUTE: '0',
      SESSIONS_PER_MINUTE_OF_ADDRESS: '0',
      DRAIN_DEADLINE_MS: '3000',
      DRAIN_LEAVE_MS: '100',
      DRAIN_QUIET_MS: '500',
      ...settings,
    };
    const command = `exec '${process.execPath}' '${join(repositoryRoot, 'dist/apps', app, 'service.js')}'`;
    const target = await commandTarget({ command, replicas: 2, environment, readyPath: `/${app}/openapi.json` });
    try {
      const { sections } = await examineOnce({ target, journey, users }, asked);
      expect(sections.flatMap(({ fault }) => fault ?? [])).toEqual([]);
      return {
        mode: modeOf(sections),
        kept: { crash: keptBy(sections, 'kill'), stop: keptBy(sections, 'stop'), roll: keptBy(sections, 'roll') },
      };
    } finally {
      await target.close();
    }
  }

  it('needs affinity and loses by a stop, where sessions are in a pod’s memory', async () => {
    const { mode, kept } = await examined('session', { STORE: 'memory', MODE: 'sticky' });
    expect({ mode, kept }).toEqual({ mode: 'sticky', kept: { crash: 50, stop: 50, roll: 0 } });
  }, 240_000);

  it('loses by a crash alone, where a pod that stops hands its sessions over', async () => {
    const { mode, kept } = await examined('session', { STORE: 'handoff', MODE: 'sticky' });
    expect({ mode, kept }).toEqual({ mode: 'handoff', kept: { crash: 50, stop: 100, roll: 100 } });
  }, 240_000);

  it('loses by neither, where sessions are in Redis', async () => {
    const { mode, kept } = await examined('session', { STORE: 'redis', MODE: 'sticky' });
    expect({ mode, kept }).toEqual({ mode: 'shared', kept: { crash: 100, stop: 100, roll: 100 } });
  }, 240_000);

  it('has nothing to lose, where each request carries all', async () => {
    const { mode } = await examined('account', { CONTINUATION_SECRET: 'c'.repeat(32) });
    expect(mode).toBe('stateless');
  }, 240_000);
});
