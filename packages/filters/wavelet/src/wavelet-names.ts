const numbered = (family: string, first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => `${family}${first + i}`);

const splineOrders = ['1.1', '1.3', '1.5', '2.2', '2.4', '2.6', '2.8', '3.1', '3.3', '3.5', '3.7', '3.9', '4.4', '5.5', '6.8'];

/** Every discrete wavelet, by PyWavelets' name. */
export const waveletNames = [
  'haar',
  ...numbered('db', 1, 38),
  ...numbered('sym', 2, 20),
  ...numbered('coif', 1, 17),
  ...splineOrders.map((orders) => `bior${orders}`),
  ...splineOrders.map((orders) => `rbio${orders}`),
  'dmey',
] as [string, ...string[]];
