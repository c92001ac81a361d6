import { describe, expect, it } from '@jest/globals';
import { catalogue } from './catalogue.js';

/** Words that only the row above would explain. */
const dangling =
  /^(and|of|with|past|until|as|its|the same|most pods|\d+)\b(?! .*\bhanded over)|\b(it|its|them|these|those|that|were)$/;

describe('every figure’s label', () => {
  it.each(catalogue.map(({ name, kinds }) => [name, Object.values(kinds).map(({ label }) => label)] as const))(
    'of %s stands alone, as lab compare shows it',
    (_, labels) => {
      expect(labels.filter((label, index) => labels.indexOf(label) !== index)).toEqual([]);
      expect(labels.filter((label) => dangling.test(label))).toEqual([]);
    },
  );
});
