import { writeFileSync } from 'node:fs';
import { prepare } from './prepare.mjs';

// `npm run schema` writes the JSON Schema of scorecards anew; a test fails while it is stale.

prepare();
const { format } = await import('prettier');
const { scorecardJsonSchema } = await import('../dist/apps/lab/src/report/json-schema.js');
writeFileSync('docs/scorecard.schema.json', await format(JSON.stringify(scorecardJsonSchema()), { parser: 'json' }));
