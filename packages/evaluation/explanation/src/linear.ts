/** What a model owes to each feature of each row. */
export interface Attribution {
  /** Row i, feature j at `i * features + j`. */
  readonly values: Float64Array;
  /** What is predicted when no feature is known. */
  readonly base: number;
}

/**
 * SHAP values of a linear function, features taken as independent: coefficient times distance from the training mean. Exact.
 *
 * @param x        column by column: value of row i, column j at `j * rows + i`
 * @param training column by column, the rows that taught the model
 */
export function linearAttribution(intercept: number, coefficient: Float64Array, x: Float64Array, rows: number, training: Float64Array, trainingRows: number): Attribution {
  const features = coefficient.length;
  const values = new Float64Array(rows * features);
  let base = intercept;
  coefficient.forEach((slope, j) => {
    const mean = training.subarray(j * trainingRows, (j + 1) * trainingRows).reduce((sum, value) => sum + value, 0) / trainingRows;
    base += slope * mean;
    for (let i = 0; i < rows; i++) values[i * features + j] = slope * (x[j * rows + i] - mean);
  });
  return { values, base };
}
