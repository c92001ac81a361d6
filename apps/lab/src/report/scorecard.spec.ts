import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { repositoryRoot } from '../repository.js';
import { scorecardJsonSchema } from './scorecard.js';

describe('docs/scorecard.schema.json', () => {
  it('is what the code writes and reads (else: npm run schema)', () => {
    const published: unknown = JSON.parse(readFileSync(join(repositoryRoot, 'docs', 'scorecard.schema.json'), 'utf8'));
    expect(published).toEqual(scorecardJsonSchema());
  });
});
