// Of the servers that `npm test` has started.
const urls = process.env.REDIS_URL_OF_WORKERS?.split(' ');
if (urls !== undefined) process.env.REDIS_URL = urls[Number(process.env.JEST_WORKER_ID) - 1];
