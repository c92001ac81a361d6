import { describe, expect, it } from '@jest/globals';
import { examinedShop, workloadOfShop as workload } from '../../test/sample-examination.js';
import { advisingScorecard } from '../../test/sample-figures.js';
import type { ServiceMode } from '../examine/service-mode.js';
import { advise } from './advice.js';
import { measuredIn } from './measured.js';
import { measuredOf } from './own-measured.js';
import { ownService } from './own-service.js';

const bank = measuredIn(advisingScorecard);

function measured(change: Parameters<typeof examinedShop>[0] = {}, mode: ServiceMode = 'sticky', asked = workload) {
  const shop = examinedShop(change, mode);
  return measuredOf(ownService(shop.examined!, shop), bank, asked, 'local');
}

describe('what an advice for the reader’s own service goes by', () => {
  it('is what it takes today, in place of what the bank does', () => {
    const { sticky } = measured().modes;
    expect(sticky).toMatchObject({
      requestsPerAct: { value: 4 },
      cpuUs: { value: 2_000, from: 'yours, request-cost.cpu (2000\u00a0µs)' },
      wireBytes: { value: 1_200 },
      headerBytes: { value: 250 },
      emptyPodBytes: { value: 60e6 },
      lostInRollout: { value: 1, from: 'yours, losses.rollKept (0\u00a0% of all kept)' },
    });
    const [cost] = advise(measured(), workload).weighed.filter((one) => one.cost.mode === 'sticky');
    // 20,000 users / 60 s * 4 requests of 2 ms; pods of the bank would be given 192 MiB.
    expect(cost!.cost.cores.value).toBeCloseTo((20_000 / 60) * 4 * 0.002 + cost!.cost.pods.count * 0.005);
    expect(cost!.cost.podMemoryBytes.from).toContain('sessions in a pod * (session bytes)');
  });

  it('is in another mode as much more or less as in the bank, and in proportion where yours takes less', () => {
    // 400 µs in sticky and 700 in shared.
    expect(measured().modes.shared?.cpuUs.value).toBeCloseTo(2_300);
    expect(measured().modes.shared?.cpuUs.from).toContain(
      '+ what shared takes more in the bank, advise.cpu (700\u00a0µs',
    );
    expect(measured({ 'request-cost': { cpu: 200 } }).modes.shared?.cpuUs.value).toBeCloseTo(350);
    const little = Object.values(measured({ 'request-cost': { cpu: 101 } }, 'shared').modes);
    expect(Math.min(...little.map(({ cpuUs }) => cpuUs.value))).toBeGreaterThanOrEqual(0);
  });

  it('counts once what a session costs that travels today', () => {
    const content = { 'client-carries': { carried: 400, content: 1 } };
    const asked = { ...workload, sessionBytes: 300 };
    const found = measured(content, 'stateless', asked);
    const today = advise(found, asked).weighed.find(({ cost }) => cost.mode === 'stateless')!.cost;
    expect(today.wireBytes.value / today.requestsPerSecond.value).toBeCloseTo(1_200);
    const cpuUs = (1e6 * (today.cores.value - today.pods.count * 0.005)) / today.requestsPerSecond.value;
    expect(cpuUs).toBeCloseTo(2_000);
    // Whatever sessions are asked for, its figures stand for those that it has.
    expect(measured(content, 'stateless', { ...asked, sessionBytes: 4_000 }).modes).toEqual(found.modes);
  });

  it('is the bank’s where the examination does not tell, and says so', () => {
    const { sticky } = measured({ 'request-cost': undefined, losses: undefined }).modes;
    expect(sticky?.cpuUs).toEqual({ value: 400, from: 'the bank’s advise.cpu (400\u00a0µs)' });
    expect(sticky?.lostInRollout.from).toMatch(/^the bank’s rolling-update/);
    expect(sticky?.minPodBytes).toBeUndefined();
  });

  it('is as unsure as the less sure of the two', () => {
    expect(measured().error).toEqual({ ...bank.error, memory: 0.1 });
    expect(measured({}, 'sticky', { ...workload, sessionBytes: 500 }).error).toEqual(bank.error);
    expect(measured({ 'request-cost': { cpuError: 500 } }).error.cpu).toBeCloseTo(0.5);
  });

  it('stands for sticky where nothing leads clients back, and loses what the bank’s sticky does', () => {
    const { sticky } = measured({}, 'unpinned').modes;
    expect(sticky).toMatchObject({
      cpuUs: { value: 2_000 },
      lostInRollout: { from: expect.stringMatching(/^the bank’s/) as unknown },
    });
  });

  it('is compared with no report that did not measure the mode of today', () => {
    const shop = examinedShop();
    const { sticky: _, ...modes } = bank.modes;
    expect(() => measuredOf(ownService(shop.examined!, shop), { ...bank, modes }, workload, 'local')).toThrow(
      /did not measure sticky[^]*npm run lab -- run/,
    );
  });
});
