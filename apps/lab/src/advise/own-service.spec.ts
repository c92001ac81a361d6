import { describe, expect, it } from '@jest/globals';
import { examinedShop, examinedWith, ruled } from '../../test/sample-examination.js';
import { untoldNotes } from '../examine/questions/untold-notes.js';
import { fellBehind } from '../load/fell-behind.js';
import type { Scorecard } from '../report/scorecard.js';
import { ownService } from './own-service.js';

const read = (scorecard: Scorecard) => ownService(scorecard.examined!, scorecard);
const cannotTell = { ruling: 'cannot tell here', because: 'a higher --rate opens more sessions.' } as const;

describe('a service that was examined', () => {
  it('is taken as it was found, each figure with its place and its error', () => {
    const service = read(examinedShop());
    expect(service).toMatchObject({ name: 'node server.js', mode: 'sticky', requests: 4, cautions: [] });
    expect(service.cpuUs).toEqual({ value: 2_000, off: 0.05, from: 'yours, request-cost.cpu (2000\u00a0µs)' });
    expect(service.sessionBytes).toMatchObject({ value: 12_000, off: 0.1 });
    expect(service.wireBytes).toEqual({ value: 1_200, from: 'yours, request-cost.wire (1200\u00a0B)' });
    expect([service.lostInCrash, service.lostInRollout, service.lostAnyway]).toMatchObject([
      { value: 1 },
      { value: 1 },
      { value: 0 },
    ]);
  });

  it('says why where a figure was not told', () => {
    const notes = [`${untoldNotes.cpu}: it runs on a cluster.`];
    const { cpuUs, atRestPercent } = read(
      examinedWith('request-cost', (section) => ({ ...section, notes, figures: { service: {} } })),
    );
    expect([cpuUs, atRestPercent]).toEqual([{ untold: 'it runs on a cluster.' }, { untold: 'it runs on a cluster.' }]);
    const { wireBytes, lostInCrash } = read(examinedShop({ 'request-cost': undefined, losses: { killKept: null } }));
    expect(wireBytes).toEqual({ untold: 'the question request-cost was not asked.' });
    expect(lostInCrash).toEqual({ untold: 'as it is.' });
  });

  it('tells no CPU that is no larger than its error', () => {
    expect(read(examinedShop({ 'request-cost': { cpuError: 1_000 } })).cpuUs).toEqual({
      untold: 'it came out as 2000 µs ± 2000 µs; a higher --rate tells more.',
    });
  });

  it('has sessions as large as they are where they lie', () => {
    const bytes = (scorecard: Scorecard) => read(scorecard).sessionBytes;
    expect(bytes(examinedWith('session-cost', (one) => ruled(one, cannotTell)))).toEqual({
      untold: cannotTell.because,
    });
    expect(bytes(examinedWith('session-cost', (one) => ruled(one, { ruling: 'holds', because: '' })))).toMatchObject({
      value: 0,
    });
    const content = { 'client-carries': { carried: 400, content: 1 } };
    expect(bytes(examinedShop(content, 'stateless'))).toMatchObject({ value: 300 });
    expect(bytes(examinedShop({}, 'stateless'))).toMatchObject({ value: 0 });
    expect(bytes(examinedShop(content, 'shared'))).toEqual({
      untold: 'it lies in a store, whose memory nobody reads here.',
    });
  });

  it('is told of with care where the lab fell behind, or where rounds disagree', () => {
    const behind = examinedWith('losses', (section) => ({ ...section, notes: [`${fellBehind}: by a second.`] }));
    expect(read(behind).cautions).toEqual([`In losses of the examination: ${fellBehind}: by a second.`]);
    const unsure = examinedWith('memory', (section) =>
      ruled(section, { ...cannotTell, because: 'the rounds disagree.' }),
    );
    expect(read(unsure).cautions).toEqual(['Where its memory lies is not sure: the rounds disagree.']);
  });
});

describe('an examination that carries no advice', () => {
  it('did not come to its end, and is to be made again', () => {
    const broken = examinedWith('memory', (section) => ({ ...section, fault: 'replica-1 did not start.' }));
    expect(() => read(broken)).toThrow(
      /not to be trusted: memory: replica-1 did not start\.\n.*\n {2}npm run lab -- examine --command 'node server\.js' --journey shop\.yaml --report FOLDER$/,
    );
  });

  it('could not tell the mode, as with one address alone', () => {
    const alone = examinedShop({ 'session-cost': undefined, losses: undefined });
    const sections = alone.sections.map((one) =>
      one.name === 'memory'
        ? ruled({ ...one, figures: {} }, { ...cannotTell, because: 'only one address is known.' })
        : one,
    );
    expect(() => read({ ...alone, sections, examined: { ...alone.examined!, mode: undefined } })).toThrow(
      /which of the five modes node server\.js is in\. Only one address is known\.\n.*\n {2}npm run lab -- examine --command 'HOW IT IS STARTED' --replicas 2/,
    );
  });

  it('did not ask where memory lies', () => {
    const shop = examinedShop({ memory: undefined });
    expect(() => read({ ...shop, examined: { ...shop.examined!, mode: undefined } })).toThrow(
      /did not ask where memory/,
    );
  });

  it('found nothing, or sent nothing; and on a cluster it is said how to examine there', () => {
    const shop = examinedShop();
    const settings = { ...shop.settings, platform: 'kubernetes' };
    expect(() => read({ ...shop, settings, sections: [] })).toThrow(
      /found nothing of node server\.js\.\n.*\n {2}npm run lab -- examine --platform kubernetes .*--report FOLDER$/,
    );
    expect(() => read({ ...shop, examined: { ...shop.examined!, journey: [] } })).toThrow(/found nothing/);
  });
});
