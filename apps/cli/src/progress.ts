import type { RunEvent } from '@radloom/engine';
import { frame, type LiveState } from './live-view.js';

/** Shows a run while it goes: a live view in a terminal, one line an event elsewhere. */
export interface Progress {
  event(event: RunEvent): void;
  end(): void;
}

export function makeProgress(stream: NodeJS.WriteStream, json: boolean, title = ''): Progress {
  // The list of records serves the cache's own bookkeeping; a reader of events has no use for it.
  if (json) return { event: (event) => void process.stdout.write(`${JSON.stringify(event, (key, value: unknown) => (key === 'records' ? undefined : value))}\n`), end: () => {} };
  return stream.isTTY ? live(stream, title) : lines(stream);
}

function lines(stream: NodeJS.WriteStream): Progress {
  let started = 0;
  // The folds of a tuning mostly say the same, and there are many of them.
  const told = new Set<string>();
  return {
    event: (event) => {
      if (event.type === 'planned') {
        started = performance.now();
        stream.write(`plan ${event.planId.slice(0, 12)}: ${event.cases} cases, ${event.casesToDo} to do${event.casesToDo === 0 ? '' : ` (up to ${event.nodesToDo} steps)`}\n`);
      } else if (event.type === 'unit-finished') stream.write(`${event.unit} done (${event.done} of ${event.total}${eta(started, event.done, event.total)})\n`);
      else if (event.type === 'node' && (event.state === 'failed' || (event.state === 'executed' && event.at.case === undefined && event.at.tuning === undefined))) {
        stream.write(`${place(event.step, event.at)} ${event.state}${event.failure === undefined ? ` in ${(event.milliseconds / 1000).toFixed(1)} s` : `: ${event.failure.message}`}\n`);
      } else if (event.type === 'warning') {
        const warning = `${event.step} ${event.text}`;
        if (told.has(warning)) return;
        told.add(warning);
        stream.write(`${place(event.step, event.at)} warns: ${event.text}\n`);
      } else if (event.type === 'cache-damage') stream.write(`cache: ${event.space} entry ${event.id.slice(0, 12)} was damaged and put aside (${event.reason})\n`);
    },
    end: () => {},
  };
}

/** A few lines, rewritten in place ten times a second at most. */
function live(stream: NodeJS.WriteStream, title: string): Progress {
  const state: LiveState = { title, started: performance.now(), cases: 0, toDo: 0, done: 0, failed: new Set(), steps: 0, cohortSteps: 0, cohortFailed: 0, running: new Set() };
  let shown = 0;
  let drawn = 0;
  const draw = (): void => {
    shown = performance.now();
    const text = frame(state, { now: shown, memory: process.memoryUsage().rss, columns: stream.columns });
    // Up to the first line of the last frame; each line cleared, then written.
    stream.write(`${drawn > 0 ? `\u001B[${drawn}A` : ''}${text.map((line) => `\r\u001B[K${line}\n`).join('')}`);
    drawn = text.length;
  };
  const clock = setInterval(draw, 500);
  clock.unref();
  return {
    event: (event) => {
      note(state, event);
      if (performance.now() - shown > 100) draw();
    },
    end: () => {
      clearInterval(clock);
      // The summary takes the view's place.
      if (drawn > 0) stream.write(`\u001B[${drawn}A\u001B[J`);
    },
  };
}

function note(state: LiveState, event: RunEvent): void {
  switch (event.type) {
    case 'planned':
      Object.assign(state, { started: performance.now(), cases: event.cases, toDo: event.casesToDo, done: 0 });
      break;
    case 'unit-started':
      state.running.add(unitName(event.unit));
      break;
    case 'unit-finished':
      state.running.delete(unitName(event.unit));
      state.done = event.done;
      break;
    case 'node':
      if (event.at.case === undefined) {
        state.running.delete(unitName([event.step, ...Object.keys(event.at).sort().map((dimension) => `${dimension}=${event.at[dimension]}`)].join('@')));
        state.cohortSteps++;
        if (event.state === 'failed') state.cohortFailed++;
      } else if (event.state === 'failed') state.failed.add(event.at.case);
      if (event.state === 'executed' || event.state === 'rematerialised') state.steps++;
      break;
    default:
  }
}

/** `case:P017` and `svm.fit@fold=r1f3` as a person reads them. */
function unitName(unit: string): string {
  return unit.replace(/^case:/, '').replaceAll(/@\w+=/g, ' ');
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
