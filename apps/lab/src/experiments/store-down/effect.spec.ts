import { describe, expect, it } from '@jest/globals';
import { effectOf, type ObservedRequest } from './effect.js';

const span = { from: 1_000, to: 2_000, until: 4_000 };
const seen = (what: ObservedRequest['what'], startedAt: number, endedAt: number, failed = false): ObservedRequest => ({
  what,
  startedAt,
  endedAt,
  failed,
});

describe('effectOf', () => {
  it('counts what was under way in the fault, looks and payments apart', () => {
    const all = [
      seen('look', 100, 200, true),
      seen('look', 900, 1_700, true),
      seen('look', 1_100, 1_110),
      seen('pay', 1_200, 2_000, true),
      seen('look', 2_100, 2_110),
    ];
    expect(effectOf(all, span)).toEqual({ looks: 50, pays: 100, longest: 800, after: 0 });
  });

  it('tells how long requests failed on after the fault', () => {
    expect(effectOf([seen('look', 2_400, 2_500, true), seen('look', 2_600, 2_610)], span).after).toBe(500);
  });

  it('has no end when nothing went well after the last failure', () => {
    expect(effectOf([seen('look', 1_500, 1_510), seen('look', 2_400, 2_500, true)], span).after).toBeNull();
  });

  it('leaves out what ended when it was watched no more, and may have met the next fault', () => {
    const all = [seen('look', 2_100, 2_110), seen('look', 3_900, 4_700, true)];
    expect(effectOf(all, span)).toMatchObject({ longest: 10, after: 0 });
  });

  it('is null where nobody asked', () => {
    expect(effectOf([], span)).toEqual({ looks: null, pays: null, longest: null, after: null });
  });
});
