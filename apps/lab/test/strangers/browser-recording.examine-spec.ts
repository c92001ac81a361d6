import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { chromium } from 'playwright-core';
import { readJourneyFile } from '../../src/examine/journey/journey-file.js';
import { walkableJourney } from '../../src/examine/journey/walkable-journey.js';
import { judgedClaims } from '../../src/report/summary.js';
import { examineOnce } from '../examined/examine-once.js';
import { claimNumbers, expected } from './expected.js';
import { startStranger } from './start-stranger.js';

const folder = mkdtempSync(join(tmpdir(), 'tellers-recording-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Somebody writes into the guest book, and a Chromium records it. */
async function recording(name: string, url: string): Promise<string> {
  const path = join(folder, `${name}.har`);
  const browser = await chromium.launch({ executablePath: process.env['CHROME_PATH']! });
  try {
    const context = await browser.newContext({ recordHar: { path } });
    const page = await context.newPage();
    await page.goto(`${url}/guest-book`);
    await page.locator('textarea').fill('Ada was here.');
    await Promise.all([page.waitForURL('**/guest-book'), page.evaluate('document.forms[0].requestSubmit()')]);
    await page.getByText('Thank you.').waitFor();
    await context.close();
  } finally {
    await browser.close();
  }
  return path;
}

async function recordings(): Promise<readonly [first: string, second: string]> {
  const stranger = await startStranger('csrf-sync', 1);
  try {
    const { origin } = new URL(stranger.target.frontDoor!);
    return [await recording('first', origin), await recording('again', origin)];
  } finally {
    await stranger.close();
  }
}

it('examines a form with a token of its session as a Chromium recorded it, at replicas that the recording never saw', async () => {
  const [first, second] = await recordings();
  const { journey, users, notes } = walkableJourney(readJourneyFile(first, { second }), []);
  expect(journey.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /guest-book',
    'POST /guest-book',
  ]);
  expect(notes!.join(' ')).toMatch(/CSRFToken/);
  const stranger = await startStranger('csrf-sync', 2);
  try {
    const { sections } = await examineOnce({ target: stranger.target, journey, users }, ['memory', 'dependencies']);
    const ruled = judgedClaims({ sections }).map(({ claim }) => [claim.number, claim.verdict.ruling]);
    const { anyReplica, standsAlone } = expected['csrf-sync'].rulings;
    expect(Object.fromEntries(ruled)).toMatchObject({
      [claimNumbers.anyReplica]: anyReplica,
      [claimNumbers.standsAlone]: standsAlone,
    });
  } finally {
    await stranger.close();
  }
}, 120_000);
