import { describe, expect, it } from '@jest/globals';
import type { Transfer } from '#libs/bank';
import { nextStep, requireStep, viewOf, type TransferDraft } from './draft.js';

const begun: TransferDraft = { key: 'k', from: 'a' };
const withPayee: TransferDraft = { ...begun, to: 'b' };
const complete: TransferDraft = { ...withPayee, amount: { amountMinor: 1, currency: 'EUR' } };
const done: TransferDraft = { ...complete, done: {} as Transfer };

describe('a draft', () => {
  it('waits for payee, amount and confirmation in this order', () => {
    expect([begun, withPayee, complete, done].map(nextStep)).toEqual(['payee', 'amount', 'confirm', null]);
  });

  it.each([
    ['payee', [true, true, true, false]],
    ['amount', [false, true, true, false]],
    ['confirm', [false, false, true, true]],
  ] as const)('takes the step %s only when it may be taken', (step, taken) => {
    const takes = [begun, withPayee, complete, done].map((draft) => {
      try {
        return requireStep(draft, step) === draft;
      } catch {
        return false;
      }
    });
    expect(takes).toEqual(taken);
  });

  it('names the step that comes next', () => {
    expect(() => requireStep(undefined, 'payee')).toThrow('The next step is begin.');
    expect(() => requireStep(begun, 'confirm')).toThrow('The next step is payee.');
  });

  it('never shows its key', () => {
    expect(viewOf(complete)).toEqual({ from: 'a', to: 'b', amountMinor: 1, currency: 'EUR', next: 'confirm' });
  });
});
