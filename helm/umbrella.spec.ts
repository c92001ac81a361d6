import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { hasHelm, type Manifest } from './render.js';

let folder: string;
const other = { enabled: false };

/** What an umbrella chart with these values renders as the release `shop`. */
function umbrella(values: object): Manifest[] {
  const input = JSON.stringify(values);
  const { stdout, stderr } = spawnSync('helm', ['template', 'shop', folder, '--values', '-'], {
    encoding: 'utf8',
    input,
  });
  if (stderr !== '') throw new Error(stderr);
  return parseAllDocuments(stdout).flatMap((document) => (document.toJS() as Manifest | null) ?? []);
}

(hasHelm ? describe : describe.skip)('the chart in an umbrella chart', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'umbrella-'));
    cpSync('helm/tellers', join(folder, 'charts', 'tellers'), { recursive: true });
    const dependencies = ['bank', 'other'].map((alias) => ({
      name: 'tellers',
      version: '0.1.0',
      alias,
      condition: `${alias}.enabled`,
    }));
    const chart = { apiVersion: 'v2', name: 'shop', version: '1.0.0', dependencies };
    writeFileSync(join(folder, 'Chart.yaml'), JSON.stringify(chart));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is switched by a condition, beside globals of others', () => {
    const global = { region: 'eu' };
    expect(umbrella({ global, bank: { enabled: true }, other }).length).toBeGreaterThan(20);
    expect(umbrella({ global, bank: { enabled: false }, other })).toEqual([]);
  });

  it('is named by its alias, and labelled by what the lab finds it by', () => {
    const objects = umbrella({ bank: { lab: { enabled: true } }, other });
    for (const { metadata } of objects) {
      expect(metadata.name).toMatch(/^shop-bank/);
      expect(metadata.labels).toMatchObject({
        'app.kubernetes.io/name': 'tellers',
        'app.kubernetes.io/instance': 'shop-bank',
      });
    }
  });

  it('tells the doctor where its values are', () => {
    const { metadata } = umbrella({ other }).find(({ kind }) => kind === 'Deployment')!;
    expect(metadata).toMatchObject({ annotations: { 'tellers/values': 'bank' } });
  });

  it('keeps two banks of one release apart', () => {
    const services = umbrella({ other: { redis: { persistence: { enabled: false } } } }).filter(
      ({ kind }) => kind === 'Service',
    );
    const selectors = services.map(({ spec }) => JSON.stringify((spec as { selector: object }).selector));
    expect(selectors).toContainEqual(expect.stringContaining('shop-bank'));
    expect(selectors).toContainEqual(expect.stringContaining('shop-other'));
  });
});
