/**
 * Name of the derived image, with sigma as PyRadiomics' Python prints it: a float keeps its point (`2.0`), an integer has none (`2`).
 * JavaScript cannot tell 2.0 from 2: a number stands for a float, a text for what it says.
 */
export function imageName(sigma: number | string): string {
  return `log-sigma-${pythonText(sigma).replace('.', '-')}-mm-3D`;
}

function pythonText(sigma: number | string): string {
  const value = Number(sigma);
  const integer = typeof sigma === 'string' && !sigma.includes('.');
  return integer || !Number.isInteger(value) ? String(value) : value.toFixed(1);
}
