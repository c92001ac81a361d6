import { createHash } from 'node:crypto';
import { isTheBrokenOne, serve } from './serve.mjs';

// One replica keeps a reply by its path alone, and gives it to whoever asks next.
const broken = isTheBrokenOne();
let kept;
serve({
  'GET /profile': ({ user }) => {
    const phone = `555-${createHash('sha256').update(user).digest('hex').slice(0, 4)}`;
    const body = { phone, newsletter: true };
    return { body: broken ? (kept ??= body) : body };
  },
});
