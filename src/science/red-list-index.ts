/**
 * Red List Index: how far a set of species is from extinction, 1 where all are of least concern, 0 where all are extinct.
 *
 *     redListIndex([
 *       { species: 'saiga', year: 2003, category: 'CR', genuine: null },
 *       { species: 'saiga', year: 2023, category: 'NT', genuine: true },
 *     ])   // [{ year: 2003, value: 0.2, species: 1, … }, { year: 2023, value: 0.8, … }]
 *
 * Only genuine changes count. A category that changed because more is known now is taken back to all earlier years: the species is
 * given then what it would have been given, had it been known (Butchart et al. 2007, back-casting).
 *
 * @see Butchart, Akçakaya, Chanson, Baillie, Collen, Quader, Turner, Amin, Stuart & Hilton-Taylor 2007, Improvements to the Red List
 *   Index. PLoS ONE 2(1), e140, doi 10.1371/journal.pone.0000140
 * @see IUCN & BirdLife International 2021, SDG indicator metadata 15.5.1 (4 January 2021), section 4.c
 */

export type RedListCategory = 'LC' | 'NT' | 'VU' | 'EN' | 'CR' | 'CR(PE)' | 'CR(PEW)' | 'RE' | 'EW' | 'EX' | 'DD';

/** Weight of each category; what is possibly extinct weighs as extinct. Metadata 15.5.1, section 4.c. */
export const RED_LIST_WEIGHTS: Readonly<Record<Exclude<RedListCategory, 'DD'>, number>> = {
  LC: 0,
  NT: 1,
  VU: 2,
  EN: 3,
  CR: 4,
  'CR(PE)': 5,
  'CR(PEW)': 5,
  RE: 5,
  EW: 5,
  EX: 5,
};

const EXTINCT = 5;

/** What a species was found to be in a year. */
export interface RedListAssessment {
  species: string;
  year: number;
  category: RedListCategory;
  /** Whether the change since the assessment before is one of the species itself; `null` where nobody says, which is taken for no. */
  genuine: boolean | null;
}

export interface RedListYear {
  year: number;
  /** 0-1; `null` where no species is left. */
  value: number | null;
  /** Species that count: N of the formula. */
  species: number;
  /** Not counted: data deficient in the latest assessment; extinct when the set was first assessed. */
  deficient: number;
  extinctBefore: number;
  /** Species not assessed in this year, which stand with the category of another. */
  carried: number;
  /** Species whose category of this year was replaced by what is known now. */
  reclassified: number;
}

/**
 * The index of every year in which any of the species was assessed.
 *
 *     RLI(t) = 1 − Σ W(c(t, s)) / (W_EX · N)      // Butchart et al. 2007, eq. 1; metadata 15.5.1, section 4.c
 *
 * @throws RangeError where a species has two categories in one year
 */
export function redListIndex(assessments: readonly RedListAssessment[]): RedListYear[] {
  const years = [...new Set(assessments.map(({ year }) => year))].sort((a, b) => a - b);
  const [first] = years;
  const lines = [...Map.groupBy(assessments, ({ species }) => species).values()].map((own) => lineOf(own, years));
  const deficient = lines.filter(({ latest }) => latest === 'DD').length;
  const known = lines.filter(({ latest }) => latest !== 'DD');
  const gone = known.filter(({ at }) => first !== undefined && weightOf(at.get(first)) === EXTINCT);
  const counted = known.filter((line) => !gone.includes(line));
  return years.map((year) => {
    // deficient then, and known now by a genuine change: no category to count with in this year
    const own = counted.filter(({ at }) => weightOf(at.get(year)) !== null);
    const sum = own.reduce((total, { at }) => total + (weightOf(at.get(year)) ?? 0), 0);
    return {
      year,
      value: own.length > 0 ? 1 - sum / (EXTINCT * own.length) : null,
      species: own.length,
      deficient: deficient + counted.length - own.length,
      extinctBefore: gone.length,
      carried: own.filter(({ assessed }) => !assessed.has(year)).length,
      reclassified: own.filter(({ recast }) => recast.has(year)).length,
    };
  });
}

interface Line {
  at: Map<number, RedListCategory>;
  assessed: Set<number>;
  recast: Set<number>;
  latest: RedListCategory | undefined;
}

/** The category of a species in each year, back from the latest: what is not a genuine change was so before. */
function lineOf(own: readonly RedListAssessment[], years: readonly number[]): Line {
  const sorted = own.toSorted((a, b) => a.year - b.year);
  const twice = sorted.find(({ year }, i) => sorted[i - 1]?.year === year);
  if (twice !== undefined) throw new RangeError(`${twice.species} has two categories in ${twice.year}`);
  const category = new Map<number, RedListCategory>();
  const recast = new Set<number>();
  let later = sorted.at(-1);
  let now = later?.category;
  for (const one of sorted.toReversed()) {
    if (later !== undefined && later !== one && later.genuine === true) now = one.category;
    else if (now !== one.category) recast.add(one.year);
    if (now !== undefined) category.set(one.year, now);
    later = one;
  }
  const at = new Map<number, RedListCategory>();
  let held = category.get(sorted[0]?.year ?? Number.NaN);
  for (const year of years) {
    held = category.get(year) ?? held;
    if (held !== undefined) at.set(year, held);
  }
  return { at, assessed: new Set(sorted.map(({ year }) => year)), recast, latest: sorted.at(-1)?.category };
}

function weightOf(category: RedListCategory | undefined): number | null {
  return category === undefined || category === 'DD' ? null : RED_LIST_WEIGHTS[category];
}
