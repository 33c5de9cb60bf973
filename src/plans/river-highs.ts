/**
 * Large linear programmes by HiGHS (Huangfu & Hall 2018, Math. Prog. Comp. 10:119, doi:10.1007/s12532-017-0130-5), compiled to
 * WebAssembly: loaded when first asked for.
 *
 *     const { end, x, y } = await solveLarge(programme, limits);
 */
import type { Highs } from 'highs';
import type { Limits, Programme } from '../science/allocation-programme.ts';
import type { SimplexEnd } from '../science/allocation-simplex.ts';

export interface LargeSolution {
  end: SimplexEnd;
  /** Flows of the columns; empty where there are none. */
  x: Float64Array;
  /** Duals of the rows, with reduced costs c - A'y. */
  y: Float64Array;
}

/** How near limits are kept and costs are judged: HiGHS takes no smaller. */
const TOLERANCE = 1e-10;

let loaded: Promise<Highs> | undefined;

/** The best flows of `programme`. */
export async function solveLarge(programme: Programme, limits: Limits): Promise<LargeSolution> {
  // its types take the module for CommonJS, where the loader would lie one level deeper
  loaded ??= import('highs').then(({ default: load }) => (load as unknown as (typeof load)['default'])());
  const highs = await loaded;
  const { modelStatus } = highs.constants;
  const none = new Float64Array(0);
  return highs.withModel(
    {
      numCols: programme.columns,
      numRows: programme.rows,
      colCost: limits.cost,
      colLower: limits.lower,
      colUpper: limits.upper,
      rowLower: limits.rowLower,
      rowUpper: limits.rowUpper,
      matrix: {
        format: 'csc',
        numRows: programme.rows,
        numCols: programme.columns,
        starts: programme.start,
        indices: programme.index,
        values: programme.value,
      },
    },
    (model): LargeSolution => {
      model.options.set({
        output_flag: false,
        primal_feasibility_tolerance: TOLERANCE,
        dual_feasibility_tolerance: TOLERANCE,
      });
      model.run();
      let status = model.getModelStatus();
      if (status === modelStatus.unboundedOrInfeasible) {
        model.options.set('presolve', 'off');
        model.clearSolver();
        model.run();
        status = model.getModelStatus();
      }
      if (status === modelStatus.infeasible) return { end: 'infeasible', x: none, y: none };
      if (status === modelStatus.unbounded) return { end: 'unbounded', x: none, y: none };
      if (status !== modelStatus.optimal) return { end: 'stalled', x: none, y: none };
      const { colValue, rowDual } = model.getSolution();
      return { end: 'optimal', x: colValue.map((value) => value + 0), y: rowDual }; // no -0
    },
  );
}
