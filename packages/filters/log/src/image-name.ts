/**
 * Name of the derived image, with sigma as PyRadiomics' Python prints it: a float keeps its point (`2.0`), an integer has none (`2`).
 * JavaScript cannot tell 2.0 from 2: a number stands for a float, a text for what it says.
 */
export function imageName(sigma: number | string): string {
  return `log-sigma-${pythonText(sigma).replace('.', '-')}-mm-3D`;
}

function pythonText(sigma: number | string): string {
  const value = Number(sigma);
  if (typeof sigma === 'string' && /^\+?\d+$/.test(sigma)) return String(value);
  if (value >= 1e-4 && value < 1e16) return Number.isInteger(value) ? value.toFixed(1) : String(value);
  const [digits, exponent] = value.toExponential().split('e');
  return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}
