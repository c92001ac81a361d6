import { RedisStore } from 'connect-redis';
import { createClient } from 'redis';
import { listen } from './shop.mjs';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();
listen(new RedisStore({ client, prefix: process.env.REDIS_PREFIX }));
