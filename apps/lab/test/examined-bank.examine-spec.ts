import { afterAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { startIssuer } from '#libs/testing';
import { modeOf } from '../src/examine/service-mode.js';
import { commandTarget } from '../src/examine/target/command-target.js';
import type { Section } from '../src/report/scorecard.js';
import { repositoryRoot } from '../src/repository.js';
import { bankExpected, bankJourney, bankQuestions, bankUsers } from './examined/bank.js';
import { examineOnce } from './examined/examine-once.js';
import { expectRulings } from './examined/rulings.js';

// Concurrent tests begin before any hook would start it.
const starting = startIssuer();
afterAll(async () => (await starting).close());

describe('the bank, examined as a service that nobody knows', () => {
  async function examined(
    app: 'account' | 'session',
    settings: Readonly<Record<string, string>>,
  ): Promise<readonly Section[]> {
    const issuer = await starting;
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
      const users = bankUsers(['ada', 'bob'].map((name) => issuer.token(name)));
      // Here, all stores answer under the path of one mode.
      const journey = bankJourney(app === 'session' ? 'sticky' : 'stateless');
      return (await examineOnce({ target, journey, users }, bankQuestions)).sections;
    } finally {
      await target.close();
    }
  }

  it.concurrent.each([
    ['needs affinity and loses by a stop, where sessions are in a pod’s memory', 'sticky', 'memory'],
    ['loses by a crash alone, where a pod that stops hands its sessions over', 'handoff', 'handoff'],
    ['loses by neither, where sessions are in Redis', 'shared', 'redis'],
  ] as const)(
    '%s',
    async (_, mode, store) => {
      const sections = await examined('session', { STORE: store, MODE: 'sticky' });
      expect(modeOf(sections)).toBe(mode);
      expectRulings(sections, bankExpected[mode]);
    },
    240_000,
  );

  it.concurrent(
    'has nothing to lose, where each request carries all',
    async () => {
      const sections = await examined('account', { CONTINUATION_SECRET: 'c'.repeat(32) });
      expect(modeOf(sections)).toBe('stateless');
      expectRulings(sections, bankExpected.stateless);
    },
    240_000,
  );
});
