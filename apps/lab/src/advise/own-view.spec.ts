import { describe, expect, it } from '@jest/globals';
import { examinedShop, workloadOfShop as workload } from '../../test/sample-examination.js';
import { advisingScorecard } from '../../test/sample-figures.js';
import type { ServiceMode } from '../examine/service-mode.js';
import { advise } from './advice.js';
import { renderAdvice } from './advice-view.js';
import { measuredIn } from './measured.js';
import { measuredOf } from './own-measured.js';
import { ownService } from './own-service.js';
import { turningPoints } from './turning-points.js';

function lines(
  change: Parameters<typeof examinedShop>[0] = {},
  mode: ServiceMode = 'sticky',
  asked = workload,
  isSessionGiven = false,
): string[] {
  const shop = examinedShop(change, mode);
  const service = ownService(shop.examined!, shop);
  const measured = measuredOf(service, measuredIn(advisingScorecard), asked, 'local');
  const turns = turningPoints(measured, asked);
  return renderAdvice(asked, advise(measured, asked), turns, measured, 'two reports', { service, isSessionGiven });
}

const text = (...given: Parameters<typeof lines>): string =>
  lines(...given)
    .join(' ')
    .replaceAll(/\s+/g, ' ');

describe('advice for the reader’s own service', () => {
  it('begins with the mode that it is in today, and says what an act is', () => {
    expect(text()).toMatch(
      /^YOUR SERVICE, node server\.js, is in sticky today: sessions lie in one replica, .* An act is one walk of the journey, with its 4 requests\. ADVICE: /,
    );
  });

  it('fits eighty columns', () => {
    for (const mode of ['sticky', 'unpinned', 'stateless', 'shared'] as const) {
      expect(Math.max(...lines({}, mode).map((line) => line.length))).toBeLessThanOrEqual(80);
    }
  });

  it('tells what moving would change, and nothing that the error does not tell apart', () => {
    const said = text();
    expect(said).toContain('What moving from sticky would change, as far as the error tells it apart:');
    expect(said).toMatch(/to handoff( \(advised\))?: sessions that a rollout loses 20,000 -> 0\./);
    expect(said).toMatch(/to shared: .*memory in Redis 0 MiB -> \d+ MiB, .*sessions that a crash loses [\d,]+ -> 0/);
  });

  it('says so where it is in the mode that is advised', () => {
    const said = text({}, 'stateless', { ...workload, sessionBytes: 0 });
    expect(said).toContain('It is in stateless today: nothing must move. What moving from stateless would change');
  });

  it('tells of a service whose clients are not led back what leading them back would do', () => {
    const said = text({}, 'unpinned');
    expect(said).toContain('Its figures were measured at one replica alone, and so stand for sticky.');
    expect(said).toContain('to sticky: clients are led back to their replica');
  });

  it('says of each figure whose it is, and its error as far as it is known', () => {
    const said = text();
    expect(said).toMatch(/CPU a request: yours, request-cost\.cpu \(2000.µs\), ±5%/);
    expect(said).toMatch(/bytes a request: yours, request-cost\.wire \(1200.B\), error not known/);
    expect(said).toMatch(/bytes of a session: 12,000: yours, session-cost\.slope \(12000.B\), ±10%/);
    expect(said).toContain('CPU to read and write a KiB of state: the bank’s; error for your service not known');
  });

  it('never takes the bank’s in silence', () => {
    const said = text({ 'request-cost': undefined });
    expect(said).toContain(
      'CPU a request: the bank’s, error for your service not known. The examination does not tell it: the question request-cost was not asked.',
    );
    expect(said).toMatch(/ CPU = .*the bank’s advise\.cpu/);
  });

  it('says what was given in place of what was found', () => {
    expect(text({}, 'shared', { ...workload, sessionBytes: 500 }, true)).toContain('500, given by --session-bytes');
  });
});
