/** An error in three parts: on the rows that taught the model, on rows outside the samples, and where outcome and prediction have nothing to do with each other. */
export interface Errors {
  readonly apparent: number;
  readonly outside: number;
  readonly noInformation: number;
}

/** The weighed error, and what it was weighed by. */
export interface Weighed {
  /** .368 apparent + .632 outside (Efron 1983). */
  readonly plain: number;
  /** The same with a weight that rises with overfitting (Efron & Tibshirani 1997). */
  readonly plus: number;
  /** R: 0 no overfitting, 1 as bad outside as without information. */
  readonly overfitting: number;
  /** Of the outside error. */
  readonly weight: number;
}

const IN_SAMPLE = 0.632;

/** The .632 and .632+ estimates of an error. */
export function weigh({ apparent, outside, noInformation }: Errors): Weighed {
  const bounded = Math.min(outside, noInformation);
  const overfitting = bounded > apparent && noInformation > apparent ? (bounded - apparent) / (noInformation - apparent) : 0;
  const weight = IN_SAMPLE / (1 - (1 - IN_SAMPLE) * overfitting);
  return { plain: (1 - IN_SAMPLE) * apparent + IN_SAMPLE * outside, plus: (1 - weight) * apparent + weight * bounded, overfitting, weight };
}
