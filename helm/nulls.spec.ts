import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { hasHelm, render, type Manifest } from './render.js';

const values = parse(readFileSync('helm/tellers/values.yaml', 'utf8')) as object;
const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;

/** Every value by its path, and every group of values by its own. */
function pathsOf(group: object, path = ''): { values: string[]; groups: string[] } {
  const found = { values: [] as string[], groups: [] as string[] };
  for (const [key, value] of Object.entries(group)) {
    if (!isGroup(value)) {
      found.values.push(path + key);
      continue;
    }
    const inside = pathsOf(value, `${path}${key}.`);
    found.values.push(...inside.values);
    found.groups.push(path + key, ...inside.groups);
  }
  return found;
}

/** Paths of all fields that have no value. */
function empties(value: unknown, path = ''): string[] {
  if (value === null) return [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, field]) => empties(field, `${path}/${key}`));
}

function rendered(paths: readonly string[]): { objects: readonly Manifest[]; refusal: string } {
  const nulls = Object.fromEntries(paths.map((path) => [path, 'null']));
  // With everything on, so that every value is read.
  const on = ['modes.unpinned', 'modes.handoff', 'modes.shared', 'lab'].map((group) => [`${group}.enabled`, 'true']);
  const own = on.filter(([name]) => !paths.some((path) => `${name}.`.startsWith(`${path}.`)));
  try {
    return { objects: render({ ...Object.fromEntries(own), ...nulls }).objects, refusal: '' };
  } catch (error) {
    return { objects: [], refusal: (error as Error).message };
  }
}

/** What the schema misses, by path: `- at '/ingress': missing properties 'controller', 'tls'`. */
function missing(refusal: string): string[] {
  return [...refusal.matchAll(/at '([^']*)': missing propert(?:y|ies) (.*)/g)].flatMap(([, at, names]) =>
    names!.split(', ').map((name) => `${at!.slice(1).replaceAll('/', '.')}.${name.slice(1, -1)}`.replace(/^\./, '')),
  );
}

const all = pathsOf(values);
const levels = [1, 2, 3].map((depth) => all.groups.filter((path) => path.split('.').length === depth));
// One render tells of all that the schema needs, and one more shows all others.
const needed = hasHelm ? [all.values, ...levels].flatMap((paths) => missing(rendered(paths).refusal)) : [];
(hasHelm ? describe : describe.skip)('a value that is null', () => {
  it('is refused by its name where the chart needs one', () => {
    expect(needed).toEqual(
      expect.arrayContaining(['ingress.controller', 'redis.image', 'session.autoscaling.enabled']),
    );
    expect(needed).toEqual(expect.arrayContaining(['ingress', 'redis', 'lab']));
  });

  it.each([
    ['values', all.values],
    ['groups', levels[0]!],
    ['groups in groups', levels[1]!],
    ['groups in those', levels[2]!],
  ])('is as good as an empty one where it does not: %s', (_, paths) => {
    const { objects, refusal } = rendered(paths.filter((path) => !needed.includes(path)));
    expect(refusal).toBe('');
    expect(objects.length).toBeGreaterThan(20);
    expect(objects.flatMap((object) => empties(object))).toEqual([]);
  });
});
