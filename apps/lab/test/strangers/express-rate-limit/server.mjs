import express from 'express';
import { rateLimit } from 'express-rate-limit';

// It counts who asks, and keeps what took long: memory that changes headers and speed, and no answer before the limit.
const app = express();
const limit = Number(process.env.LIMIT ?? 1_000_000);
app.use(rateLimit({ windowMs: 15 * 60 * 1000, limit, standardHeaders: 'draft-8', legacyHeaders: false }));

const cache = new Map();
app.get('/primes/:below', ({ params: { below } }, response) => {
  response.set('X-Cache', cache.has(below) ? 'HIT' : 'MISS');
  if (!cache.has(below)) cache.set(below, countPrimes(Math.min(Number(below), 1_000_000)));
  response.json({ below: Number(below), primes: cache.get(below) });
});
app.listen(process.env.PORT, '127.0.0.1');

function countPrimes(below) {
  let primes = 0;
  for (let n = 2; n < below; n += 1) if (isPrime(n)) primes += 1;
  return primes;
}

function isPrime(n) {
  for (let d = 2; d * d <= n; d += 1) if (n % d === 0) return false;
  return true;
}
