import { catalogue } from '../dist/apps/lab/src/experiments/catalogue.js';

// The names of all experiments but those that are named.

const names = catalogue.map(({ name }) => name);
console.log(names.filter((name) => !process.argv.slice(2).includes(name)).join(' '));
