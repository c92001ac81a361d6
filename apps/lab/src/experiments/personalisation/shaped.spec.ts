import { describe, expect, it } from '@jest/globals';
import { isShaped } from './shaped.js';

const reply = (body: unknown, status = 200) => ({ status, body });

describe('isShaped', () => {
  it('sees what only the customer with a past is told', () => {
    const fresh = reply({ payees: [], visits: 1 });
    expect(isShaped(reply({ payees: [{ account: 'a' }], visits: 1 }), [fresh, fresh])).toBe(true);
    expect(isShaped(reply({ payees: [], visits: 3 }), [fresh, fresh])).toBe(true);
    expect(isShaped(reply({ payees: [], visits: 1 }), [fresh, fresh])).toBe(false);
  });

  it('sees a step that is taken only from a customer with a past', () => {
    const refused = reply({ type: 'urn:tellers:problem:step-out-of-order', requestId: 1 }, 409);
    expect(isShaped(reply({ next: 'confirm' }), [refused, refused])).toBe(true);
  });

  it('lets times and request ids pass, which differ between any two replies', () => {
    expect(isShaped(reply({ at: 1, a: 'x' }), [reply({ at: 2, a: 'x' }), reply({ at: 3, a: 'x' })])).toBe(false);
  });
});
