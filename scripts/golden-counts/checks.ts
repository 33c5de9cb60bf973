/** Tells the reporter of `scripts/golden-counts.ts` how many comparisons each test made. */
import { afterEach, expect } from 'vitest';

afterEach(({ task }) => {
  Object.assign(task.meta, { checks: expect.getState().assertionCalls });
});
