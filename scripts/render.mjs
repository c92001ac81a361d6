import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { isMap, parseDocument } from 'yaml';

// `npm run manifests` writes what is made from the chart: the plain manifests and the README's table of values.
// `npm run manifests -- --check` writes nothing and fails when one of them, or a version, is stale.

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const chart = join('helm', 'tellers');
const check = process.argv.includes('--check');
const faults = [];

await bringUpToDate(join('k8s', 'tellers.yaml'), plainManifests());
await bringUpToDate(join(chart, 'README.md'), readmeWithTable(readFileSync(join(chart, 'README.md'), 'utf8')));
checkVersion();
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;

async function bringUpToDate(path, text) {
  const content = await format(text, { ...(await resolveConfig(path)), filepath: path });
  if (readOrEmpty(path) === content) return;
  if (check) return void faults.push(`${path} is stale: npm run manifests`);
  writeFileSync(path, content);
  process.stderr.write(`${path} written\n`);
}

/** The chart's default rendering, with nothing that says Helm; Secrets are the reader's own, named in the values. */
function plainManifests() {
  const options = ['--namespace', 'tellers', '--values', join('k8s', 'tellers.values.yaml'), '--skip-tests'];
  const { status, stdout, stderr, error } = spawnSync('helm', ['template', 'tellers', chart, ...options], {
    encoding: 'utf8',
  });
  if (error) throw new Error('helm is needed to render the manifests: https://helm.sh/docs/intro/install/');
  if (status !== 0) throw new Error(stderr);
  const header =
    '# Made from helm/tellers by `npm run manifests`: change that, not this. k8s/README.md says how to apply it.\n';
  const objects = stdout
    .split('\n')
    .filter((line) => !/^ *(helm\.sh\/chart|app\.kubernetes\.io\/managed-by|tellers\/revision):|^# Source:/.test(line));
  return header + objects.join('\n');
}

/** The README with the table between its two marks made anew from values.yaml. */
function readmeWithTable(readme) {
  const values = parseDocument(readFileSync(join(chart, 'values.yaml'), 'utf8'));
  const rows = leaves(values.contents).map(({ path, comment, value }) => `| \`${path}\` | \`${value}\` | ${comment} |`);
  const table = ['| Value | Default | What it does |', '|---|---|---|', ...rows].join('\n');
  return readme.replace(
    /(<!-- values -->)[^]*(<!-- \/values -->)/,
    (_, start, end) => `${start}\n\n${table}\n\n${end}`,
  );
}

/** Every value that a user sets, with its path and the line above it; a map in one line counts as a value. */
function leaves(map, path = '') {
  return map.items.flatMap(({ key, value }, index) => {
    const name = path ? `${path}.${key.value}` : key.value;
    if (isMap(value) && !value.flow) return leaves(value, name);
    // The parser gives the comment above a map's first key to the map.
    const comment = (index === 0 ? (key.commentBefore ?? map.commentBefore) : key.commentBefore)?.trim();
    if (!comment || comment.includes('\n')) faults.push(`${name} in ${chart}/values.yaml needs a comment of one line`);
    return [{ path: name, comment, value: JSON.stringify(value.toJSON()) }];
  });
}

function checkVersion() {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const { appVersion } = parseDocument(readFileSync(join(chart, 'Chart.yaml'), 'utf8')).toJSON();
  if (appVersion !== version) faults.push(`appVersion in ${chart}/Chart.yaml must be package.json's ${version}`);
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
