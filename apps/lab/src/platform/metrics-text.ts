/**
 * The value of a counter or gauge in a Prometheus text exposition, summed over its samples that have all these labels.
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 * @returns 0 when there is no such sample: a counter that never counted
 */
export function sumOfMetric(text: string, name: string, labels: Readonly<Record<string, string>> = {}): number {
  const wanted = Object.entries(labels);
  let sum = 0;
  for (const line of text.split('\n')) {
    if (!line.startsWith(name)) continue;
    const sample = /^([\w:]+)(?:\{(.*)\})?\s+(\S+)/.exec(line);
    if (sample?.[1] !== name) continue;
    const found = parseLabels(sample[2] ?? '');
    if (wanted.every(([label, value]) => found.get(label) === value)) sum += Number(sample[3]);
  }
  return sum;
}

function parseLabels(text: string): Map<string, string> {
  const pairs = text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g);
  return new Map(
    [...pairs].map(([, label, value]) => [label!, value!.replaceAll(/\\(.)/g, (_, c) => (c === 'n' ? '\n' : c))]),
  );
}
