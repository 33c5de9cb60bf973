import { Problem } from '../../src/problems.ts';

/** The code of the problem that `run` ends with; `none` where it ends well; any other error goes on. */
export async function problemOf(run: () => unknown): Promise<Problem> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('ended without a problem');
}
