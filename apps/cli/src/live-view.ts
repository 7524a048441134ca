/** What is known of a run while it goes. */
export interface LiveState {
  readonly title: string;
  started: number;
  /** Of the study, and those that needed work. */
  cases: number;
  toDo: number;
  done: number;
  readonly failed: Set<string>;
  /** Steps done so far, of cases and of the whole cohort. */
  steps: number;
  cohortSteps: number;
  cohortFailed: number;
  /** Units in work. */
  readonly running: Set<string>;
}

export interface Surroundings {
  /** On the clock of `started`. */
  readonly now: number;
  readonly memory: number;
  readonly columns: number;
}

const barWidth = 24;

/** The lines of the live view, none longer than the terminal is wide: cases with the time that is left, steps of the cohort, time and memory. */
export function frame(state: LiveState, { now, memory, columns }: Surroundings): string[] {
  const elapsed = now - state.started;
  const cached = state.cases - state.toDo;
  const finished = cached + state.done;
  const inCases = state.done < state.toDo;
  const cases = [`${finished} of ${state.cases}`, ...(state.failed.size > 0 ? [`${state.failed.size} failed`] : []), ...(cached > 0 ? [`${cached} cached`] : []), ...(inCases && state.done > 0 ? [left((elapsed / state.done) * (state.toDo - state.done))] : [])];
  const cohort = [`${state.cohortSteps} done`, ...(state.cohortFailed > 0 ? [`${state.cohortFailed} failed`] : [])];
  const running = [...state.running].slice(0, 4).join(', ') + (state.running.size > 4 ? ' …' : '');
  const lines = [
    state.title,
    `  cases    ${bar(state.cases === 0 ? 0 : finished / state.cases)} ${cases.join(', ')}`,
    `  cohort   ${cohort.join(', ')}`,
    `  now      ${running === '' ? '–' : running}`,
    `  time     ${clock(elapsed)}, ${state.steps} steps done, ${(memory / 2 ** 20).toFixed(0)} MiB`,
  ].filter((line) => line !== '');
  // The last column stays free: terminals that wrap there would break the rewriting.
  return lines.map((line) => [...line].slice(0, Math.max(20, columns - 1)).join(''));
}

function bar(part: number): string {
  const full = Math.round(Math.min(1, part) * barWidth);
  return '━'.repeat(full) + '─'.repeat(barWidth - full);
}

function left(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 90 ? `about ${seconds} s left` : `about ${Math.ceil(seconds / 60)} min left`;
}

function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  return seconds < 3600 ? `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}` : `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
