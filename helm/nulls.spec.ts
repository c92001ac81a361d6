import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { hasHelm, render, type Manifest } from './render.js';

/** Every value of the chart and every group of them, by its path. */
function paths(values: object, path = ''): string[] {
  return Object.entries(values).flatMap(([key, value]: [string, unknown]) => {
    const name = `${path}${key}`;
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isMap ? [name, ...paths(value, `${name}.`)] : [name];
  });
}

/** Paths of all fields that have no value. */
function empties(value: unknown, path = ''): string[] {
  if (value === null) return [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, field]) => empties(field, `${path}/${key}`));
}

const values = parse(readFileSync('helm/tellers/values.yaml', 'utf8')) as object;
// With everything on, so that every value is read.
const everything = {
  'modes.unpinned.enabled': 'true',
  'modes.handoff.enabled': 'true',
  'modes.shared.enabled': 'true',
  'lab.enabled': 'true',
  'serviceMonitor.enabled': 'true',
  'networkPolicy.monitoringFrom[0].podSelector.matchLabels.app': 'prometheus',
};

(hasHelm ? describe : describe.skip)('a value that is null', () => {
  it.each(paths(values))('renders whole objects or is refused by its name: %s', (path) => {
    const own = Object.entries(everything).filter(([name]) => !`${name}.`.startsWith(`${path}.`));
    const { objects, refusal } = rendered({ ...Object.fromEntries(own), [path]: 'null' });
    expect(objects.flatMap((object) => empties(object))).toEqual([]);
    if (refusal === undefined) return;
    expect(refusal).toContain(path.split('.').at(-1));
    expect(refusal).not.toMatch(/nil pointer|wrong type|error calling|<no value>/);
  });
});

function rendered(sets: Record<string, string>): { objects: readonly Manifest[]; refusal?: string } {
  try {
    return { objects: render(sets).objects };
  } catch (error) {
    return { objects: [], refusal: (error as Error).message };
  }
}
