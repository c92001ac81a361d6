import { describe, expect, it } from '@jest/globals';
import type { Transfer } from '#libs/bank';
import { nextStep, requireSettled, requireStep, viewOf, type TransferDraft } from './draft.js';

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

  it('takes nothing but its confirmation again while that is not settled', () => {
    const confirming: TransferDraft = { ...complete, confirming: 1 };
    for (const step of ['payee', 'amount'] as const) {
      expect(() => requireStep(confirming, step)).toThrow('The next step is confirm.');
    }
    expect(() => requireSettled(confirming)).toThrow('The next step is confirm.');
    expect(requireStep(confirming, 'confirm')).toBe(confirming);
    for (const settled of [undefined, complete, { ...done, confirming: 1 }]) requireSettled(settled);
  });

  it('shows the key by which the ledger can be asked for its outcome', () => {
    const view = { idempotencyKey: 'k', from: 'a', to: 'b', amountMinor: 1, currency: 'EUR', next: 'confirm' };
    expect(viewOf(complete)).toEqual(view);
  });
});
