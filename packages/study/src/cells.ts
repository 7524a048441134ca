/** Cells that hold no value, as people write it; compared in lower case. */
export const missingWords: ReadonlySet<string> = new Set(['', 'na', 'n/a', '#n/a', 'nan', 'null', '.', '-', '--', '—', '–', '/', 'missing', 'unknown', '缺失', '未知', '不详', '未查', '未测']);

const yes: ReadonlySet<string> = new Set(['1', 'yes', 'y', 'true', 'positive', '是', '有', '阳性']);
const no: ReadonlySet<string> = new Set(['0', 'no', 'n', 'false', 'negative', '否', '无', '阴性']);
const male: ReadonlySet<string> = new Set(['male', 'm', 'man', '男', '男性']);
const female: ReadonlySet<string> = new Set(['female', 'f', 'woman', '女', '女性']);

/** Full-width forms of ASCII as the keyboards of East Asia type them, and the blanks that look like none. */
const fullWidth = /[\uFF01-\uFF5E]/g;
const blanks = /[\u00A0\u2000-\u200B\u202F\u3000\uFEFF]/g;

/** A cell as it is read: full-width digits, letters and signs in their plain form, blanks at the ends gone and others single. */
export function plainCell(cell: string): string {
  return cell
    .replace(fullWidth, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(blanks, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** A number in its plain form: digits, a decimal point, an exponent; undefined for anything else, infinity too. */
export function numberOf(cell: string): number | undefined {
  const text = cell.replace(/^[−–]/, '-');
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** The number before a percent sign. */
export function percentOf(cell: string): number | undefined {
  return /[%﹪]$/.test(cell) ? numberOf(cell.slice(0, -1).trimEnd()) : undefined;
}

/** 1 for a word of yes, 0 for one of no. */
export function flagOf(cell: string): 1 | 0 | undefined {
  const word = cell.toLowerCase();
  if (yes.has(word) || numberOf(word) === 1) return 1;
  return no.has(word) || numberOf(word) === 0 ? 0 : undefined;
}

/** `male` or `female` in either language. */
export function sexOf(cell: string): 'male' | 'female' | undefined {
  const word = cell.toLowerCase();
  if (male.has(word)) return 'male';
  return female.has(word) ? 'female' : undefined;
}

/** Year first, with any of the usual signs between; a time of day may follow. Day and month first would be ambiguous. */
const date = /^(\d{4})([-/.年])(\d{1,2})[-/.月](\d{1,2})日?(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?Z?)?$/;

/** Days since 1 January 1970, a time of day as part of a day; undefined for what is no date of the calendar. */
export function dateOf(cell: string): number | undefined {
  const found = date.exec(cell.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'));
  if (found === null) return undefined;
  const [year, month, day] = [found[1], found[3], found[4]].map(Number);
  const [hour, minute, second] = [found[5], found[6], found[7]].map((part) => Number(part ?? 0));
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  const real = moment.getUTCFullYear() === year && moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return real ? moment.getTime() / 86_400_000 + (hour + minute / 60 + second / 3600) / 24 : undefined;
}
