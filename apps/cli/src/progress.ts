import type { RunEvent } from '@radloom/engine';

/** Shows a run while it goes: a live line in a terminal, one line an event elsewhere. */
export interface Progress {
  event(event: RunEvent): void;
  end(): void;
}

export function makeProgress(stream: NodeJS.WriteStream, json: boolean): Progress {
  // The list of records serves the cache's own bookkeeping; a reader of events has no use for it.
  if (json) return { event: (event) => void process.stdout.write(`${JSON.stringify(event, (key, value: unknown) => (key === 'records' ? undefined : value))}\n`), end: () => {} };
  return stream.isTTY ? live(stream) : lines(stream);
}

function lines(stream: NodeJS.WriteStream): Progress {
  let started = 0;
  return {
    event: (event) => {
      if (event.type === 'planned') {
        started = performance.now();
        stream.write(`plan ${event.planId.slice(0, 12)}: ${event.cases} cases, ${event.casesToDo} to do (up to ${event.nodesToDo} steps)\n`);
      } else if (event.type === 'unit-finished') stream.write(`${event.unit} done (${event.done} of ${event.total}${eta(started, event.done, event.total)})\n`);
      else if (event.type === 'node' && (event.state === 'failed' || (event.state === 'executed' && event.at.case === undefined))) {
        stream.write(`${place(event.step, event.at)} ${event.state}${event.failure === undefined ? ` in ${(event.milliseconds / 1000).toFixed(1)} s` : `: ${event.failure.message}`}\n`);
      } else if (event.type === 'warning') stream.write(`${place(event.step, event.at)} warns: ${event.text}\n`);
      else if (event.type === 'cache-damage') stream.write(`cache: ${event.space} entry ${event.id.slice(0, 12)} was damaged and put aside (${event.reason})\n`);
    },
    end: () => {},
  };
}

/** One line, rewritten: cases done, failed, time left, memory. */
function live(stream: NodeJS.WriteStream): Progress {
  let started = 0;
  let shown = 0;
  const failed = new Set<string>();
  let line = '';
  const draw = (text: string, force = false): void => {
    line = text;
    const now = performance.now();
    if (!force && now - shown < 100) return;
    shown = now;
    const memory = ` · ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB`;
    stream.write(`\r\u001B[K${`${line}${memory}`.slice(0, Math.max(20, stream.columns - 1))}`);
  };
  return {
    event: (event) => {
      if (event.type === 'planned') {
        started = performance.now();
        draw(`${event.cases} cases, ${event.casesToDo} to do`, true);
      } else if (event.type === 'node') {
        if (event.state === 'failed' && event.at.case !== undefined) failed.add(event.at.case);
        if (event.at.case === undefined) draw(`${place(event.step, event.at)} ${event.state}`);
      } else if (event.type === 'unit-finished') {
        const bad = failed.size > 0 ? `, ${failed.size} failed` : '';
        draw(`cases ${event.done} of ${event.total}${bad}${eta(started, event.done, event.total)}`, event.done === event.total);
      }
    },
    end: () => void stream.write('\r\u001B[K'),
  };
}

function place(step: string, at: Readonly<Record<string, string>>): string {
  const where = Object.values(at);
  return where.length === 0 ? step : `${step} (${where.join(', ')})`;
}

function eta(started: number, done: number, total: number): string {
  if (done === 0 || done === total) return '';
  const seconds = (((performance.now() - started) / done) * (total - done)) / 1000;
  return seconds < 90 ? `, ${Math.ceil(seconds)} s left` : `, ${Math.ceil(seconds / 60)} min left`;
}
