import { describe, expect, it } from '@jest/globals';
import { hasHelm, render } from './render.js';

const everyMode = { 'modes.unpinned.enabled': 'true', 'modes.handoff.enabled': 'true', 'lab.enabled': 'true' };
const of = (release: string, values: Record<string, string> = everyMode) => render(values, [], { release });
const fullname = (release: string): string => of(release, {}).all('Ingress')[0]!.metadata.name;
/** A StatefulSet's pods carry its name and a hash. */
const revisionHash = '-1234567890';

(hasHelm ? describe : describe.skip)('names and labels', () => {
  it.each([
    'tellers',
    'a'.repeat(53),
    `${'ab-'.repeat(17)}ab`,
    'pull-request-1234-feature-stateful',
    '42',
    'true',
    '0x1f',
  ])('fit, and are texts, for the release %s', (release) => {
    for (const { kind, metadata, spec } of of(release).objects) {
      const name = kind === 'StatefulSet' ? metadata.name + revisionHash : metadata.name;
      expect(name).toMatch(/^[a-z][-a-z0-9]{0,61}[a-z0-9]$/);
      const labels = { ...metadata.labels, ...spec?.template?.metadata.labels, ...spec?.selector?.matchLabels };
      for (const label of Object.values(labels))
        expect(label).toMatch(/^(?=.{1,63}$)[A-Za-z0-9]([-\w.]*[A-Za-z0-9])?$/);
    }
  });

  it('differ for two long releases that begin alike, and for two that differ in a dot', () => {
    const long = 'a'.repeat(50);
    expect(fullname(`${long}-1`)).not.toBe(fullname(`${long}-2`));
    expect(fullname('a.b')).not.toBe(fullname('a-b'));
    expect(fullname('a.b')).toMatch(/^a-b-tellers-/);
  });

  it("are the release's own where they can be, and begin with a letter", () => {
    expect(['tellers', 'my-tellers', 'shop', '7bank'].map(fullname)).toEqual([
      'tellers',
      'my-tellers',
      'shop-tellers',
      'tellers-7bank',
    ]);
  });

  it.each(['Bank', '7bank', 'my.bank', 'a'.repeat(36)])('are refused where fullnameOverride is none: %s', (name) => {
    expect(() => of('tellers', { fullnameOverride: name })).toThrow("at '/fullnameOverride'");
  });

  it("take the switches of an umbrella chart's condition and its globals", () => {
    expect(of('tellers', { enabled: 'true', 'global.region': 'eu' }).names()).toContain('Deployment tellers-auth');
  });
});
