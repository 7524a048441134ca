import type { Language } from './language.js';

/** How numbers are written, everywhere in the report. */
export interface NumberFormat {
  /** Cases, features, events. */
  count(value: number): string;
  /** Rates and probabilities, to the report's decimals: `0.842`. */
  decimal(value: number): string;
  /** P values: as rates, but never 0: `<0.001`. */
  pValue(value: number): string;
  /** Coefficients and penalties, which may be small: four significant digits, `0.02803`, `1.235 × 10⁻⁷`. */
  significant(value: number): string;
  /** `0.713 to 0.971`. */
  interval(lower: number, upper: number): string;
  /** `0.842 (0.713 to 0.971)`; without bounds `0.842`. */
  estimate(value: number, lower?: number, upper?: number): string;
}

/** What stands where there is no number. */
export const none = '–';

export function numberFormat(decimals: number, language: Language): NumberFormat {
  const decimal = (value: number) => special(value) ?? minus(unsignedZero(value.toFixed(decimals)));
  const interval = (lower: number, upper: number) => (language === 'zh' ? `${decimal(lower)}～${decimal(upper)}` : `${decimal(lower)} to ${decimal(upper)}`);
  return {
    count: (value) => special(value) ?? minus(String(value)),
    decimal,
    pValue: (value) => (value < 10 ** -decimals ? `<${decimal(10 ** -decimals)}` : decimal(value)),
    significant,
    interval,
    estimate: (value, lower, upper) => (lower === undefined || upper === undefined || Number.isNaN(value) ? decimal(value) : `${decimal(value)} (${interval(lower, upper)})`),
  };
}

function significant(value: number): string {
  const found = special(value);
  if (found !== undefined) return found;
  if (value === 0) return '0';
  if (Math.abs(value) >= 1000 && Math.abs(value) < 1e6) return minus(value.toFixed(0));
  if (Math.abs(value) >= 1e-4 && Math.abs(value) < 1000) return minus(value.toPrecision(4));
  const [digits, exponent] = value.toExponential(3).split('e');
  return `${minus(digits)} × 10${superscript(Number(exponent))}`;
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return none;
  if (Number.isFinite(value)) return undefined;
  return value > 0 ? '∞' : '−∞';
}

/** `-0.000` says nothing that `0.000` does not. */
const unsignedZero = (text: string) => (/^-0\.?0*$/.test(text) ? text.slice(1) : text);

/** A minus sign, not a hyphen. */
const minus = (text: string) => text.replace('-', '−');

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const superscript = (exponent: number) => (exponent < 0 ? '⁻' : '') + [...String(Math.abs(exponent))].map((digit) => superscripts[Number(digit)]).join('');
