import { z } from 'zod';
import { scorecardSchema } from './scorecard.js';

/** The JSON Schema (2020-12) of scorecard.json, for readers in other languages; committed as docs/scorecard.schema.json. */
export function scorecardJsonSchema(): object {
  const described = scorecardSchema.meta({
    title: 'Tellers scorecard',
    description:
      'All that a run of the lab found, and where and how it ran: what `run --report` writes as scorecard.json',
  });
  return z.toJSONSchema(described);
}
