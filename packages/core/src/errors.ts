/** Where an error happened: every field is optional, each is printed when known. */
export interface ErrorPlace {
  file?: string;
  line?: number;
  column?: number;
  case?: string;
  step?: string;
  field?: string;
}

export interface RadloomErrorInit {
  /** Stable, kebab-case, for programs: `mask-empty`, `unknown-setting`. */
  code: string;
  /** One sentence a clinician understands: what is wrong, with the numbers. */
  what: string;
  /** The way out, as an instruction. */
  fix?: string;
  where?: ErrorPlace;
  /** Machine-readable details beside the sentence. */
  data?: Record<string, unknown>;
  /** True when the same inputs give the same error again: such an error may be cached as a result. Default true. */
  deterministic?: boolean;
  cause?: unknown;
}

const BRAND = 'radloom-error';

/** The one error class: what happened, where, and how to fix it. */
export class RadloomError extends Error {
  readonly brand = BRAND;
  readonly code: string;
  readonly what: string;
  readonly fix: string | undefined;
  readonly where: ErrorPlace;
  readonly data: Record<string, unknown>;
  readonly deterministic: boolean;

  constructor(init: RadloomErrorInit) {
    super(sentence(init.what, init.where ?? {}, init.fix), init.cause === undefined ? undefined : { cause: init.cause });
    this.name = 'RadloomError';
    this.code = init.code;
    this.what = init.what;
    this.fix = init.fix;
    this.where = init.where ?? {};
    this.data = init.data ?? {};
    this.deterministic = init.deterministic ?? true;
  }

  /** The same error with more known about its place; what is already known stays. */
  at(where: ErrorPlace): RadloomError {
    const { code, what, fix, data, deterministic, cause } = this;
    return new RadloomError({ code, what, fix, data, deterministic, cause, where: { ...where, ...this.where } });
  }
}

/** Errors cross package copies and worker threads, so they are known by their brand, never by `instanceof`. */
export function isRadloomError(error: unknown): error is RadloomError {
  return typeof error === 'object' && error !== null && (error as { brand?: unknown }).brand === BRAND;
}

function sentence(what: string, where: ErrorPlace, fix: string | undefined): string {
  const place: string[] = [];
  if (where.file !== undefined) place.push([where.file, where.line, where.column].filter((part) => part !== undefined).join(':'));
  if (where.case !== undefined) place.push(`case ${where.case}`);
  if (where.step !== undefined) place.push(`step ${where.step}`);
  // A sentence that begins with the field needs it no second time.
  if (where.field !== undefined && !what.startsWith(`${where.field} `) && !what.startsWith(`${where.field}: `)) place.push(where.field);
  const head = place.length > 0 ? `${place.join(', ')}: ${what}` : what;
  return fix === undefined ? head : `${head}\n  ${fix}`;
}

/** What a failure leaves behind in records, tables and reports: plain data, no stack, no path. */
export interface Failure {
  code: string;
  message: string;
  fix?: string;
  /** The step in which it first happened. */
  step?: string;
  data?: Record<string, unknown>;
}

/** The name in `candidates` that was most likely meant, or undefined when none is near. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < bestDistance) {
      bestDistance = distance;
      best = candidate;
    }
  }
  return best !== undefined && bestDistance <= Math.max(2, Math.ceil(Math.max(wanted.length, best.length) * 0.4)) ? best : undefined;
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    previous = row;
  }
  return previous[b.length];
}
