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

/**
 * Every counter of a Prometheus text exposition by its name, summed over its samples: those that its TYPE line calls one, and
 * how many a histogram or a summary observed.
 */
export function countersIn(text: string): Map<string, number> {
  const types = new Map([...text.matchAll(/^# TYPE (\S+) (\w+)$/gm)].map(([, name, type]) => [name!, type!]));
  const counters = [...types].flatMap(([name, type]) => {
    if (type === 'counter') return [name];
    return type === 'histogram' || type === 'summary' ? [`${name}_count`] : [];
  });
  return new Map(counters.map((name) => [name, sumOfMetric(text, name)]));
}

function parseLabels(text: string): Map<string, string> {
  const pairs = text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g);
  return new Map(
    [...pairs].map(([, label, value]) => [label!, value!.replaceAll(/\\(.)/g, (_, c) => (c === 'n' ? '\n' : c))]),
  );
}
