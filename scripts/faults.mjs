// `npm run faults` is `npm run lab -- faults`.
process.argv.splice(2, 0, 'faults');
await import('./lab.mjs');
