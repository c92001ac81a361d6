import { existsSync, writeFileSync } from 'node:fs';
import { isTheBrokenOne, serve, shared } from './serve.mjs';

// One replica does not look up who has signed out.
const broken = isTheBrokenOne();
serve(
  {
    'GET /account': ({ user }) => ({ body: { owner: user } }),
    'POST /logout': ({ id }) => {
      writeFileSync(shared(id), '');
      return { status: 204, headers: { 'set-cookie': 'session=; Path=/; Max-Age=0' } };
    },
  },
  (id) => !broken && existsSync(shared(id)),
);
