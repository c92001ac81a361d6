// `npm start` is `npm run lab -- start`.
process.argv.splice(2, 0, 'start');
await import('./lab.mjs');
