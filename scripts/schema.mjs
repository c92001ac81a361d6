import { writeFileSync } from 'node:fs';
import { prepare } from './prepare.mjs';

// `npm run schema` writes the JSON Schema of scorecards anew; a test fails while it is stale.

prepare();
const { format, resolveConfig } = await import('prettier');
const { scorecardJsonSchema } = await import('../dist/apps/lab/src/report/scorecard.js');
const file = 'docs/scorecard.schema.json';
writeFileSync(
  file,
  await format(JSON.stringify(scorecardJsonSchema()), { ...(await resolveConfig(file)), filepath: file }),
);
