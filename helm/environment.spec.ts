import { describe, expect, it } from '@jest/globals';
import { hasHelm, render } from './render.js';

const account = (values: Record<string, string>, yaml?: string): Record<string, unknown> =>
  render(values, [], yaml === undefined ? {} : { yaml }).environment('Deployment', 'tellers-account');

(hasHelm ? describe : describe.skip)("variables that the user gives to the chart's pods", () => {
  it("replace the chart's, so that no name is there twice", () => {
    const chart = render({ 'account.env.LOG_LEVEL': 'debug', 'session.env.HOST': '0.0.0.0', 'account.env.EXTRA': 'x' });
    expect(chart.environment('Deployment', 'tellers-account')).toMatchObject({ LOG_LEVEL: 'debug', EXTRA: 'x' });
    expect(chart.environment('StatefulSet', 'tellers-session-sticky')).toMatchObject({ HOST: '0.0.0.0' });
    for (const { spec } of chart.podSpecs()) {
      const names = (spec.containers[0].env ?? []).map(({ name }: { name: string }) => name);
      expect(names).toEqual([...new Set(names)]);
    }
  });

  it.each([
    ['account.env.PORT', 'leave it out'],
    ['session.env.DRAIN_DEADLINE_MS', 'set drain.deadlineMs'],
    ['auth.env.REDIS_URL', 'set redis.external.url'],
    ['account.env.CONTINUATION_SECRET', 'set account.existingSecret'],
    ['auth.env.SIGNING_KEYS_FILE', 'set signingKeys.existingSecret'],
    ['session.env.MODE', 'set modes.<mode>.enabled'],
    ['lab.env.TELLERS_PAGE_TOKEN', 'set lab.existingSecret'],
  ])('are refused where the chart relies on its own: %s', (name, instead) => {
    expect(() => render({ 'lab.enabled': 'true', [name]: '1' })).toThrow(
      `${name} would replace what the chart sets: ${instead}`,
    );
  });

  it('keep their digits, from a file as from --set', () => {
    const written = {
      LONG: '12345678',
      SMALL: '0.5',
      TINY: '0.000001',
      ENABLED: 'true',
      NEGATIVE: '-3',
      TEXT: '"1e3"',
    };
    const lines = Object.entries(written).map(([name, value]) => `    ${name}: ${value}`);
    expect(account({}, `account:\n  env:\n${lines.join('\n')}`)).toMatchObject({ ...written, TEXT: '1e3' });
    const { TEXT: _, ...numbers } = written;
    const sets = Object.entries(numbers).map(([name, value]) => [`account.env.${name}`, value]);
    expect(account(Object.fromEntries(sets))).toMatchObject(numbers);
  });

  it('are refused where a number of theirs has more digits than it keeps', () => {
    expect(() => account({}, 'account: { env: { ID: 12345678901234567890 } }')).toThrow(
      'account.env.ID has more digits than a number keeps: set it as a text',
    );
    expect(account({ 'account.env.ID': '1234567890123456789' })).toMatchObject({ ID: '1234567890123456789' });
  });

  it('come from elsewhere, too', () => {
    const yaml = 'account: { env: { LICENCE: { valueFrom: { secretKeyRef: { name: mine, key: licence } } } } }';
    expect(account({}, yaml)).toMatchObject({ LICENCE: { secretKeyRef: { name: 'mine', key: 'licence' } } });
    expect(() => account({}, 'account: { env: { LICENCE: { from: mine } } }')).toThrow("'from' not allowed");
  });
});
