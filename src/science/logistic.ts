/**
 * Logistic regression that stays finite: where a species is on every list of a year, or on none, the usual estimate runs away.
 *
 *     fitLogistic({ x, y, width: 2 })       // { beta: [-0.4, 0.12], covariance, converged: true }
 *
 * @see Firth 1993, Bias reduction of maximum likelihood estimates, Biometrika 80, 27-38, doi 10.1093/biomet/80.1.27
 * @see Heinze & Schemper 2002, A solution to the problem of separation in logistic regression, Stat. Med. 21, 2409-2419,
 *   doi 10.1002/sim.1047
 */
import { cholesky, invertSymmetric, mapCovariance, solveCholesky } from './symmetric.ts';

export interface LogisticData {
  /** rows × width, row-major; a column of ones is the constant. */
  x: Float64Array;
  /** 0 to 1. */
  y: ArrayLike<number>;
  width: number;
  /** What rows belong together, by index; their errors are then told as those of clusters. */
  clusters?: ArrayLike<number>;
  /** How often each row was seen; 1. */
  times?: ArrayLike<number>;
}

export interface LogisticFit {
  beta: Float64Array;
  /** width × width. */
  covariance: Float64Array;
  /** That of the model alone, whatever belongs together. */
  ofModel: Float64Array;
  converged: boolean;
}

/** Heinze & Schemper 2002: steps are cut at 5, and end below 1e-8. */
const LONGEST = 5;
const SETTLED = 1e-8;
const MOST = 100;

/** @throws RangeError where a column says nothing that others do not */
export function fitLogistic(data: LogisticData): LogisticFit {
  const { x, y, width, times } = data;
  const rows = y.length;
  const beta = new Float64Array(width);
  const p = new Float64Array(rows);
  let converged = false;
  let inverse: Float64Array = new Float64Array(width * width);
  for (let turn = 0; turn < MOST && !converged; turn++) {
    const information = new Float64Array(width * width);
    for (let i = 0; i < rows; i++) {
      let line = 0;
      for (let a = 0; a < width; a++) line += (x[i * width + a] as number) * (beta[a] as number);
      p[i] = 1 / (1 + Math.exp(-line));
      const weight = (times?.[i] ?? 1) * (p[i] as number) * (1 - (p[i] as number));
      for (let a = 0; a < width; a++)
        for (let b = 0; b <= a; b++)
          information[a * width + b] =
            (information[a * width + b] as number) + weight * (x[i * width + a] as number) * (x[i * width + b] as number);
    }
    for (let a = 0; a < width; a++)
      for (let b = a + 1; b < width; b++) information[a * width + b] = information[b * width + a] as number;
    const factor = cholesky(information, width);
    const inverted = invertSymmetric(information, width);
    if (!factor || !inverted) throw new RangeError('a column of the regression says nothing that others do not');
    inverse = inverted;
    const score = scores(data, p, inverse);
    const step = solveCholesky(factor, width, sumColumns(score, width));
    const longest = Math.max(...step.map(Math.abs));
    const cut = longest > LONGEST ? LONGEST / longest : 1;
    for (let a = 0; a < width; a++) beta[a] = (beta[a] as number) + cut * (step[a] as number);
    converged = longest < SETTLED;
  }
  return {
    beta,
    converged,
    ofModel: inverse,
    covariance: data.clusters ? sandwich(data, scores(data, p, inverse), inverse) : inverse,
  };
}

/** Rows of x (y - p + h (1/2 - p)), h the leverage. Firth 1993, section 3 */
function scores({ x, y, width, times }: LogisticData, p: Float64Array, inverse: Float64Array): Float64Array {
  const out = new Float64Array(x.length);
  for (let i = 0; i < y.length; i++) {
    const many = times?.[i] ?? 1;
    const chance = p[i] as number;
    let leverage = 0;
    for (let a = 0; a < width; a++)
      for (let b = 0; b < width; b++)
        leverage += (x[i * width + a] as number) * (inverse[a * width + b] as number) * (x[i * width + b] as number);
    leverage *= many * chance * (1 - chance);
    const residual = many * ((y[i] as number) - chance) + leverage * (0.5 - chance);
    for (let a = 0; a < width; a++) out[i * width + a] = residual * (x[i * width + a] as number);
  }
  return out;
}

function sumColumns(rows: Float64Array, width: number): Float64Array {
  const out = new Float64Array(width);
  for (let c = 0; c < rows.length; c++) out[c % width] = (out[c % width] as number) + (rows[c] as number);
  return out;
}

/** A⁻¹ B A⁻¹ of scores summed by cluster, with G / (G - 1). Liang & Zeger 1986, doi 10.1093/biomet/73.1.13 */
function sandwich({ width, clusters = [] }: LogisticData, score: Float64Array, inverse: Float64Array): Float64Array {
  const sums = new Map<number, Float64Array>();
  for (let i = 0; i * width < score.length; i++) {
    const cluster = clusters[i] as number;
    const sum = sums.get(cluster) ?? new Float64Array(width);
    for (let a = 0; a < width; a++) sum[a] = (sum[a] as number) + (score[i * width + a] as number);
    sums.set(cluster, sum);
  }
  const middle = new Float64Array(width * width);
  for (const sum of sums.values())
    for (let a = 0; a < width; a++)
      for (let b = 0; b < width; b++)
        middle[a * width + b] = (middle[a * width + b] as number) + (sum[a] as number) * (sum[b] as number);
  const many = sums.size > 1 ? sums.size / (sums.size - 1) : 1;
  return mapCovariance(
    inverse,
    width,
    middle.map((value) => many * value),
    width,
  );
}
