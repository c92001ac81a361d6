import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describe as describeRelease, planFor } from './release.js';

describe('planFor', () => {
  it.each<[string, string | undefined, string]>([
    ['deployed', 'as wanted', 'nothing'],
    ['deployed', 'an older chart', 'upgrade'],
    ['failed', 'as wanted', 'upgrade'],
    ['pending-install', 'as wanted', 'forget and upgrade'],
    ['pending-upgrade', undefined, 'forget and upgrade'],
    ['uninstalling', undefined, 'forget and upgrade'],
  ])('a release that is %s (%s) needs: %s', (status, description, plan) => {
    const info = description === undefined ? { status } : { status, description };
    expect(planFor({ info }, 'as wanted')).toBe(plan);
  });

  it('installs where there is none', () => {
    expect(planFor(undefined, 'as wanted')).toBe('upgrade');
  });
});

describe('the description of a release', () => {
  let chart: string;
  beforeEach(() => {
    chart = mkdtempSync(join(tmpdir(), 'chart-'));
    mkdirSync(join(chart, 'templates'));
    writeFileSync(join(chart, 'templates/a.yaml'), 'a: 1');
  });
  afterEach(() => rmSync(chart, { recursive: true }));

  it('stays while nothing changes, and changes with a file, its name, or a value', () => {
    const before = describeRelease(chart, ['--set', 'a=1']);
    expect(describeRelease(chart, ['--set', 'a=1'])).toBe(before);
    expect(describeRelease(chart, ['--set', 'a=2'])).not.toBe(before);
    writeFileSync(join(chart, 'templates/a.yaml'), 'a: 2');
    expect(describeRelease(chart, ['--set', 'a=1'])).not.toBe(before);
  });
});
