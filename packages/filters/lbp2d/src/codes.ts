export type Method = 'default' | 'ror' | 'uniform' | 'nri_uniform' | 'var';

/**
 * Code of one pixel.
 *
 * @param bright 1 for each point on the circle that is at least as bright as the centre, else 0
 * @param values values at the points
 */
export type Code = (bright: Uint8Array, values: Float64Array) => number;

/** The code of a method for circles of so many points; definitions of scikit-image's local_binary_pattern. */
export function codeOf(method: Method, samples: number): Code {
  return { default: pattern, ror: leastRotation(samples), uniform: arcLength, nri_uniform: arcPlace, var: variance }[method];
}

/** The pattern as a binary number, first point lowest. T. Ojala, M. Pietikäinen & T. Mäenpää, PAMI 24 (2002), eq. 7. */
const pattern: Code = (bright) => {
  let code = 0;
  for (let p = bright.length - 1; p >= 0; p--) code = 2 * code + bright[p];
  return code;
};

/** The smallest number among the pattern's rotations; eq. 8. */
const leastRotation = (samples: number): Code => {
  const top = 2 ** (samples - 1);
  return (bright, values) => {
    let turned = pattern(bright, values);
    let least = turned;
    for (let p = 1; p < samples; p++) {
      turned = Math.floor(turned / 2) + (turned % 2) * top;
      if (turned < least) least = turned;
    }
    return least;
  };
};

/** Changes between neighbouring points, not counting that from the last to the first. */
function changes(bright: Uint8Array): number {
  let count = 0;
  for (let p = 1; p < bright.length; p++) count += bright[p] ^ bright[p - 1];
  return count;
}

function ones(bright: Uint8Array): number {
  let count = 0;
  for (let p = 0; p < bright.length; p++) count += bright[p];
  return count;
}

/** Number of bright points where there are at most two changes, else one more than there are points; eq. 9. */
const arcLength: Code = (bright) => (changes(bright) <= 2 ? ones(bright) : bright.length + 1);

/** Number and place of the bright arc. T. Ahonen, A. Hadid & M. Pietikäinen, ECCV (2004). */
const arcPlace: Code = (bright) => {
  const points = bright.length;
  if (changes(bright) > 2) return points * (points - 1) + 2;
  const count = ones(bright);
  if (count === 0) return 0;
  if (count === points) return points * (points - 1) + 1;
  const turned = bright[0] === 1 ? count - bright.indexOf(0) : points - bright.indexOf(1);
  return 1 + (count - 1) * points + turned;
};

/** Variance on the circle, whatever the centre; not a number where all points are equal. */
const variance: Code = (_, values) => {
  let sum = 0;
  let squares = 0;
  for (let p = 0; p < values.length; p++) {
    sum += values[p];
    squares += values[p] * values[p];
  }
  const result = (squares - (sum * sum) / values.length) / values.length;
  return result === 0 ? NaN : result;
};
