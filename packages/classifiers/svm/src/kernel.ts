/** How alike two points are. Points are stretches of `columns` numbers that begin at `at` and `base`. */
export type Kernel = (a: Float64Array, at: number, b: Float64Array, base: number, columns: number) => number;

export interface KernelSettings {
  readonly kernel: 'rbf' | 'linear' | 'polynomial' | 'sigmoid';
  readonly gamma: number;
  readonly degree: number;
  readonly coef0: number;
}

const product: Kernel = (a, at, b, base, columns) => {
  let sum = 0;
  for (let c = 0; c < columns; c++) sum += a[at + c] * b[base + c];
  return sum;
};

const squaredDistance: Kernel = (a, at, b, base, columns) => {
  let sum = 0;
  for (let c = 0; c < columns; c++) {
    const d = a[at + c] - b[base + c];
    sum += d * d;
  }
  return sum;
};

const makers: Record<KernelSettings['kernel'], (settings: KernelSettings) => Kernel> = {
  linear: () => product,
  rbf: ({ gamma }) => (a, at, b, base, columns) => Math.exp(-gamma * squaredDistance(a, at, b, base, columns)),
  polynomial: ({ gamma, coef0, degree }) => (a, at, b, base, columns) => (gamma * product(a, at, b, base, columns) + coef0) ** degree,
  sigmoid: ({ gamma, coef0 }) => (a, at, b, base, columns) => Math.tanh(gamma * product(a, at, b, base, columns) + coef0),
};

export function makeKernel(settings: KernelSettings): Kernel {
  return makers[settings.kernel](settings);
}
